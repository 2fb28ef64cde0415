//! Manager accounts.

use chrono::{DateTime, Utc};
use shared_types::stores::User;
use shared_types::{StoreId, UserId};

use crate::{PgConnection, Result};

/// The store's accounts, by name; or only one of them.
///
/// # Errors
/// Database errors only.
pub async fn list(conn: &mut PgConnection, store: StoreId, only: Option<UserId>) -> Result<Vec<User>> {
    sqlx::query_as!(
        User,
        r#"SELECT id AS "id: UserId", username, is_active, locked_until, created_at FROM users
            WHERE store_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY lower(username)"#,
        store.0,
        only.map(|u| u.0),
    )
    .fetch_all(conn)
    .await
}

/// Adds an account.
///
/// # Errors
/// Database errors; `users_username_key` when the name is taken.
pub async fn insert(
    conn: &mut PgConnection,
    store: StoreId,
    id: UserId,
    username: &str,
    password_hash: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO users (store_id, id, username, password_hash) VALUES ($1, $2, $3, $4)",
        store.0,
        id.0,
        username,
        password_hash,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Enables, disables, or sets a new password, which also ends a lock. False: no such account.
///
/// # Errors
/// Database errors only.
pub async fn update(
    conn: &mut PgConnection,
    store: StoreId,
    id: UserId,
    is_active: Option<bool>,
    password_hash: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let updated = sqlx::query!(
        "UPDATE users SET is_active = coalesce($3, is_active), password_hash = coalesce($4, password_hash),
                failed_login_attempts = CASE WHEN $4 IS NULL THEN failed_login_attempts ELSE 0 END,
                locked_until = CASE WHEN $4 IS NULL THEN locked_until END, updated_at = $5
          WHERE store_id = $1 AND id = $2",
        store.0,
        id.0,
        is_active,
        password_hash,
        now,
    )
    .execute(conn)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Locks the store's accounts and answers how many others than `except` can sign in.
///
/// # Errors
/// Database errors only.
pub async fn other_active(conn: &mut PgConnection, store: StoreId, except: UserId) -> Result<usize> {
    // All of them, in one order: two managers who disable each other wait for one another.
    let active = sqlx::query_scalar!(
        r#"SELECT id AS "id: UserId" FROM users WHERE store_id = $1 AND is_active ORDER BY id FOR UPDATE"#,
        store.0
    )
    .fetch_all(conn)
    .await?;
    Ok(active.iter().filter(|id| **id != except).count())
}

/// The hash of an active account's password.
///
/// # Errors
/// Database errors only.
pub async fn password_hash(conn: &mut PgConnection, store: StoreId, id: UserId) -> Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT password_hash FROM users WHERE store_id = $1 AND id = $2 AND is_active",
        store.0,
        id.0
    )
    .fetch_optional(conn)
    .await
}

/// The account of a name.
///
/// # Errors
/// Database errors only.
pub async fn id_of_name(conn: &mut PgConnection, store: StoreId, username: &str) -> Result<Option<UserId>> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id: UserId" FROM users WHERE store_id = $1 AND lower(username) = lower($2)"#,
        store.0,
        username,
    )
    .fetch_optional(conn)
    .await
}
