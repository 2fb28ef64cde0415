//! Manager accounts and one's own password.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post, put};
use chrono::{DateTime, Utc};
use db::PgConnection;
use shared_types::stores::{NewUser, PasswordChange, User, UserList, UserUpdate};
use shared_types::{ErrorCode, StoreId, UserId};
use uuid::Uuid;

use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::{AppError, Result, ensure_valid};

/// The store's manager accounts
#[utoipa::path(tag = "stores", security(("admin" = [])), responses(
    (status = 200, body = UserList)))]
#[get("/api/admin/users")]
pub async fn list(state: Data<AppState>, caller: AdminCaller) -> Result<Json<UserList>> {
    let users = db::users::list(&mut *state.pool.acquire().await?, caller.store, None).await?;
    Ok(Json(UserList { users }))
}

/// Create a manager account
#[utoipa::path(tag = "stores", request_body = NewUser, security(("admin" = [])), responses(
    (status = 201, body = User),
    (status = 409, description = "`name_taken`")))]
#[post("/api/admin/users")]
pub async fn create(state: Data<AppState>, caller: AdminCaller, body: Json<NewUser>) -> Result<HttpResponse> {
    ensure_valid(body.check())?;
    let hash = state.passwords.hash(&body.password).await?;
    let (id, now) = (UserId(Uuid::now_v7()), state.clock.now());
    let mut tx = state.pool.begin().await?;
    db::users::insert(&mut tx, caller.store, id, body.username.trim(), &hash).await?;
    let user = find(&mut tx, caller.store, id).await?;
    let change =
        Change { action: "create", entity: "user", id: id.0, before: None, after: Some(&user), reason: None };
    caller.record(&mut tx, change, now).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(user))
}

/// Enable or disable an account, or set its password
///
/// Disabling, or a new password, ends every login of the account within a second.
#[utoipa::path(tag = "stores", request_body = UserUpdate, security(("admin" = [])), params(("id" = UserId, Path)), responses(
    (status = 200, body = User), (status = 409, description = "`last_user`")))]
#[put("/api/admin/users/{id}")]
pub async fn update(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<UserId>,
    body: Json<UserUpdate>,
) -> Result<Json<User>> {
    ensure_valid(body.check())?;
    let hash = match &body.password {
        Some(password) => Some(state.passwords.hash(password).await?),
        None => None,
    };
    Ok(Json(change_user(&state, &caller, *id, body.is_active, hash.as_deref()).await?))
}

/// Disable an account
///
/// The account stays in the list, and its name taken: the audit log refers to it.
#[utoipa::path(tag = "stores", security(("admin" = [])), params(("id" = UserId, Path)), responses(
    (status = 204),
    (status = 409, description = "`last_user`")))]
#[delete("/api/admin/users/{id}")]
pub async fn delete(state: Data<AppState>, caller: AdminCaller, id: Path<UserId>) -> Result<HttpResponse> {
    change_user(&state, &caller, *id, Some(false), None).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn change_user(
    state: &AppState,
    caller: &AdminCaller,
    id: UserId,
    is_active: Option<bool>,
    hash: Option<&str>,
) -> Result<User> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let before = find(&mut tx, caller.store, id).await?;
    let disables = is_active == Some(false);
    if disables && (id == caller.user || db::users::other_active(&mut tx, caller.store, id).await? == 0) {
        return Err(ErrorCode::LastUser.into());
    }
    db::users::update(&mut tx, caller.store, id, is_active, hash, now).await?;
    let after = find(&mut tx, caller.store, id).await?;
    let action = if hash.is_some() { "set_password" } else { "update" };
    let change =
        Change { action, entity: "user", id: id.0, before: Some(&before), after: Some(&after), reason: None };
    caller.record(&mut tx, change, now).await?;
    let ended = if disables || hash.is_some() {
        Some(end_logins(&mut tx, caller.store, id, now).await?)
    } else {
        None
    };
    tx.commit().await?;
    if let Some(version) = ended {
        forget(state, caller.store, id, version);
    }
    Ok(after)
}

/// Change one's own password
///
/// Ends every other login of the account; this one goes on with a new token.
#[utoipa::path(tag = "stores", request_body = PasswordChange, security(("admin" = [])), responses(
    (status = 200, description = "A new token, as after a login", body = shared_types::auth::AdminToken),
    (status = 401, description = "`invalid_credentials`: the current password is wrong."),
    (status = 403, description = "`account_locked` after five wrong passwords.")))]
#[put("/api/admin/password")]
pub async fn change_own(
    state: Data<AppState>,
    caller: AdminCaller,
    body: Json<PasswordChange>,
) -> Result<HttpResponse> {
    ensure_valid(body.check())?;
    let mut account = own_account(&state, &caller, &body.current_password).await?;
    let hash = state.passwords.hash(&body.new_password).await?;
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    db::users::update(&mut tx, caller.store, caller.user, None, Some(&hash), now).await?;
    let change: Change<'_, ()> = Change {
        action: "change_own_password",
        entity: "user",
        id: caller.user.0,
        before: None,
        after: None,
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    account.credential_version = end_logins(&mut tx, caller.store, caller.user, now).await?;
    tx.commit().await?;
    forget(&state, caller.store, caller.user, account.credential_version);
    crate::auth::handlers::admin_token(&state, account)
}

/// Ends all logins of the caller's account.
pub(crate) async fn end_all_logins(state: &AppState, caller: &AdminCaller) -> Result<()> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let version = end_logins(&mut tx, caller.store, caller.user, now).await?;
    let change: Change<'_, ()> = Change {
        action: "logout_everywhere",
        entity: "user",
        id: caller.user.0,
        before: None,
        after: None,
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    tx.commit().await?;
    forget(state, caller.store, caller.user, version);
    Ok(())
}

/// Ends the account's older tokens on this instance at once, and lets the others look.
fn forget(state: &AppState, store: StoreId, user: UserId, version: i32) {
    state.revocations.add(store, user.0, version);
    state.events.changed(store);
}

/// The caller's account, if this is its password; wrong ones count towards the lock.
async fn own_account(state: &AppState, caller: &AdminCaller, password: &str) -> Result<db::auth::Account> {
    let mut conn = state.pool.acquire().await?;
    let store = db::stores::find(&mut conn, caller.store)
        .await?
        .ok_or_else(|| AppError::internal("a token without a store"))?;
    let name = db::auth::find_username(&mut conn, caller.store, caller.user)
        .await?
        .ok_or(ErrorCode::CredentialRevoked)?;
    drop(conn);
    crate::auth::login::authenticate(state, db::auth::AccountKind::User, &store.code, &name, password).await
}

async fn find(conn: &mut PgConnection, store: StoreId, id: UserId) -> Result<User> {
    Ok(db::users::list(conn, store, Some(id)).await?.pop().ok_or(ErrorCode::NotFound)?)
}

async fn end_logins(conn: &mut PgConnection, store: StoreId, id: UserId, now: DateTime<Utc>) -> Result<i32> {
    Ok(db::auth::end_user_tokens(conn, store, id, now).await?.ok_or(ErrorCode::NotFound)?)
}
