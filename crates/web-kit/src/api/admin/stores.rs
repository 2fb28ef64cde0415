//! The store's settings, its accounts, the audit log.

use shared_types::UserId;
use shared_types::auth::AdminToken;
use shared_types::stores::{
    AuditPage, NewUser, PasswordChange, StoreSettings, StoreUpdate, UserList, UserUpdate,
};

use crate::api::{Failure, Request, query_value};

/// `GET /api/admin/store`.
///
/// # Errors
/// 401, or no answer.
pub async fn settings() -> Result<StoreSettings, Failure> {
    Request::get("/api/admin/store").json().await
}

/// `PUT /api/admin/store`.
///
/// # Errors
/// `validation_failed`, `name_taken`, or no clear answer.
pub async fn update(store: &StoreUpdate) -> Result<StoreSettings, Failure> {
    Request::put("/api/admin/store").body(store).json().await
}

/// `GET /api/admin/users`, by name.
///
/// # Errors
/// 401, or no answer.
pub async fn users() -> Result<UserList, Failure> {
    Request::get("/api/admin/users").json().await
}

/// `POST /api/admin/users`.
///
/// # Errors
/// `name_taken`, `validation_failed`, or no clear answer.
pub async fn create_user(user: &NewUser) -> Result<(), Failure> {
    Request::post("/api/admin/users").body(user).done().await
}

/// `PUT /api/admin/users/{id}`.
///
/// # Errors
/// `last_user`, `validation_failed`, 404, or no clear answer.
pub async fn update_user(id: UserId, user: &UserUpdate) -> Result<(), Failure> {
    Request::put(format!("/api/admin/users/{id}")).body(user).done().await
}

/// `PUT /api/admin/password`: one's own. Ends every other login of the account.
///
/// # Errors
/// `invalid_credentials` when the password of today is wrong, `validation_failed`, or no clear answer.
pub async fn change_password(change: &PasswordChange) -> Result<AdminToken, Failure> {
    // A 401 says that the password is wrong, not that the login has ended.
    Request::put("/api/admin/password").body(change).sign_in().json().await
}

/// `POST /api/admin/auth/logout-everywhere`: ends every login of the account, this one too.
///
/// # Errors
/// 401, or no clear answer.
pub async fn logout_everywhere() -> Result<(), Failure> {
    Request::post("/api/admin/auth/logout-everywhere").done().await
}

/// `GET /api/admin/audit`, newest first, as far as the filters let it through; empty ones let everything through.
///
/// # Errors
/// `validation_failed`, or no answer.
pub async fn audit(filters: &[(&str, String)]) -> Result<AuditPage, Failure> {
    let mut path = String::from("/api/admin/audit?limit=30");
    for (name, value) in filters.iter().filter(|(_, value)| !value.is_empty()) {
        path.push_str(&format!("&{name}={}", query_value(value)));
    }
    Request::get(path).json().await
}
