//! Tables and the devices signed in at them.

use chrono::{DateTime, Utc};
use shared_types::tables::{AdminTable, Device, DevicePage, DeviceStatus, StoreDevice};
use shared_types::{DeviceId, StoreId, TableId};
use sqlx::types::Json;

use crate::cursor::Cursor;
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

/// Whether the store has, or had, this table.
///
/// # Errors
/// Database errors only.
pub async fn has_existed(conn: &mut PgConnection, store: StoreId, id: TableId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM tables WHERE store_id = $1 AND id = $2) AS "found!""#,
        store.0,
        id.0
    );
    found.fetch_one(conn).await
}

/// The store's tables with their open stays, by number; or only one of them. One round trip.
///
/// # Errors
/// Database errors only.
pub async fn list(
    conn: &mut PgConnection,
    store: StoreId,
    only: Option<TableId>,
    now: DateTime<Utc>,
) -> Result<Vec<AdminTable>> {
    let Json(tables) = sqlx::query_scalar!(
        r#"SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'table_number', t.table_number,
                      'session', CASE WHEN s.id IS NOT NULL THEN
                           jsonb_build_object('id', s.id, 'opened_at', s.opened_at, 'last_order_at', s.last_order_at) END,
                      'order_count', coalesce(o.count, 0), 'total_amount', coalesce(o.total, 0), 'device_count', coalesce(d.count, 0))
                      ORDER BY length(t.table_number), t.table_number), '[]') AS "tables!: Json<Vec<AdminTable>>"
             FROM tables t
             LEFT JOIN table_sessions s ON s.store_id = t.store_id AND s.table_id = t.id AND s.closed_at IS NULL
             LEFT JOIN (SELECT session_id, count(*) AS count, sum(total_amount) AS total FROM orders
                         WHERE store_id = $1 AND ($2::uuid IS NULL OR table_id = $2) GROUP BY session_id) o ON o.session_id = s.id
             LEFT JOIN (SELECT table_id, count(*) AS count FROM devices
                         WHERE store_id = $1 AND ($2::uuid IS NULL OR table_id = $2) AND revoked_at IS NULL AND expires_at > $3
                         GROUP BY table_id) d ON d.table_id = t.id
            WHERE t.store_id = $1 AND t.deleted_at IS NULL AND ($2::uuid IS NULL OR t.id = $2)"#,
        store.0,
        only.map(|t| t.0),
        now,
    )
    .fetch_one(conn)
    .await?;
    Ok(tables)
}

/// Changes number or password; a new password ends a lock. False: no such table.
///
/// # Errors
/// Database errors; `tables_table_number_key` when the number is taken.
pub async fn update(
    conn: &mut PgConnection,
    store: StoreId,
    id: TableId,
    table_number: Option<&str>,
    password_hash: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let updated = sqlx::query!(
        "UPDATE tables SET table_number = coalesce($3, table_number), password_hash = coalesce($4, password_hash),
                failed_login_attempts = CASE WHEN $4 IS NULL THEN failed_login_attempts ELSE 0 END,
                locked_until = CASE WHEN $4 IS NULL THEN locked_until END, updated_at = $5
          WHERE store_id = $1 AND id = $2 AND deleted_at IS NULL",
        store.0,
        id.0,
        table_number,
        password_hash,
        now,
    )
    .execute(conn)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Removes a table at which nobody sits. The row stays: orders of the past name it.
///
/// # Errors
/// Database errors only. False: no such table, or somebody sits there.
pub async fn delete(
    conn: &mut PgConnection,
    store: StoreId,
    id: TableId,
    now: DateTime<Utc>,
) -> Result<bool> {
    // Waits for orders under way there (`orders::place`).
    sqlx::query!("SELECT 1 AS one FROM tables WHERE store_id = $1 AND id = $2 FOR UPDATE", store.0, id.0)
        .fetch_optional(&mut *conn)
        .await?;
    let deleted = sqlx::query!(
        "UPDATE tables SET deleted_at = $3, updated_at = $3
          WHERE store_id = $1 AND id = $2 AND deleted_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM table_sessions s WHERE s.store_id = $1 AND s.table_id = $2 AND s.closed_at IS NULL)",
        store.0,
        id.0,
        now,
    )
    .execute(conn)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Signs out every device of a table and answers which they were.
///
/// # Errors
/// Database errors only.
pub async fn revoke_devices(
    conn: &mut PgConnection,
    store: StoreId,
    table: TableId,
    now: DateTime<Utc>,
) -> Result<Vec<DeviceId>> {
    sqlx::query_scalar!(
        r#"WITH gone AS (
               UPDATE devices SET revoked_at = $3 WHERE store_id = $1 AND table_id = $2 AND revoked_at IS NULL RETURNING store_id, id
           )
           INSERT INTO revocations (store_id, subject_id, min_version, revoked_at)
           SELECT store_id, id, 2147483647, $3 FROM gone
           ON CONFLICT (store_id, subject_id) DO UPDATE SET min_version = excluded.min_version, revoked_at = excluded.revoked_at
           RETURNING subject_id AS "id: DeviceId""#,
        store.0,
        table.0,
        now,
    )
    .fetch_all(conn)
    .await
}

