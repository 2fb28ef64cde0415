//! The audit log: who changed what. Append-only.

use chrono::{DateTime, Utc};
use serde::Serialize;
use shared_types::stores::{AuditEntry, AuditPage};
use shared_types::{StoreId, UserId};
use sqlx::types::Json;
use uuid::Uuid;

use crate::cursor::Cursor;
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

/// One of many changes of the same kind of thing by the same user.
#[derive(Debug)]
pub struct Row {
    /// What was done.
    pub action: &'static str,
    /// To which one.
    pub entity_id: Uuid,
    /// How it was.
    pub before: Option<serde_json::Value>,
    /// How it is.
    pub after: Option<serde_json::Value>,
}

impl Row {
    /// A change from one value to another.
    #[must_use]
    pub fn new<T: Serialize>(action: &'static str, id: Uuid, before: Option<&T>, after: Option<&T>) -> Self {
        // What cannot be written is not there: our types all can.
        let json = |value: Option<&T>| value.and_then(|value| serde_json::to_value(value).ok());
        Self { action, entity_id: id, before: json(before), after: json(after) }
    }
}

/// Writes an entry for each of many changes into the caller's transaction: one round trip.
///
/// # Errors
/// Database errors only.
pub async fn record_all(
    conn: &mut PgConnection,
    store: StoreId,
    user: UserId,
    entity: &str,
    request_id: Option<&str>,
    rows: &[Row],
    now: DateTime<Utc>,
) -> Result<()> {
    let ids: Vec<Uuid> = rows.iter().map(|_| Uuid::now_v7()).collect();
    let actions: Vec<String> = rows.iter().map(|row| row.action.to_owned()).collect();
    let things: Vec<Uuid> = rows.iter().map(|row| row.entity_id).collect();
    let before: Vec<_> = rows.iter().map(|row| row.before.clone()).collect();
    let after: Vec<_> = rows.iter().map(|row| row.after.clone()).collect();
    sqlx::query!(
        "INSERT INTO audit_log (store_id, id, user_id, action, entity, entity_id, before, after, request_id, created_at)
         SELECT $1, r.id, $2, r.action, $3, r.entity_id, r.before, r.after, $4, $5
           FROM unnest($6::uuid[], $7::text[], $8::uuid[], $9::jsonb[], $10::jsonb[])
                AS r (id, action, entity_id, before, after)",
        store.0,
        user.0,
        entity,
        request_id,
        now,
        &ids,
        &actions,
        &things,
        &before as &[Option<serde_json::Value>],
        &after as &[Option<serde_json::Value>],
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What to list.
#[derive(Debug, Default)]
pub struct Filter<'a> {
    /// Only this action.
    pub action: Option<&'a str>,
    /// Only this kind of thing.
    pub entity: Option<&'a str>,
    /// Only this thing.
    pub entity_id: Option<Uuid>,
    /// Only this user's changes.
    pub user: Option<UserId>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub to: Option<DateTime<Utc>>,
}

/// A page of the log, newest first.
///
/// # Errors
/// Database errors only.
pub async fn page(
    conn: &mut PgConnection,
    store: StoreId,
    filter: &Filter<'_>,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<AuditPage> {
    let mut entries = sqlx::query_as!(
        AuditEntry,
        r#"SELECT a.id, a.user_id AS "user_id: UserId", u.username AS "username?", a.action, a.entity, a.entity_id,
                  a.before, a.after, a.reason, a.request_id, a.created_at
             FROM audit_log a LEFT JOIN users u ON u.store_id = a.store_id AND u.id = a.user_id
            WHERE a.store_id = $1 AND ($2::text IS NULL OR a.action = $2) AND ($3::text IS NULL OR a.entity = $3)
              AND ($4::uuid IS NULL OR a.entity_id = $4) AND ($5::uuid IS NULL OR a.user_id = $5)
              AND ($6::timestamptz IS NULL OR a.created_at >= $6) AND ($7::timestamptz IS NULL OR a.created_at < $7)
              AND ($8::timestamptz IS NULL OR (a.created_at, a.id) < ($8, $9))
            ORDER BY a.created_at DESC, a.id DESC LIMIT $10::bigint + 1"#,
        store.0,
        filter.action,
        filter.entity,
        filter.entity_id,
        filter.user.map(|u| u.0),
        filter.from,
        filter.to,
        cursor.map(|c| c.created_at),
        cursor.map(|c| c.id),
        limit,
    )
    .fetch_all(conn)
    .await?;
    let next_cursor = Cursor::after_page(&mut entries, limit, |entry| (entry.created_at, entry.id));
    Ok(AuditPage { entries, next_cursor })
}
