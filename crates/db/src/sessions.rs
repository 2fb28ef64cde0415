//! Table sessions: ending those that are over, and making room for their history.

use chrono::{DateTime, Utc};
use shared_types::events::CloseReason;
use shared_types::{SessionId, StoreId};

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
