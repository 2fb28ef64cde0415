//! Calling staff.

use shared_types::calls::{Call, CallKind, NewCall};

use super::{Failure, Request};

/// `POST /api/calls`. Repeating it is safe: an open call of the same kind answers itself.
///
/// # Errors
/// 401, 429, or no answer.
pub async fn call(kind: CallKind) -> Result<Call, Failure> {
    Request::post("/api/calls").body(&NewCall { kind, note: None }).repeat().json().await
}