/// The devices that are signed in at a table, last seen first.
///
/// # Errors
/// Database errors only.
pub async fn devices(
    conn: &mut PgConnection,
    store: StoreId,
    table: TableId,
    now: DateTime<Utc>,
) -> Result<Vec<Device>> {
    sqlx::query_as!(
        Device,
        r#"SELECT id AS "id: DeviceId", label, app_version, created_at, last_seen_at FROM devices
            WHERE store_id = $1 AND table_id = $2 AND revoked_at IS NULL AND expires_at > $3
            ORDER BY last_seen_at DESC, id"#,
        store.0,
        table.0,
        now,
    )
    .fetch_all(conn)
    .await
}

/// A page of all devices that the store has had, newest first.
///
/// # Errors
/// Database errors only.
pub async fn all_devices(
    conn: &mut PgConnection,
    store: StoreId,
    active_only: bool,
    cursor: Option<Cursor>,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<DevicePage> {
    let rows = sqlx::query!(
        r#"SELECT d.id, d.table_id, t.table_number, d.label, d.app_version, d.created_at, d.last_seen_at, d.revoked_at,
                  (d.expires_at <= $2) AS "expired!"
             FROM devices d JOIN tables t ON t.store_id = d.store_id AND t.id = d.table_id
            WHERE d.store_id = $1 AND (NOT $3 OR (d.revoked_at IS NULL AND d.expires_at > $2))
              AND ($4::timestamptz IS NULL OR (d.created_at, d.id) < ($4, $5))
            ORDER BY d.created_at DESC, d.id DESC LIMIT $6::bigint + 1"#,
        store.0,
        now,
        active_only,
        cursor.map(|c| c.created_at),
        cursor.map(|c| c.id),
        limit,
    )
    .fetch_all(conn)
    .await?;
    let status = |revoked: bool, expired: bool| match (revoked, expired) {
        (true, _) => DeviceStatus::Revoked,
        (false, true) => DeviceStatus::Expired,
        (false, false) => DeviceStatus::Active,
    };
    let devices = rows.into_iter().map(|r| StoreDevice {
        id: DeviceId(r.id),
        table_id: TableId(r.table_id),
        table_number: r.table_number,
        label: r.label,
        app_version: r.app_version,
        created_at: r.created_at,
        last_seen_at: r.last_seen_at,
        status: status(r.revoked_at.is_some(), r.expired),
        revoked_at: r.revoked_at,
    });
    let mut devices: Vec<_> = devices.collect();
    let next_cursor = Cursor::after_page(&mut devices, limit, |d| (d.created_at, d.id.0));
    Ok(DevicePage { devices, next_cursor })
}

/// The table of a device that is signed in.
///
/// # Errors
/// Database errors only.
pub async fn table_of_device(
    conn: &mut PgConnection,
    store: StoreId,
    device: DeviceId,
) -> Result<Option<TableId>> {
    sqlx::query_scalar!(
        r#"SELECT table_id AS "table_id: TableId" FROM devices WHERE store_id = $1 AND id = $2 AND revoked_at IS NULL"#,
        store.0,
        device.0,
    )
    .fetch_optional(conn)
    .await
}
