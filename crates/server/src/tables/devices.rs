//! The devices signed in at a table, and all of the store's.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get};
use serde::Deserialize;
use shared_types::tables::{DeviceList, DevicePage};
use shared_types::{DeviceId, ErrorCode, StoreId, TableId};
use utoipa::IntoParams;

use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::Result;
use crate::http::{page_limit, parse_cursor};

/// The devices signed in at a table, last seen first
#[utoipa::path(tag = "tables", security(("admin" = [])), params(("id" = TableId, Path)), responses(
    (status = 200, body = DeviceList)))]
#[get("/api/admin/tables/{id}/devices")]
pub async fn list(state: Data<AppState>, caller: AdminCaller, id: Path<TableId>) -> Result<Json<DeviceList>> {
    let mut conn = state.pool.acquire().await?;
    let now = state.clock.now();
    super::manage::find(&mut conn, caller.store, *id, now).await?;
    let devices = db::tables::devices(&mut conn, caller.store, *id, now).await?;
    Ok(Json(DeviceList { devices }))
}

/// Which devices.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeviceFilter {
    /// True: only those that are signed in.
    #[serde(default)]
    active: bool,
    /// Devices on the page, 1 to 100; 50 unless given.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9]{1,17}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    cursor: Option<String>,
}

/// Every device that the store has had, newest first
#[utoipa::path(tag = "tables", security(("admin" = [])), params(DeviceFilter), responses(
    (status = 200, body = DevicePage)))]
#[get("/api/admin/devices")]
pub async fn list_all(
    state: Data<AppState>,
    caller: AdminCaller,
    asked: Query<DeviceFilter>,
) -> Result<Json<DevicePage>> {
    let limit = page_limit(asked.limit, 50)?;
    let cursor = parse_cursor(asked.cursor.as_deref())?;
    let mut conn = state.pool.acquire().await?;
    let now = state.clock.now();
    Ok(Json(db::tables::all_devices(&mut conn, caller.store, asked.active, cursor, limit, now).await?))
}

/// Sign a device out
///
/// Its credentials and streams end within a second, everywhere.
#[utoipa::path(tag = "tables", security(("admin" = [])), params(("id" = DeviceId, Path)), responses(
    (status = 204)))]
#[delete("/api/admin/devices/{id}")]
pub async fn revoke(state: Data<AppState>, caller: AdminCaller, id: Path<DeviceId>) -> Result<HttpResponse> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let table = db::tables::table_of_device(&mut tx, caller.store, *id).await?.ok_or(ErrorCode::NotFound)?;
    db::auth::revoke_device(&mut tx, caller.store, *id, now).await?;
    let change = Change {
        action: "revoke",
        entity: "device",
        id: id.0,
        before: Some(&table),
        after: None,
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    super::manage::tell(&mut tx, caller.store, table, now).await?;
    tx.commit().await?;
    forget(&state, caller.store, &[*id]);
    Ok(HttpResponse::NoContent().finish())
}

/// Ends the devices' tokens on this instance at once; the others learn of it within a second.
pub(super) fn forget(state: &AppState, store: StoreId, devices: &[DeviceId]) {
    for device in devices {
        state.revocations.add(store, device.0, i32::MAX);
    }
    state.events.changed(store);
}
