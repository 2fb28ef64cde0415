//! Stores.

use chrono::{DateTime, NaiveDate, Utc};
use shared_types::StoreId;
use shared_types::auth::StoreInfo;
use shared_types::stores::{StoreSettings, StoreUpdate};

use crate::{PgConnection, Result};

/// The store, as both apps see it.
///
/// # Errors
/// Database errors only; an unknown store is `None`.
pub async fn find(conn: &mut PgConnection, store: StoreId) -> Result<Option<StoreInfo>> {
    sqlx::query_as!(
        StoreInfo,
        r#"SELECT id AS "id: StoreId", code, name, timezone, currency, warn_after_minutes, late_after_minutes
             FROM stores WHERE id = $1"#,
        store.0,
    )
    .fetch_optional(conn)
    .await
}

/// The store's settings.
///
/// # Errors
/// Database errors only; an unknown store is `None`.
pub async fn settings(conn: &mut PgConnection, store: StoreId) -> Result<Option<StoreSettings>> {
    sqlx::query_as!(
        StoreSettings,
        r#"SELECT id AS "id: StoreId", code, name, currency, timezone, day_starts_at, session_max_minutes, session_idle_minutes,
                  warn_after_minutes, late_after_minutes FROM stores WHERE id = $1"#,
        store.0,
    )
    .fetch_optional(conn)
    .await
}

/// Whether the database knows a time zone of this name.
///
/// # Errors
/// Database errors only.
pub async fn is_timezone(conn: &mut PgConnection, name: &str) -> Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE name = $1) AS "known!""#,
        name
    )
    .fetch_one(conn)
    .await
}

/// Changes the settings.
///
/// # Errors
/// Database errors; `stores_name_key` when the name is taken.
pub async fn update(
    conn: &mut PgConnection,
    store: StoreId,
    to: &StoreUpdate,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE stores SET name = $2, timezone = $3, day_starts_at = $4, session_max_minutes = $5, session_idle_minutes = $6,
                warn_after_minutes = $7, late_after_minutes = $8, updated_at = $9 WHERE id = $1",
        store.0,
        to.name.trim(),
        to.timezone,
        to.day_starts_at,
        to.session_max_minutes,
        to.session_idle_minutes,
        to.warn_after_minutes,
        to.late_after_minutes,
        now,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Adds a store unless its code is taken. False: it was there.
///
/// # Errors
/// Database errors; `stores_name_key` when the name is taken.
pub async fn insert(
    conn: &mut PgConnection,
    id: StoreId,
    code: &str,
    name: &str,
    timezone: &str,
) -> Result<bool> {
    let inserted = sqlx::query!(
        "INSERT INTO stores (id, code, name, timezone) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING",
        id.0,
        code,
        name,
        timezone,
    )
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// The store of a code.
///
/// # Errors
/// Database errors only.
pub async fn id_of_code(conn: &mut PgConnection, code: &str) -> Result<Option<StoreId>> {
    sqlx::query_scalar!(r#"SELECT id AS "id: StoreId" FROM stores WHERE code = $1"#, code)
        .fetch_optional(conn)
        .await
}

/// The store's business date at an instant.
///
/// # Errors
/// Database errors only; `RowNotFound` for an unknown store.
pub async fn business_date(conn: &mut PgConnection, store: StoreId, now: DateTime<Utc>) -> Result<NaiveDate> {
    sqlx::query_scalar!(
        r#"SELECT business_date($2, timezone, day_starts_at) AS "date!" FROM stores WHERE id = $1"#,
        store.0,
        now,
    )
    .fetch_one(conn)
    .await
}
