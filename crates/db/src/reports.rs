//! Figures of a business day: of open orders and of those in history, as of one moment.

use chrono::{DateTime, NaiveDate, Utc};
use shared_types::StoreId;
use shared_types::reports::DayReport;
use sqlx::types::Json;

use crate::{PgConnection, Result};

/// The report of a business day, today's unless one is given. One round trip.
///
/// # Errors
/// Database errors only; an unknown store is `None`.
pub async fn day(
    conn: &mut PgConnection,
    store: StoreId,
    date: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Option<DayReport>> {
    let report = sqlx::query_scalar!(
        r#"WITH day AS (
               SELECT coalesce($2, business_date($3, timezone, day_starts_at)) AS date, timezone, day_starts_at
                 FROM stores WHERE id = $1
           ), ordered AS MATERIALIZED (
               SELECT false AS open, h.session_id, h.total_amount, h.ordered_at, h.items,
                      CASE WHEN h.status = 'completed' THEN
                          (SELECT max((l.step ->> 'created_at')::timestamptz) FROM jsonb_array_elements(h.timeline) AS l (step)
                            WHERE l.step ->> 'status' = 'completed') END AS done_at
                 FROM order_history h WHERE h.store_id = $1 AND h.business_date = (SELECT date FROM day)
               UNION ALL
               SELECT true, o.session_id, o.total_amount, o.created_at, order_items_json(o.store_id, o.id),
                      CASE WHEN o.status = 'completed' THEN
                          (SELECT max(l.created_at) FROM order_timeline l
                            WHERE l.store_id = o.store_id AND l.order_id = o.id AND l.status = 'completed') END
                 FROM orders o WHERE o.store_id = $1 AND o.business_date = (SELECT date FROM day)
           ), sums AS (
               SELECT open, jsonb_build_object('sessions', count(DISTINCT session_id), 'orders', count(*),
                          'sales', coalesce(sum(total_amount), 0)) AS sum
                 FROM ordered GROUP BY ROLLUP (open)
           ), hours AS (
               SELECT extract(hour FROM (ordered_at AT TIME ZONE day.timezone) - day.day_starts_at::interval)::integer AS hour,
                      count(*) AS orders, sum(total_amount) AS sales
                 FROM ordered, day GROUP BY 1
           ), dishes AS (
               SELECT i.menu_id, (array_agg(i.menu_name ORDER BY o.ordered_at DESC))[1] AS menu_name,
                      sum(i.quantity) AS quantity, sum(i.subtotal) AS sales
                 FROM ordered o CROSS JOIN LATERAL
                      jsonb_to_recordset(o.items) AS i (menu_id uuid, menu_name text, quantity integer, subtotal bigint)
                GROUP BY i.menu_id
           ), preparation AS (
               SELECT count(*) AS orders, avg(extract(epoch FROM done_at - ordered_at)) AS average,
                      percentile_disc(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM done_at - ordered_at)) AS p90
                 FROM ordered WHERE done_at IS NOT NULL
           ), nothing AS (SELECT jsonb_build_object('sessions', 0, 'orders', 0, 'sales', 0) AS sum)
           SELECT jsonb_build_object('date', day.date,
                      'total', coalesce((SELECT sum FROM sums WHERE open IS NULL), nothing.sum),
                      'finished', coalesce((SELECT sum FROM sums WHERE NOT open), nothing.sum),
                      'open', coalesce((SELECT sum FROM sums WHERE open), nothing.sum),
                      'hours', (SELECT jsonb_agg(jsonb_build_object('starts_at', day.day_starts_at + make_interval(hours => n),
                                    'orders', coalesce(h.orders, 0), 'sales', coalesce(h.sales, 0)) ORDER BY n)
                                  FROM generate_series(0, 23) AS n LEFT JOIN hours h ON h.hour = n),
                      'dishes', (SELECT coalesce(jsonb_agg(to_jsonb(d) ORDER BY d.quantity DESC, d.sales DESC, d.menu_id), '[]')
                                   FROM dishes d),
                      'preparation', (SELECT jsonb_build_object('orders', p.orders, 'average_seconds', round(p.average)::bigint,
                                          'p90_seconds', round(p.p90)::bigint) FROM preparation p WHERE p.orders > 0))
                  AS "report!: Json<DayReport>" FROM day, nothing"#,
        store.0,
        date,
        now,
    )
    .fetch_optional(conn)
    .await?;
    Ok(report.map(|Json(report)| report))
}
