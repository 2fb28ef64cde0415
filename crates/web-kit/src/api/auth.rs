//! Signing a table in and out.

use shared_types::auth::TableLogin;

use super::{Failure, Request, request};

/// `index.html` preloads exactly this too.
pub const ME_PATH: &str = "/api/auth/me";

/// `POST /api/auth/table-login`. The token in the answer is for clients that are no browser: ours is a cookie.
///
/// # Errors
/// `invalid_credentials`, `account_locked`, `validation_failed`, or no answer.
pub async fn login(login: &TableLogin) -> Result<(), Failure> {
    request::forget_preloaded();
    Request::post("/api/auth/table-login").body(login).sign_in().done().await
}

/// `GET /api/auth/me`: where this device is signed in, as the JSON of a [`shared_types::auth::TableMe`]; renews the
/// login when it has to. The first call of a page takes what was preloaded.
///
/// # Errors
/// 401 when it is not signed in, or no answer.
pub async fn me() -> Result<String, Failure> {
    Request::get(ME_PATH).preloaded().raw().await
}

/// `POST /api/auth/logout`: this device no longer belongs to the table.
///
/// # Errors
/// No answer.
pub async fn logout() -> Result<(), Failure> {
    Request::post("/api/auth/logout").sign_in().done().await
}
