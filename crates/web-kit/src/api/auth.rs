//! Signing a table in and out.

use shared_types::auth::{TableLogin, TableMe, TableToken};

use super::{Failure, Request, menu};

/// `POST /api/auth/table-login`.
///
/// # Errors
/// `invalid_credentials`, `account_locked`, `validation_failed`, or no answer.
pub async fn login(login: &TableLogin) -> Result<TableToken, Failure> {
    menu::forget_preloaded();
    Request::post("/api/auth/table-login").body(login).sign_in().json().await
}

/// `GET /api/auth/me`: where this device is signed in; renews the login when it has to.
///
/// # Errors
/// 401 when it is not signed in, or no answer.
pub async fn me() -> Result<TableMe, Failure> {
    Request::get("/api/auth/me").json().await
}

/// `POST /api/auth/logout`: this device no longer belongs to the table.
///
/// # Errors
/// No answer.
pub async fn logout() -> Result<(), Failure> {
    Request::post("/api/auth/logout").sign_in().done().await
}
