//! Calling staff (직원 호출).

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use shared_types::calls::{Call, CallList, NewCall};
use shared_types::events::EventKind;
use shared_types::{CallId, ErrorCode, text};
use uuid::Uuid;

use crate::app::AppState;
use crate::auth::{AdminCaller, TableCaller};
use crate::error::{Result, ensure_valid};

/// Call staff to the table
///
/// Calling again while the call is open answers the same call.
#[utoipa::path(tag = "calls", request_body = NewCall, security(("table" = [])), responses(
    (status = 201, body = Call)))]
#[post("/api/calls")]
pub async fn create(state: Data<AppState>, caller: TableCaller, body: Json<NewCall>) -> Result<HttpResponse> {
    ensure_valid(body.check())?;
    let call = NewCall { kind: body.kind, note: text::tidy(body.note.as_deref()) };
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let (call, new) =
        db::calls::open(&mut tx, caller.store, caller.table, CallId(Uuid::now_v7()), &call, now).await?;
    if new {
        db::events::append(&mut tx, caller.store, EventKind::CallCreated, Some(caller.table), &call, now)
            .await?;
    }
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(HttpResponse::Created().json(call))
}

/// The open calls, oldest first
#[utoipa::path(tag = "calls", security(("admin" = [])), responses(
    (status = 200, body = CallList)))]
#[get("/api/admin/calls")]
pub async fn list(state: Data<AppState>, caller: AdminCaller) -> Result<Json<CallList>> {
    let calls = db::calls::list_open(&mut *state.pool.acquire().await?, caller.store).await?;
    Ok(Json(CallList { calls }))
}

/// Take a call
#[utoipa::path(tag = "calls", security(("admin" = [])), params(("id" = CallId, Path)), responses(
    (status = 200, body = Call)))]
#[post("/api/admin/calls/{id}/ack")]
pub async fn acknowledge(state: Data<AppState>, caller: AdminCaller, id: Path<CallId>) -> Result<Json<Call>> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let taken = db::calls::acknowledge(&mut tx, caller.store, *id, caller.user, now).await?;
    let (call, first) = taken.ok_or(ErrorCode::NotFound)?;
    if first {
        db::events::append(
            &mut tx,
            caller.store,
            EventKind::CallAcknowledged,
            Some(call.table_id),
            &call,
            now,
        )
        .await?;
    }
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(Json(call))
}
