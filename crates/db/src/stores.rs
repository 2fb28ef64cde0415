//! Stores.

use shared_types::StoreId;
use shared_types::auth::StoreInfo;

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
