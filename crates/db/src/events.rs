//! The outbox: events are appended by whoever changes something and read here by sequence.

use chrono::{DateTime, Utc};
use serde::Serialize;
use shared_types::events::EventKind;
use shared_types::{StoreId, TableId};
use sqlx::types::Json;

use crate::{PgConnection, Result, parse};

/// An event as it goes to the streams: the payload stays text.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// The store's gap-free sequence.
    pub seq: i64,
    /// What happened.
    pub kind: EventKind,
    /// The table it is about; `None` concerns the whole store.
    pub table: Option<TableId>,
    /// The JSON of `data:`.
    pub payload: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// Writes an event into the caller's transaction and answers its sequence.
///
/// # Errors
/// Database errors only.
pub async fn append<T: Serialize + Send + Sync>(
    conn: &mut PgConnection,
    store: StoreId,
    kind: EventKind,
    table: Option<TableId>,
    payload: &T,
    now: DateTime<Utc>,
) -> Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT append_event($1, $2, $3, $4, $5) AS "seq!""#,
        store.0,
        kind.as_str(),
        table.map(|t| t.0),
        Json(payload) as _,
        now,
    )
    .fetch_one(conn)
    .await
}

/// The events after `after`, oldest first, at most `limit`.
///
/// # Errors
/// Database errors only.
pub async fn after(conn: &mut PgConnection, store: StoreId, after: i64, limit: i64) -> Result<Vec<EventRow>> {
    let rows = sqlx::query!(
        r#"SELECT seq, kind, table_id AS "table_id: TableId", payload::text AS "payload!", created_at
             FROM store_events WHERE store_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"#,
        store.0,
        after,
        limit,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(EventRow {
                seq: r.seq,
                kind: parse(&r.kind)?,
                table: r.table_id,
                payload: r.payload,
                created_at: r.created_at,
            })
        })
        .collect()
}

/// From where to where a store's events can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The oldest that is kept; `last + 1` when none is.
    pub first: i64,
    /// The newest; 0 before the first.
    pub last: i64,
    /// The menu's version at that moment; 0 for a store that does not exist.
    pub menu_version: i64,
}

/// What can be replayed.
///
/// # Errors
/// Database errors only.
pub async fn range(conn: &mut PgConnection, store: StoreId) -> Result<Range> {
    let row = sqlx::query!(
        r#"SELECT coalesce((SELECT last_seq FROM event_counters WHERE store_id = $1), 0) AS "last!",
                  (SELECT min(seq) FROM store_events WHERE store_id = $1) AS first,
                  coalesce((SELECT menu_version FROM stores WHERE id = $1), 0) AS "menu_version!""#,
        store.0,
    )
    .fetch_one(conn)
    .await?;
    let first = row.first.unwrap_or(row.last + 1);
    Ok(Range { first, last: row.last, menu_version: row.menu_version })
}

/// The store's last event; 0 before the first.
///
/// # Errors
/// Database errors only.
pub async fn last(conn: &mut PgConnection, store: StoreId) -> Result<i64> {
    let last = sqlx::query_scalar!("SELECT last_seq FROM event_counters WHERE store_id = $1", store.0);
    Ok(last.fetch_optional(conn).await?.unwrap_or_default())
}

/// Where each of some stores stands: last event and menu version. One round trip for all of them.
///
/// # Errors
/// Database errors only.
pub async fn positions(conn: &mut PgConnection, stores: &[uuid::Uuid]) -> Result<Vec<(StoreId, i64, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT s.id AS "id!", s.menu_version AS "menu_version!", coalesce(c.last_seq, 0) AS "last_seq!"
             FROM stores s LEFT JOIN event_counters c ON c.store_id = s.id WHERE s.id = ANY($1)"#,
        stores,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|r| (StoreId(r.id), r.last_seq, r.menu_version)).collect())
}

/// Wakes the other instances: one NOTIFY naming all these stores. Runs outside of any writer's transaction,
/// because NOTIFY takes a lock of the whole cluster at commit.
///
/// # Errors
/// Database errors only.
pub async fn notify(conn: &mut PgConnection, channel: &str, payload: &str) -> Result<()> {
    sqlx::query!("SELECT pg_notify($1, $2)", channel, payload).execute(conn).await.map(drop)
}

/// Removes events, idempotency keys and revocations that are older than an instant. Answers how many.
///
/// # Errors
/// Database errors only.
pub async fn remove_before(conn: &mut PgConnection, before: DateTime<Utc>) -> Result<i64> {
    let mut removed = 0;
    loop {
        // In portions: each stays far below the statement's time limit and holds its locks briefly.
        let portion = sqlx::query_scalar!(
            r#"WITH events AS (
                   DELETE FROM store_events WHERE ctid IN (SELECT ctid FROM store_events WHERE created_at < $1 LIMIT 5000) RETURNING 1
               ), keys AS (
                   DELETE FROM idempotency_keys WHERE ctid IN (SELECT ctid FROM idempotency_keys WHERE created_at < $1 LIMIT 5000) RETURNING 1
               ), ended AS (
                   DELETE FROM revocations WHERE ctid IN (SELECT ctid FROM revocations WHERE revoked_at < $1 LIMIT 5000) RETURNING 1
               )
               SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM keys) + (SELECT count(*) FROM ended) AS "n!""#,
            before,
        )
        .fetch_one(&mut *conn)
        .await?;
        removed += portion;
        if portion == 0 {
            return Ok(removed);
        }
    }
}
