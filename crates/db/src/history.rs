//! Past stays.

use chrono::NaiveDate;
use shared_types::history::{HistoryPage, PastSession};
use shared_types::{StoreId, TableId};
use sqlx::types::Json;

use crate::cursor::Cursor;
use crate::{PgConnection, Result};

/// Ended stays of a table with orders between two business dates, newest first. One round trip.
///
/// # Errors
/// Database errors only.
pub async fn page_of_table(
    conn: &mut PgConnection,
    store: StoreId,
    table: TableId,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<HistoryPage> {
    let Json(mut sessions) = sqlx::query_scalar!(
        r#"WITH page AS (
               SELECT h.session_id, h.completed_at, min(h.session_opened_at) AS opened_at, sum(h.total_amount)::bigint AS total,
                      jsonb_agg(jsonb_build_object('id', h.id, 'order_number', h.order_number, 'business_date', h.business_date,
                          'table_number', h.table_number, 'status', h.status, 'total_amount', h.total_amount, 'note', h.note,
                          'ordered_at', h.ordered_at, 'items', h.items) ORDER BY h.ordered_at DESC, h.id DESC) AS orders
                 FROM order_history h
                WHERE h.store_id = $1 AND h.table_id = $2
                  AND ($3::date IS NULL OR h.business_date >= $3) AND ($4::date IS NULL OR h.business_date <= $4)
                  AND ($5::timestamptz IS NULL OR (h.completed_at, h.session_id) < ($5, $6))
                GROUP BY h.session_id, h.completed_at
                ORDER BY h.completed_at DESC, h.session_id DESC LIMIT $7::bigint + 1
           )
           SELECT coalesce(jsonb_agg(jsonb_build_object('session_id', session_id, 'opened_at', opened_at, 'completed_at', completed_at,
                      'total_amount', total, 'orders', orders) ORDER BY completed_at DESC, session_id DESC), '[]')
                  AS "sessions!: Json<Vec<PastSession>>" FROM page"#,
        store.0,
        table.0,
        from,
        to,
        cursor.map(|c| c.created_at),
        cursor.map(|c| c.id),
        limit,
    )
    .fetch_one(conn)
    .await?;
    let next_cursor = Cursor::after_page(&mut sessions, limit, |past| (past.completed_at, past.session_id.0));
    Ok(HistoryPage { sessions, next_cursor })
}
