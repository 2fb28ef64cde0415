//! One order, open or past, with its timeline.

use chrono::{Days, NaiveDate};
use shared_types::order_detail::OrderDetail;
use shared_types::{OrderId, StoreId};
use sqlx::types::Json;

use crate::{PgConnection, Result};

/// Which order.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// By its id.
    Id(OrderId),
    /// By its number, `ORD-20261122-0042`, which says its business date.
    Number(&'a str, NaiveDate),
}

impl Which<'_> {
    /// Between which business dates to look, so that only a few partitions are asked. An id knows when it was made, a
    /// business day begins up to a day and a time zone away from that.
    fn dates(self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Number(_, date) => Some((date, date)),
            Self::Id(OrderId(id)) => {
                let (seconds, _) = id.get_timestamp()?.to_unix();
                let made = chrono::DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?.date_naive();
                Some((made.checked_sub_days(Days::new(2))?, made.checked_add_days(Days::new(1))?))
            }
        }
    }
}

/// An order of the store. One round trip.
///
/// # Errors
/// Database errors only; an unknown or removed order is `None`.
pub async fn find(conn: &mut PgConnection, store: StoreId, which: Which<'_>) -> Result<Option<OrderDetail>> {
    let Some((from, to)) = which.dates() else { return Ok(None) };
    let (id, number) = match which {
        Which::Id(OrderId(id)) => (Some(id), None),
        Which::Number(number, _) => (None, Some(number)),
    };
    let found = sqlx::query_scalar!(
        r#"WITH found AS (
               SELECT o.id, o.order_number, o.business_date, o.table_id, t.table_number, o.session_id, o.status, o.total_amount,
                      o.note, o.created_at, NULL::timestamptz AS completed_at, order_items_json(o.store_id, o.id) AS items,
                      (SELECT coalesce(jsonb_agg(jsonb_build_object('status', l.status, 'user_id', l.user_id, 'reason', l.reason,
                                  'created_at', l.created_at) ORDER BY l.created_at, l.id), '[]')
                         FROM order_timeline l WHERE l.store_id = o.store_id AND l.order_id = o.id) AS timeline
                 FROM orders o JOIN tables t ON t.store_id = o.store_id AND t.id = o.table_id
                WHERE o.store_id = $1 AND (o.id = $2 OR o.order_number = $3)
               UNION ALL
               SELECT h.id, h.order_number, h.business_date, h.table_id, h.table_number, h.session_id, h.status, h.total_amount,
                      h.note, h.ordered_at, h.completed_at, h.items, h.timeline
                 FROM order_history h
                WHERE h.store_id = $1 AND h.business_date BETWEEN $4 AND $5 AND (h.id = $2 OR h.order_number = $3)
           )
           SELECT to_jsonb(f) || jsonb_build_object('timeline',
                      jsonb_build_array(jsonb_build_object('status', 'pending', 'created_at', f.created_at)) ||
                      (SELECT coalesce(jsonb_agg(l.step || jsonb_build_object('username', u.username) ORDER BY l.place), '[]')
                         FROM jsonb_array_elements(f.timeline) WITH ORDINALITY AS l (step, place)
                         LEFT JOIN users u ON u.store_id = $1 AND u.id = (l.step ->> 'user_id')::uuid))
                  AS "detail!: Json<OrderDetail>" FROM found f LIMIT 1"#,
        store.0,
        id,
        number,
        from,
        to,
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|Json(detail)| detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_when_to_look() {
        let id: OrderId = "0199a4d2-7a10-7c35-8f4e-2b6c9d0e1f31".parse().unwrap();
        let (from, to) = Which::Id(id).dates().unwrap();
        assert_eq!((to - from).num_days(), 3);
        let random: OrderId = "7c9e6679-7425-40de-944b-e07fc1f90ae7".parse().unwrap();
        assert_eq!(Which::Id(random).dates(), None, "none of ours");
    }
}
