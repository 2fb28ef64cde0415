//! Orders: placing, reading, status, deletion.

use chrono::{DateTime, Utc};
use shared_types::calls::Call;
use shared_types::orders::{BoardSnapshot, Order, OrderStatus};
use shared_types::tables::BoardTable;
use shared_types::{DeviceId, IdempotencyKey, OrderId, SessionId, StoreId, TableId, UserId};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Error, PgConnection, Result, parse};

/// Everything that placing an order needs.
#[derive(Debug)]
pub struct Placement<'a> {
    /// The caller's store.
    pub store: StoreId,
    /// The caller's table.
    pub table: TableId,
    /// The caller's device.
    pub device: DeviceId,
    /// From the request.
    pub key: IdempotencyKey,
    /// SHA-256 over table and body.
    pub request_hash: &'a [u8],
    /// The menu against which the order was priced.
    pub menu_version: i64,
    /// The order, still without number and session.
    pub order: &'a Order,
    /// The id of the session if this order opens one.
    pub new_session: SessionId,
    /// The instant of the order.
    pub now: DateTime<Utc>,
}

/// What came of it.
#[derive(Debug)]
pub enum Placed {
    /// The order is new; the number is its event.
    New(Order, i64),
    /// The same request was answered before: the order of then.
    Replayed(Order),
    /// The key was used for another request.
    KeyConflict,
    /// The menu is another now: price again.
    MenuChanged,
    /// The stay has as many orders as it may have.
    TooMany,
    /// The device was revoked or the table removed.
    Refused,
}

/// Places an order: one round trip, all or nothing (`place_order` in the migrations).
///
/// # Errors
/// Database errors only.
pub async fn place(conn: &mut PgConnection, p: &Placement<'_>) -> Result<Placed> {
    // The lock is held before the function looks: a table is not removed under an order (`tables::delete`).
    let row = sqlx::query!(
        r#"SELECT outcome AS "outcome!", response AS "response: Json<Order>", seq
             FROM (SELECT t.id FROM tables t WHERE t.store_id = $1 AND t.id = $2 FOR KEY SHARE) AS here
            CROSS JOIN LATERAL place_order($1, here.id, $3, $4, $5, $6, $7, $8, $9)"#,
        p.store.0,
        p.table.0,
        p.device.0,
        p.key.0,
        p.request_hash,
        p.menu_version,
        Json(p.order) as _,
        p.new_session.0,
        p.now,
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(Placed::Refused) };
    match (row.outcome.as_str(), row.response, row.seq) {
        ("placed", Some(Json(order)), Some(seq)) => Ok(Placed::New(order, seq)),
        ("replayed", Some(Json(order)), _) => Ok(Placed::Replayed(order)),
        ("key_conflict", ..) => Ok(Placed::KeyConflict),
        ("menu_changed", ..) => Ok(Placed::MenuChanged),
        ("too_many", ..) => Ok(Placed::TooMany),
        ("refused", ..) => Ok(Placed::Refused),
        (other, ..) => Err(Error::Decode(format!("place_order answered {other}").into())),
    }
}

/// The store's last event, and the session of a table that still goes on. One round trip.
///
/// # Errors
/// Database errors only.
pub async fn position_of_table(
    conn: &mut PgConnection,
    store: StoreId,
    table: TableId,
    now: DateTime<Utc>,
) -> Result<(i64, Option<SessionId>)> {
    let row = sqlx::query!(
        r#"SELECT coalesce((SELECT last_seq FROM event_counters WHERE store_id = $1), 0) AS "last!",
                  (SELECT s.id FROM table_sessions s JOIN stores st ON st.id = s.store_id
                    WHERE s.store_id = $1 AND s.table_id = $2 AND s.closed_at IS NULL
                      AND session_end_reason(s.opened_at, s.last_order_at, st.session_max_minutes, st.session_idle_minutes, $3) IS NULL)
                      AS "session: SessionId""#,
        store.0,
        table.0,
        now,
    )
    .fetch_one(conn)
    .await?;
    Ok((row.last, row.session))
}

