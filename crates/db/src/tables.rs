//! Tables.

use shared_types::{StoreId, TableId};

use crate::{PgConnection, Result};

/// Adds a table.
///
/// # Errors
/// Database errors; `tables_table_number_key` when the number is taken.
pub async fn insert(
    conn: &mut PgConnection,
    store: StoreId,
    id: TableId,
    table_number: &str,
    password_hash: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO tables (store_id, id, table_number, password_hash) VALUES ($1, $2, $3, $4)",
        store.0,
        id.0,
        table_number,
        password_hash,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A table's number, while the table exists.
///
/// # Errors
/// Database errors only.
pub async fn number(conn: &mut PgConnection, store: StoreId, id: TableId) -> Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT table_number FROM tables WHERE store_id = $1 AND id = $2 AND deleted_at IS NULL",
        store.0,
        id.0
    )
    .fetch_optional(conn)
    .await
}
