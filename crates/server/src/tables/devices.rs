//! The devices signed in at a table.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get};
use shared_types::tables::DeviceList;
use shared_types::{DeviceId, ErrorCode, StoreId, TableId};

use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::Result;

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
