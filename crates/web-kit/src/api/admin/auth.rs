//! Signing a manager in and out.

use shared_types::auth::{AdminLogin, AdminMe, AdminToken};

use crate::api::{Failure, Request};

/// `POST /api/auth/admin-login`.
///
/// # Errors
/// `invalid_credentials`, `account_locked`, `validation_failed`, or no answer.
pub async fn login(login: &AdminLogin) -> Result<AdminToken, Failure> {
    Request::post("/api/auth/admin-login").body(login).sign_in().json().await
}

/// `GET /api/admin/auth/me`.
///
/// # Errors
/// 401 when nobody is signed in, or no answer.
pub async fn me() -> Result<AdminMe, Failure> {
    Request::get("/api/admin/auth/me").json().await
}

/// `POST /api/admin/auth/logout`.
///
/// # Errors
/// No answer.
pub async fn logout() -> Result<(), Failure> {
    Request::post("/api/admin/auth/logout").sign_in().done().await
}

/// `POST /api/admin/auth/logout-everywhere`: every screen that is signed in with this account.
///
/// # Errors
/// No answer.
pub async fn logout_everywhere() -> Result<(), Failure> {
    Request::post("/api/admin/auth/logout-everywhere").sign_in().done().await
}
