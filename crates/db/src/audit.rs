//! The audit log: who changed what. Append-only.

use chrono::{DateTime, Utc};
use serde::Serialize;
use shared_types::{StoreId, UserId};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{PgConnection, Result};

/// One change.
#[derive(Debug)]
pub struct Entry<'a, T> {
    /// In which store.
    pub store: StoreId,
    /// Who; `None` is the system itself.
    pub user: Option<UserId>,
    /// What was done: `delete`, `recall`, …
    pub action: &'a str,
    /// To what kind of thing: `order`, …
    pub entity: &'a str,
    /// To which one.
    pub entity_id: Uuid,
    /// How it was.
    pub before: Option<&'a T>,
    /// How it is.
    pub after: Option<&'a T>,
    /// Why, in the words of whoever did it.
    pub reason: Option<&'a str>,
    /// In which request.
    pub request_id: Option<&'a str>,
}

/// Writes an entry into the caller's transaction.
///
/// # Errors
/// Database errors only.
pub async fn record<T: Serialize + Send + Sync>(
    conn: &mut PgConnection,
    entry: &Entry<'_, T>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO audit_log (store_id, id, user_id, action, entity, entity_id, before, after, reason, request_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        entry.store.0,
        Uuid::now_v7(),
        entry.user.map(|u| u.0),
        entry.action,
        entry.entity,
        entry.entity_id,
        entry.before.map(Json) as _,
        entry.after.map(Json) as _,
        entry.reason,
        entry.request_id,
        now,
    )
    .execute(conn)
    .await
    .map(drop)
}
