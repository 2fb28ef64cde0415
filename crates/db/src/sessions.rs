//! Table sessions: ending those that are over, and making room for their history.

use chrono::{DateTime, Utc};
use shared_types::events::CloseReason;
use shared_types::{Money, SessionId, StoreId, TableId, UserId};

use crate::{PgConnection, Result, parse};

/// A session that has to end.
#[derive(Debug, Clone, Copy)]
pub struct Overdue {
    /// Its store.
    pub store: StoreId,
    /// The session.
    pub id: SessionId,
    /// Why.
    pub reason: CloseReason,
}

/// Open sessions, of every store, whose time is over.
///
/// # Errors
/// Database errors only.
pub async fn overdue(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<Overdue>> {
    let rows = sqlx::query!(
        r#"SELECT s.store_id, s.id, session_end_reason(s.opened_at, s.last_order_at, st.session_max_minutes, st.session_idle_minutes, $1) AS "reason!"
             FROM table_sessions s JOIN stores st ON st.id = s.store_id
            WHERE s.closed_at IS NULL
              AND session_end_reason(s.opened_at, s.last_order_at, st.session_max_minutes, st.session_idle_minutes, $1) IS NOT NULL"#,
        now,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|r| Ok(Overdue { store: StoreId(r.store_id), id: SessionId(r.id), reason: parse(&r.reason)? }))
        .collect()
}

/// Tables of all stores at which somebody sits.
///
/// # Errors
/// Database errors only.
pub async fn open_count(conn: &mut PgConnection) -> Result<i64> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM table_sessions WHERE closed_at IS NULL"#)
        .fetch_one(conn)
        .await
}

/// Ends a session that is still over time: its orders move to history. False: it was ended, or somebody
/// ordered, in the meantime.
///
/// # Errors
/// Database errors only.
pub async fn close_overdue(conn: &mut PgConnection, session: &Overdue, now: DateTime<Utc>) -> Result<bool> {
    let closed = sqlx::query!(
        r#"SELECT c.table_id AS "table_id?"
             FROM (SELECT s.id FROM table_sessions s JOIN stores st ON st.id = s.store_id
                    WHERE s.store_id = $1 AND s.id = $2 AND s.closed_at IS NULL
                      AND session_end_reason(s.opened_at, s.last_order_at, st.session_max_minutes, st.session_idle_minutes, $4) IS NOT NULL
                      FOR UPDATE OF s) AS due,
                  LATERAL close_session($1, due.id, $3, NULL, $4) AS c"#,
        session.store.0,
        session.id.0,
        session.reason.as_str(),
        now,
    )
    .fetch_optional(conn)
    .await?;
    Ok(closed.is_some())
}

/// Makes the partitions of history for the coming three months. Answers how many were missing.
///
/// # Errors
/// Database errors only.
pub async fn ensure_history_partitions(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<i32> {
    // A month back as well: a session may end after the month in which it ordered.
    sqlx::query_scalar!(
        r#"SELECT ensure_order_history_partitions(($1::timestamptz - interval '1 month')::date, 4) AS "made!""#,
        now,
    )
    .fetch_one(conn)
    .await
}

/// The open session of a table, locked until the transaction ends.
///
/// # Errors
/// Database errors only.
pub async fn lock_open(conn: &mut PgConnection, store: StoreId, table: TableId) -> Result<Option<SessionId>> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id: SessionId" FROM table_sessions WHERE store_id = $1 AND table_id = $2 AND closed_at IS NULL FOR UPDATE"#,
        store.0,
        table.0,
    )
    .fetch_optional(conn)
    .await
}

/// Ends an open session by a manager's hand; its orders move to history. Answers their number and sum.
///
/// # Errors
/// Database errors only. `None`: it was not open.
pub async fn finish(
    conn: &mut PgConnection,
    store: StoreId,
    session: SessionId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Option<(i64, Money)>> {
    let row = sqlx::query!(
        r#"SELECT order_count AS "orders!", total_amount AS "total!: Money" FROM close_session($1, $2, $3, $4, $5)"#,
        store.0,
        session.0,
        CloseReason::Finished.as_str(),
        user.0,
        now,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| (r.orders, r.total)))
}

/// Moves an open session, with its orders and its open calls, to another table. A call that is open there
/// already stands for both.
///
/// # Errors
/// Database errors; `table_sessions_open_key` when somebody sits there, `table_sessions_live_table` when the
/// table is removed.
pub async fn move_to(
    conn: &mut PgConnection,
    store: StoreId,
    session: SessionId,
    (from, to): (TableId, TableId),
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE table_sessions SET table_id = $3 WHERE store_id = $1 AND id = $2",
        store.0,
        session.0,
        to.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE orders SET table_id = $3, updated_at = greatest(updated_at, $4) WHERE store_id = $1 AND session_id = $2",
        store.0,
        session.0,
        to.0,
        now,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "WITH moved AS (
             UPDATE calls c SET table_id = $3 WHERE c.store_id = $1 AND c.table_id = $2 AND c.acknowledged_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM calls o WHERE o.store_id = $1 AND o.table_id = $3 AND o.kind = c.kind
                                   AND o.acknowledged_at IS NULL)
             RETURNING c.id)
         UPDATE calls c SET acknowledged_at = $4 WHERE c.store_id = $1 AND c.table_id = $2 AND c.acknowledged_at IS NULL
            AND c.id NOT IN (SELECT id FROM moved)",
        store.0,
        from.0,
        to.0,
        now,
    )
    .execute(conn)
    .await
    .map(drop)
}