/// Everything the board shows, as of one moment: one statement sees one snapshot.
///
/// # Errors
/// Database errors only.
pub async fn board(conn: &mut PgConnection, store: StoreId) -> Result<BoardSnapshot> {
    let row = sqlx::query!(
        r#"SELECT (SELECT coalesce(jsonb_agg(d.document ORDER BY d.created_at DESC, d.id DESC), '[]') FROM order_documents d
                    WHERE d.store_id = $1)
                      AS "orders!: Json<Vec<Order>>",
                  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'table_number', t.table_number, 'session',
                              CASE WHEN s.id IS NOT NULL THEN
                                   jsonb_build_object('id', s.id, 'opened_at', s.opened_at, 'last_order_at', s.last_order_at) END)
                              ORDER BY length(t.table_number), t.table_number), '[]')
                     FROM tables t LEFT JOIN table_sessions s ON s.store_id = t.store_id AND s.table_id = t.id AND s.closed_at IS NULL
                    WHERE t.store_id = $1 AND t.deleted_at IS NULL) AS "tables!: Json<Vec<BoardTable>>",
                  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'table_id', c.table_id, 'table_number', t.table_number,
                              'kind', c.kind, 'note', c.note, 'created_at', c.created_at, 'acknowledged_at', c.acknowledged_at)
                              ORDER BY c.created_at, c.id), '[]')
                     FROM calls c JOIN tables t ON t.store_id = c.store_id AND t.id = c.table_id
                    WHERE c.store_id = $1 AND c.acknowledged_at IS NULL) AS "calls!: Json<Vec<Call>>",
                  coalesce((SELECT last_seq FROM event_counters WHERE store_id = $1), 0) AS "last_event_id!""#,
        store.0,
    )
    .fetch_one(conn)
    .await?;
    Ok(BoardSnapshot {
        orders: row.orders.0,
        tables: row.tables.0,
        calls: row.calls.0,
        last_event_id: row.last_event_id,
    })
}

/// One order of an open session.
///
/// # Errors
/// Database errors only; an unknown or archived order is `None`.
pub async fn find(conn: &mut PgConnection, store: StoreId, id: OrderId) -> Result<Option<Order>> {
    let document = sqlx::query_scalar!(
        r#"SELECT document AS "document!: Json<Order>" FROM order_documents WHERE store_id = $1 AND id = $2"#,
        store.0,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(document.map(|Json(order)| order))
}

/// Moves an order from one status to another, if it still is where the caller thinks. Writes the timeline.
///
/// # Errors
/// Database errors only. False: somebody else was first, or the order is gone.
pub async fn set_status(
    conn: &mut PgConnection,
    store: StoreId,
    id: OrderId,
    (from, to): (OrderStatus, OrderStatus),
    (user, reason): (UserId, Option<&str>),
    now: DateTime<Utc>,
) -> Result<bool> {
    let moved = sqlx::query!(
        "WITH moved AS (
             UPDATE orders SET status = $4, updated_at = greatest(updated_at, $6),
                    acknowledged_at = coalesce(acknowledged_at, $6), acknowledged_by = coalesce(acknowledged_by, $5)
              WHERE store_id = $1 AND id = $2 AND status = $3 RETURNING store_id, id
         )
         INSERT INTO order_timeline (store_id, order_id, id, status, user_id, reason, created_at)
         SELECT store_id, id, $7, $4, $5, $8, $6 FROM moved",
        store.0,
        id.0,
        from.as_str(),
        to.as_str(),
        user.0,
        now,
        Uuid::now_v7(),
        reason,
    )
    .execute(conn)
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// Notes that a manager has seen an order. False: it was noted before, or the order is gone.
///
/// # Errors
/// Database errors only.
pub async fn acknowledge(
    conn: &mut PgConnection,
    store: StoreId,
    id: OrderId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let updated = sqlx::query!(
        "UPDATE orders SET acknowledged_at = $4, acknowledged_by = $3, updated_at = greatest(updated_at, $4)
          WHERE store_id = $1 AND id = $2 AND acknowledged_at IS NULL",
        store.0,
        id.0,
        user.0,
        now,
    )
    .execute(conn)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Removes an order of an open session and answers what it was.
///
/// # Errors
/// Database errors only; an unknown or archived order is `None`.
pub async fn delete(conn: &mut PgConnection, store: StoreId, id: OrderId) -> Result<Option<Order>> {
    // The lock first: the document must be the one that is deleted.
    sqlx::query!("SELECT 1 AS one FROM orders WHERE store_id = $1 AND id = $2 FOR UPDATE", store.0, id.0)
        .fetch_optional(&mut *conn)
        .await?;
    let order = find(&mut *conn, store, id).await?;
    if order.is_some() {
        sqlx::query!("DELETE FROM orders WHERE store_id = $1 AND id = $2", store.0, id.0)
            .execute(conn)
            .await?;
    }
    Ok(order)
}

/// The status of an order of an open session.
///
/// # Errors
/// Database errors only.
pub async fn status(conn: &mut PgConnection, store: StoreId, id: OrderId) -> Result<Option<OrderStatus>> {
    let text =
        sqlx::query_scalar!("SELECT status FROM orders WHERE store_id = $1 AND id = $2", store.0, id.0)
            .fetch_optional(conn)
            .await?;
    text.as_deref().map(parse).transpose()
}

/// What was answered under a key: the hash of that request, and the order.
///
/// # Errors
/// Database errors only.
pub async fn answered(
    conn: &mut PgConnection,
    store: StoreId,
    key: IdempotencyKey,
) -> Result<Option<(Vec<u8>, Order)>> {
    let row = sqlx::query!(
        r#"SELECT request_hash, response AS "response: Json<Order>" FROM idempotency_keys WHERE store_id = $1 AND key = $2"#,
        store.0,
        key.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| (r.request_hash, r.response.0)))
}
