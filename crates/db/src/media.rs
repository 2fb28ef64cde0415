//! Which pictures a store has. The pictures themselves are files outside the database; this says which of them
//! a dish may name and which nobody needs.

use chrono::{DateTime, Utc};
use shared_types::StoreId;

use crate::{PgConnection, Result};

/// Notes that a store has a picture, whose files are written after the caller's commit. False: it has it already.
///
/// # Errors
/// Database errors only.
pub async fn register(
    conn: &mut PgConnection,
    store: StoreId,
    key: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    // Waits for the job that may be removing files of that name (`lock_orphan`).
    lock(&mut *conn, key).await?;
    sqlx::query_scalar!(
        r#"INSERT INTO images (store_id, key, created_at, unused_since) VALUES ($1, $2, $3, $3)
           ON CONFLICT ON CONSTRAINT images_pkey DO UPDATE
              SET unused_since = CASE WHEN images.unused_since IS NULL THEN NULL ELSE EXCLUDED.unused_since END
           RETURNING (xmax = 0) AS "new!""#,
        store.0,
        key,
        now,
    )
    .fetch_one(conn)
    .await
}

/// Keeps a picture for a dish that is going to name it in the caller's transaction. False: the store has no such
/// picture, or it has just been removed.
///
/// # Errors
/// Database errors only.
pub async fn claim(conn: &mut PgConnection, store: StoreId, key: &str) -> Result<bool> {
    // Written even if nothing changes: `forget_unused` waits for the row and then looks at it again.
    let claimed =
        sqlx::query!("UPDATE images SET unused_since = NULL WHERE store_id = $1 AND key = $2", store.0, key)
            .execute(conn)
            .await?;
    Ok(claimed.rows_affected() == 1)
}

/// Forgets the pictures, of all stores, that no dish has named since `before`, and notes which are in use and which
/// are not as of `now`. Answers how many are forgotten. A removed dish needs no picture.
///
/// # Errors
/// Database errors only.
pub async fn forget_unused(
    conn: &mut PgConnection,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<u64> {
    sqlx::query!(
        "UPDATE images i SET unused_since = NULL
          WHERE unused_since IS NOT NULL AND EXISTS
                (SELECT 1 FROM menus m WHERE m.store_id = i.store_id AND m.image_key = i.key AND m.deleted_at IS NULL)"
    )
    .execute(&mut *conn)
    .await?;
    // A dish that claims one of these meanwhile holds its row: once that is committed, `unused_since` is null.
    let forgotten = sqlx::query!(
        "DELETE FROM images i
          WHERE unused_since < $1 AND NOT EXISTS
                (SELECT 1 FROM menus m WHERE m.store_id = i.store_id AND m.image_key = i.key AND m.deleted_at IS NULL)",
        before,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE images i SET unused_since = $1
          WHERE unused_since IS NULL AND NOT EXISTS
                (SELECT 1 FROM menus m WHERE m.store_id = i.store_id AND m.image_key = i.key AND m.deleted_at IS NULL)",
        now,
    )
    .execute(conn)
    .await?;
    Ok(forgotten.rows_affected())
}

/// Those of some keys that no store has and no dish names.
///
/// # Errors
/// Database errors only.
pub async fn orphans(conn: &mut PgConnection, keys: &[String]) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT k.key AS "key!" FROM unnest($1::text[]) AS k (key)
            WHERE NOT EXISTS (SELECT 1 FROM images i WHERE i.key = k.key)
              AND NOT EXISTS (SELECT 1 FROM menus m WHERE m.image_key = k.key AND m.deleted_at IS NULL)"#,
        keys,
    )
    .fetch_all(conn)
    .await
}

/// Whether a key is still an orphan. If so, nobody can register it until the caller's transaction ends: the time to
/// remove its files.
///
/// # Errors
/// Database errors only.
pub async fn lock_orphan(conn: &mut PgConnection, key: &str) -> Result<bool> {
    lock(&mut *conn, key).await?;
    Ok(!orphans(conn, &[key.to_owned()]).await?.is_empty())
}

async fn lock(conn: &mut PgConnection, key: &str) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text AS locked", key)
        .fetch_one(conn)
        .await
        .map(drop)
}
