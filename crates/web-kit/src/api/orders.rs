//! A table's orders.

use shared_types::IdempotencyKey;
use shared_types::orders::{Order, OrderPage};

use super::{Failure, Request, query_value};

/// `POST /api/orders`. `body` is a [`shared_types::orders::NewOrder`] as JSON, exactly as it was kept before the
/// first attempt: the same key with another body is refused.
///
/// # Errors
/// `cart_changed`, `validation_failed`, `idempotency_conflict`, 401, or no clear answer.
pub async fn place(key: IdempotencyKey, body: String) -> Result<Order, Failure> {
    Request::post("/api/orders").text(body).key(key).json().await
}

/// `GET /api/orders`: the current visit's orders, newest first, from a cursor on.
///
/// # Errors
/// 401, or no answer.
pub async fn list(cursor: Option<&str>, limit: u32) -> Result<OrderPage, Failure> {
    let mut path = format!("/api/orders?limit={limit}");
    if let Some(cursor) = cursor {
        path.push_str("&cursor=");
        path.push_str(&query_value(cursor));
    }
    Request::get(path).json().await
}
