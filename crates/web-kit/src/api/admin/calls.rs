//! Guests' calls, on the board.

use shared_types::CallId;
use shared_types::calls::{Call, CallList};

use crate::api::{Failure, Request};

/// `GET /api/admin/calls`: the open ones, oldest first.
///
/// # Errors
/// 401, or no answer.
pub async fn list() -> Result<CallList, Failure> {
    Request::get("/api/admin/calls").json().await
}

/// `POST /api/admin/calls/{id}/ack`: someone goes.
///
/// # Errors
/// 401, 404, or no answer.
pub async fn acknowledge(id: CallId) -> Result<Call, Failure> {
    Request::post(format!("/api/admin/calls/{id}/ack")).repeat().json().await
}
