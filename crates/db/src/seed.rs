//! Rows that only the demo seed and set-up commands create.

use shared_types::{StoreId, UserId};

use crate::{PgConnection, Result};

/// Adds a store unless its code is taken. False: it was there.
///
/// # Errors
/// Database errors only.
pub async fn insert_store(conn: &mut PgConnection, id: StoreId, code: &str, name: &str) -> Result<bool> {
    let inserted = sqlx::query!(
        "INSERT INTO stores (id, code, name) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING",
        id.0,
        code,
        name
    )
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Adds a manager.
///
/// # Errors
/// Database errors; `users_username_key` when the name is taken.
pub async fn insert_user(
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
