//! What a manager does with orders.

use actix_web::web::{Bytes, Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use serde::Deserialize;
use shared_types::events::{EventKind, OrderDeleted};
use shared_types::orders::{BoardSnapshot, Order, OrderStatus, Reason, Recall, StatusChange};
use shared_types::{ErrorCode, OrderId, TableId, text};
use utoipa::IntoParams;

use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::{AppError, Result, ensure_valid};
use crate::http::encoded::Kind;
use crate::http::optional_body;

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BoardFilter {
    /// Only orders of this status.
    status: Option<OrderStatus>,
    /// Only orders of this table.
    table_id: Option<TableId>,
}

/// Everything the board shows, as of one moment
///
/// The event stream goes on from `last_event_id`. `ETag` and `If-None-Match` save the body of an unfiltered board
/// that has not changed.
#[utoipa::path(tag = "orders", params(BoardFilter, ("If-None-Match" = Option<String>, Header, description = "The `ETag` that the caller has")), security(("admin" = [])), responses(
    (status = 200, body = BoardSnapshot, headers(("ETag" = String, description = "Of an unfiltered board; strong, one per encoding"))), (status = 304, description = "Not changed")))]
#[get("/api/admin/orders")]
pub async fn board(
    state: Data<AppState>,
    request: HttpRequest,
    caller: AdminCaller,
    filter: Query<BoardFilter>,
) -> Result<HttpResponse> {
    let last = db::events::last(&mut *state.pool.acquire().await?, caller.store).await?;
    let house = state.houses.at(&state.pool, caller.store, last).await?;
    if filter.status.is_none() && filter.table_id.is_none() {
        return Ok(house.encoded.answer(&request, Kind::PRIVATE_JSON));
    }
    let mut board = house.board.clone();
    board.orders.retain(|order| {
        filter.status.is_none_or(|status| order.status == status)
            && filter.table_id.is_none_or(|table| order.table_id == table)
    });
    Ok(HttpResponse::Ok().json(board))
}

/// Move an order one step forward
#[utoipa::path(tag = "orders", request_body = StatusChange, security(("admin" = [])), params(("id" = OrderId, Path)), responses(
    (status = 200, body = Order), (status = 400, description = "`invalid_transition`: not the next status."),
    (status = 409, description = "`status_conflict`: another screen was first.")))]
#[put("/api/admin/orders/{id}/status")]
pub async fn set_status(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<OrderId>,
    body: Json<StatusChange>,
) -> Result<Json<Order>> {
    let wanted = body.status;
    let forward = |current: OrderStatus| match current.next() {
        Some(next) if next == wanted => Ok(wanted),
        // Another screen has just done the same.
        _ if current == wanted => Err(with_current(ErrorCode::StatusConflict, current)),
        _ => Err(with_current(ErrorCode::InvalidTransition, current)),
    };
    step(&state, &caller, *id, forward, None).await.map(Json)
}

/// Take an order back by one step
///
/// The one way back, for a status that was set by mistake. Audited. With `from` only from there: sent again because its
/// answer got lost, it does not go back a second step.
#[utoipa::path(tag = "orders", request_body = Recall, security(("admin" = [])), params(("id" = OrderId, Path)), responses(
    (status = 200, body = Order), (status = 400, description = "`invalid_transition`: nothing to take back."), (status = 409, description = "`status_conflict`: another screen was first, or the order is not in `from`.")))]
#[post("/api/admin/orders/{id}/recall")]
pub async fn recall(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<OrderId>,
    body: Json<Recall>,
) -> Result<Json<Order>> {
    ensure_valid(body.check())?;
    let reason = text::tidy(body.reason.as_deref());
    let back = |current: OrderStatus| {
        if body.from.is_some_and(|from| from != current) {
            return Err(with_current(ErrorCode::StatusConflict, current));
        }
        current.previous().ok_or_else(|| with_current(ErrorCode::InvalidTransition, current))
    };
    step(&state, &caller, *id, back, Some(&reason)).await.map(Json)
}

/// Moves an order to the status that `target` allows from its present one, tells everybody, and keeps who
/// did it.
async fn step(
    state: &AppState,
    caller: &AdminCaller,
    id: OrderId,
    target: impl Fn(OrderStatus) -> Result<OrderStatus>,
    taken_back: Option<&Option<String>>,
) -> Result<Order> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let current = db::orders::status(&mut tx, caller.store, id).await?.ok_or(ErrorCode::NotFound)?;
    let wanted = target(current)?;
    let reason = taken_back.and_then(Option::as_deref);
    if !db::orders::set_status(&mut tx, caller.store, id, (current, wanted), (caller.user, reason), now)
        .await?
    {
        let current = db::orders::status(&mut tx, caller.store, id).await?.ok_or(ErrorCode::NotFound)?;
        return Err(with_current(ErrorCode::StatusConflict, current));
    }
    let order = db::orders::find(&mut tx, caller.store, id).await?.ok_or(ErrorCode::NotFound)?;
    if let Some(reason) = taken_back {
        let reason = reason.as_deref();
        let change = Change {
            action: "recall",
            entity: "order",
            id: id.0,
            before: Some(&current),
            after: Some(&wanted),
            reason,
        };
        caller.record(&mut tx, change, now).await?;
    }
    db::events::append(&mut tx, caller.store, EventKind::OrderUpdated, Some(order.table_id), &order, now)
        .await?;
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(order)
}

/// Confirm having seen an order
#[utoipa::path(tag = "orders", security(("admin" = [])), params(("id" = OrderId, Path)), responses(
    (status = 200, body = Order)))]
#[post("/api/admin/orders/{id}/ack")]
pub async fn acknowledge(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<OrderId>,
) -> Result<Json<Order>> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let first = db::orders::acknowledge(&mut tx, caller.store, *id, caller.user, now).await?;
    let order = db::orders::find(&mut tx, caller.store, *id).await?.ok_or(ErrorCode::NotFound)?;
    if first {
        db::events::append(&mut tx, caller.store, EventKind::OrderUpdated, Some(order.table_id), &order, now)
            .await?;
    }
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(Json(order))
}

/// Remove an order (직권 수정)
///
/// Of an open session only; history is never edited. Audited.
#[utoipa::path(tag = "orders", request_body = Reason, security(("admin" = [])), params(("id" = OrderId, Path)), responses(
    (status = 204)))]
#[delete("/api/admin/orders/{id}")]
pub async fn delete(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<OrderId>,
    body: Bytes,
) -> Result<HttpResponse> {
    let reason = checked_reason(&optional_body(&body)?)?;
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let order = db::orders::delete(&mut tx, caller.store, *id).await?.ok_or(ErrorCode::NotFound)?;
    let change = Change {
        action: "delete",
        entity: "order",
        id: id.0,
        before: Some(&order),
        after: None,
        reason: reason.as_deref(),
    };
    caller.record(&mut tx, change, now).await?;
    let gone = OrderDeleted { order_id: order.id, table_id: order.table_id, session_id: order.session_id };
    db::events::append(&mut tx, caller.store, EventKind::OrderDeleted, Some(order.table_id), &gone, now)
        .await?;
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(HttpResponse::NoContent().finish())
}

fn with_current(code: ErrorCode, current: OrderStatus) -> AppError {
    AppError::new(code).with(|d| d.current_status = Some(current))
}

fn checked_reason(body: &Reason) -> Result<Option<String>> {
    ensure_valid(body.check())?;
    Ok(text::tidy(body.reason.as_deref()))
}
