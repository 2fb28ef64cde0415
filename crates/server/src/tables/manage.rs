//! Creating, changing and removing tables.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post, put};
use shared_types::events::{EventKind, TableChanged};
use shared_types::tables::{AdminTable, NewTable, TableList, TableUpdate};
use shared_types::{ErrorCode, StoreId, TableId};
use uuid::Uuid;

use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::{Result, ensure_valid};

/// The store's tables with their open stays
#[utoipa::path(tag = "tables", security(("admin" = [])), responses(
    (status = 200, body = TableList)))]
#[get("/api/admin/tables")]
pub async fn list(state: Data<AppState>, caller: AdminCaller) -> Result<Json<TableList>> {
    let tables =
        db::tables::list(&mut *state.pool.acquire().await?, caller.store, None, state.clock.now()).await?;
    Ok(Json(TableList { tables }))
}

/// Create a table
#[utoipa::path(tag = "tables", request_body = NewTable, security(("admin" = [])), responses(
    (status = 201, body = AdminTable), (status = 409, description = "`name_taken`")))]
#[post("/api/admin/tables")]
pub async fn create(
    state: Data<AppState>,
    caller: AdminCaller,
    body: Json<NewTable>,
) -> Result<HttpResponse> {
    ensure_valid(body.check())?;
    let hash = state.passwords.hash(&body.password).await?;
    let (id, now) = (TableId(Uuid::now_v7()), state.clock.now());
    let mut tx = state.pool.begin().await?;
    db::tables::insert(&mut tx, caller.store, id, body.table_number.trim(), &hash).await?;
    let table = find(&mut tx, caller.store, id, now).await?;
    let change = Change {
        action: "create",
        entity: "table",
        id: id.0,
        before: None,
        after: Some(&table),
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    tell(&mut tx, caller.store, id, now).await?;
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(HttpResponse::Created().json(table))
}

/// Change a table's number or password
///
/// A new password signs out every device of the table and ends a lock.
#[utoipa::path(tag = "tables", request_body = TableUpdate, security(("admin" = [])), params(("id" = TableId, Path)), responses(
    (status = 200, body = AdminTable), (status = 409, description = "`name_taken`")))]
#[put("/api/admin/tables/{id}")]
pub async fn update(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<TableId>,
    body: Json<TableUpdate>,
) -> Result<Json<AdminTable>> {
    ensure_valid(body.check())?;
    let hash = match &body.password {
        Some(password) => Some(state.passwords.hash(password).await?),
        None => None,
    };
    let (id, now) = (*id, state.clock.now());
    let mut tx = state.pool.begin().await?;
    let before = find(&mut tx, caller.store, id, now).await?;
    let number = body.table_number.as_deref().map(str::trim);
    if !db::tables::update(&mut tx, caller.store, id, number, hash.as_deref(), now).await? {
        return Err(ErrorCode::NotFound.into());
    }
    let revoked = match hash {
        Some(_) => db::tables::revoke_devices(&mut tx, caller.store, id, now).await?,
        None => Vec::new(),
    };
    let after = find(&mut tx, caller.store, id, now).await?;
    let action = if hash.is_some() { "set_password" } else { "update" };
    let change = Change {
        action,
        entity: "table",
        id: id.0,
        before: Some(&before),
        after: Some(&after),
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    tell(&mut tx, caller.store, id, now).await?;
    tx.commit().await?;
    super::devices::forget(&state, caller.store, &revoked);
    Ok(Json(after))
}

/// Remove a table
///
/// Only while nobody sits there. Its devices are signed out; its history stays.
#[utoipa::path(tag = "tables", security(("admin" = [])), params(("id" = TableId, Path)), responses(
    (status = 204),
    (status = 409, description = "`table_occupied`")))]
#[delete("/api/admin/tables/{id}")]
pub async fn delete(state: Data<AppState>, caller: AdminCaller, id: Path<TableId>) -> Result<HttpResponse> {
    let (id, now) = (*id, state.clock.now());
    let mut tx = state.pool.begin().await?;
    let before = find(&mut tx, caller.store, id, now).await?;
    if !db::tables::delete(&mut tx, caller.store, id, now).await? {
        return Err(ErrorCode::TableOccupied.into());
    }
    let revoked = db::tables::revoke_devices(&mut tx, caller.store, id, now).await?;
    let change = Change {
        action: "delete",
        entity: "table",
        id: id.0,
        before: Some(&before),
        after: None,
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    tell(&mut tx, caller.store, id, now).await?;
    tx.commit().await?;
    super::devices::forget(&state, caller.store, &revoked);
    Ok(HttpResponse::NoContent().finish())
}

/// One table as the manager's list shows it.
pub(super) async fn find(
    conn: &mut db::PgConnection,
    store: StoreId,
    id: TableId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<AdminTable> {
    Ok(db::tables::list(conn, store, Some(id), now).await?.pop().ok_or(ErrorCode::NotFound)?)
}

/// Tells boards and devices that something about a table is different.
pub(super) async fn tell(
    conn: &mut db::PgConnection,
    store: StoreId,
    id: TableId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    db::events::append(conn, store, EventKind::TableChanged, Some(id), &TableChanged { table_id: id }, now)
        .await?;
    Ok(())
}
