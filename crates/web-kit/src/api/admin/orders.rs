//! The board: every open order of the store.

use shared_types::OrderId;
use shared_types::order_detail::OrderDetail;
use shared_types::orders::{BoardSnapshot, Order, OrderStatus, Reason, Recall, StatusChange};

use crate::api::{Failure, Request};

/// `GET /api/admin/orders`: orders, tables and calls as of one moment, and where the stream goes on from.
///
/// # Errors
/// 401, or no answer.
pub async fn snapshot() -> Result<BoardSnapshot, Failure> {
    Request::get("/api/admin/orders").json().await
}

/// `PUT /api/admin/orders/{id}/status`: one step forward.
///
/// # Errors
/// `status_conflict` with `details.current_status`, 404, or no clear answer.
pub async fn set_status(id: OrderId, status: OrderStatus) -> Result<Order, Failure> {
    Request::put(format!("/api/admin/orders/{id}/status")).body(&StatusChange { status }).json().await
}

/// `POST /api/admin/orders/{id}/ack`: someone has seen it.
///
/// # Errors
/// 404, or no answer.
pub async fn acknowledge(id: OrderId) -> Result<Order, Failure> {
    Request::post(format!("/api/admin/orders/{id}/ack")).repeat().json().await
}

/// `POST /api/admin/orders/{id}/recall`: one step back from the status that the manager saw.
///
/// # Errors
/// `status_conflict`, `invalid_transition`, 404, or no clear answer.
pub async fn recall(id: OrderId, from: OrderStatus) -> Result<Order, Failure> {
    let recall = Recall { from: Some(from), reason: None };
    Request::post(format!("/api/admin/orders/{id}/recall")).body(&recall).json().await
}

/// `DELETE /api/admin/orders/{id}`.
///
/// # Errors
/// 404, or no clear answer.
pub async fn delete(id: OrderId, reason: Option<String>) -> Result<(), Failure> {
    Request::delete(format!("/api/admin/orders/{id}")).body(&Reason { reason }).done().await
}

/// `GET /api/admin/orders/{id}`: an order, open or past, with everything that happened to it.
///
/// # Errors
/// 401, 404, or no answer.
pub async fn detail(id: OrderId) -> Result<OrderDetail, Failure> {
    Request::get(format!("/api/admin/orders/{id}")).json().await
}
