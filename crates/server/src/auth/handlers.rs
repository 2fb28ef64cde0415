//! The login operations.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use db::auth::AccountKind;
use shared_types::auth::{
    AdminLogin, AdminMe, AdminToken, StoreInfo, TOKEN_SECONDS, TableInfo, TableLogin, TableMe, TableToken,
    UserInfo,
};
use shared_types::{DeviceId, ErrorCode, StoreId, TableId, UserId};

use super::tokens::{Grant, Role};
use super::{AdminCaller, TableCaller, cookies, devices, login};
use crate::app::AppState;
use crate::error::{AppError, Result, ensure_valid};
use crate::http::short_header;

/// Sign in as a manager
#[utoipa::path(tag = "auth", request_body = AdminLogin, responses(
    (status = 200, body = AdminToken),
    (status = 401, description = "`invalid_credentials`"),
    (status = 403, description = "`account_locked` after five wrong passwords.")))]
#[post("/api/auth/admin-login")]
pub async fn admin_login(state: Data<AppState>, body: Json<AdminLogin>) -> Result<HttpResponse> {
    ensure_valid(body.check())?;
    let account =
        login::authenticate(&state, AccountKind::User, &body.store, &body.username, &body.password).await?;
    admin_token(&state, account)
}

/// Answers a manager's login: a token, also as a cookie.
pub(crate) fn admin_token(state: &AppState, account: db::auth::Account) -> Result<HttpResponse> {
    let grant = Grant {
        subject: account.id,
        store: account.store.id,
        table: None,
        role: Role::Admin,
        version: account.credential_version,
    };
    let (token, expires_at) = state.tokens.issue(grant, state.clock.now())?;
    let cookie = cookies::set(cookies::ADMIN, token.clone(), TOKEN_SECONDS, state.environment);
    let user = UserInfo { id: UserId(account.id), username: account.name };
    Ok(HttpResponse::Ok().cookie(cookie).json(AdminToken {
        token,
        expires_at,
        expires_in: TOKEN_SECONDS,
        user,
        store: account.store,
    }))
}

/// Sign a device in at a table
#[utoipa::path(tag = "auth", request_body = TableLogin, responses(
    (status = 200, body = TableToken),
    (status = 401, description = "`invalid_credentials`"),
    (status = 403, description = "`account_locked` after five wrong passwords.")))]
#[post("/api/auth/table-login")]
pub async fn table_login(
    state: Data<AppState>,
    request: HttpRequest,
    body: Json<TableLogin>,
) -> Result<HttpResponse> {
    ensure_valid(body.check())?;
    let account =
        login::authenticate(&state, AccountKind::Table, &body.store, &body.table_number, &body.password)
            .await?;
    let label = shared_types::text::tidy(body.device_label.as_deref());
    let place = (account.store.id, TableId(account.id));
    let credential =
        devices::register(&state, place, label.as_deref(), short_header(&request, "X-App-Version", 32))
            .await?;
    // This browser's former login, if any, is over: staff have just signed in again.
    if let Some(former) = request.cookie(cookies::DEVICE).and_then(|c| devices::Credential::parse(c.value()))
    {
        devices::replace(&state, &former).await?;
    }
    let table =
        TableInfo { id: TableId(account.id), table_number: account.name, device_id: credential.device() };
    table_token(&state, account.store, table, Some(&credential))
}

/// Renew a device's login
///
/// Needs the device cookie, which is replaced. Using a credential that was replaced ends the device's login.
#[utoipa::path(tag = "auth", security(("device" = [])), responses((status = 200, body = TableToken)))]
#[post("/api/auth/refresh")]
pub async fn refresh(state: Data<AppState>, request: HttpRequest) -> Result<HttpResponse> {
    let cookie = request.cookie(cookies::DEVICE);
    let credential =
        cookie.and_then(|c| devices::Credential::parse(c.value())).ok_or(ErrorCode::Unauthenticated)?;
    match devices::renew(&state, &credential, short_header(&request, "X-App-Version", 32)).await {
        Ok(device) => {
            let table =
                TableInfo { id: device.table, table_number: device.table_number, device_id: device.device };
            table_token(&state, device.store, table, device.credential.as_ref())
        }
        Err(error) if error.code == ErrorCode::CredentialRevoked => {
            Ok(signed_out(HttpResponse::from_error(error), &state))
        }
        Err(error) => Err(error),
    }
}

/// Sign a device out
#[utoipa::path(tag = "auth", security(("table" = [])), responses((status = 204)))]
#[post("/api/auth/logout")]
pub async fn table_logout(state: Data<AppState>, caller: TableCaller) -> Result<HttpResponse> {
    devices::sign_out(&state, caller.store, caller.device).await?;
    Ok(signed_out(HttpResponse::NoContent().finish(), &state))
}

/// Who this device is
#[utoipa::path(tag = "auth", security(("table" = [])), responses((status = 200, body = TableMe)))]
#[get("/api/auth/me")]
pub async fn table_me(state: Data<AppState>, caller: TableCaller) -> Result<Json<TableMe>> {
    let mut conn = state.pool.acquire().await?;
    let store = find_store(&mut conn, caller.store).await?;
    let table_number = db::tables::number(&mut conn, caller.store, caller.table)
        .await?
        .ok_or(ErrorCode::CredentialRevoked)?;
    let table = TableInfo { id: caller.table, table_number, device_id: caller.device };
    Ok(Json(TableMe { store, table, expires_at: caller.claims.expires_at() }))
}

/// Sign out as a manager
///
/// Ends this login, its token and its streams, everywhere within a second. Other logins of the account go on.
#[utoipa::path(tag = "auth", security(("admin" = [])), responses((status = 204)))]
#[post("/api/admin/auth/logout")]
pub async fn admin_logout(state: Data<AppState>, caller: AdminCaller) -> HttpResponse {
    let mut answer = match end_login(&state, &caller).await {
        Ok(()) => HttpResponse::NoContent().finish(),
        Err(error) => HttpResponse::from_error(error),
    };
    // The browser's copy goes, whatever became of the rest. Adding fails only for a value that is no header.
    let _ = answer.add_cookie(&cookies::clear(cookies::ADMIN, state.environment));
    answer
}

async fn end_login(state: &AppState, caller: &AdminCaller) -> Result<()> {
    // A token that an older program gave out names no login of its own.
    let Some(login) = caller.claims.jti else { return Ok(()) };
    state.revocations.add(caller.store, login, i32::MAX);
    let mut conn = state.pool.acquire().await?;
    db::auth::revoke(&mut conn, caller.store, login, i32::MAX, state.clock.now()).await?;
    state.events.changed(caller.store);
    Ok(())
}

/// Sign out everywhere as a manager
///
/// Ends every login of the account with its streams, on every screen and everywhere within a second.
#[utoipa::path(tag = "auth", security(("admin" = [])), responses((status = 204)))]
#[post("/api/admin/auth/logout-everywhere")]
pub async fn admin_logout_everywhere(state: Data<AppState>, caller: AdminCaller) -> Result<HttpResponse> {
    crate::stores::users::end_all_logins(&state, &caller).await?;
    Ok(HttpResponse::NoContent().cookie(cookies::clear(cookies::ADMIN, state.environment)).finish())
}

/// Who is signed in
#[utoipa::path(tag = "auth", security(("admin" = [])), responses((status = 200, body = AdminMe)))]
#[get("/api/admin/auth/me")]
pub async fn admin_me(state: Data<AppState>, caller: AdminCaller) -> Result<Json<AdminMe>> {
    let mut conn = state.pool.acquire().await?;
    let store = find_store(&mut conn, caller.store).await?;
    let username = db::auth::find_username(&mut conn, caller.store, caller.user)
        .await?
        .ok_or(ErrorCode::CredentialRevoked)?;
    Ok(Json(AdminMe {
        user: UserInfo { id: caller.user, username },
        store,
        expires_at: caller.claims.expires_at(),
    }))
}

async fn find_store(conn: &mut db::PgConnection, store: StoreId) -> Result<StoreInfo> {
    db::stores::find(conn, store).await?.ok_or_else(|| AppError::internal("a token without a store"))
}

fn table_token(
    state: &AppState,
    store: StoreInfo,
    table: TableInfo,
    credential: Option<&devices::Credential>,
) -> Result<HttpResponse> {
    let DeviceId(subject) = table.device_id;
    let grant = Grant { subject, store: store.id, table: Some(table.id), role: Role::Table, version: 1 };
    let (token, expires_at) = state.tokens.issue(grant, state.clock.now())?;
    let mut response = HttpResponse::Ok();
    response.cookie(cookies::set(cookies::TABLE, token.clone(), TOKEN_SECONDS, state.environment));
    if let Some(credential) = credential {
        response.cookie(cookies::set(
            cookies::DEVICE,
            credential.to_string(),
            devices::LIFETIME.num_seconds(),
            state.environment,
        ));
    }
    Ok(response.json(TableToken { token, expires_at, expires_in: TOKEN_SECONDS, store, table }))
}

fn signed_out(mut response: HttpResponse, state: &AppState) -> HttpResponse {
    for name in [cookies::TABLE, cookies::DEVICE] {
        // Adding fails only for a value that is no header; these are constants.
        let _ = response.add_cookie(&cookies::clear(name, state.environment));
    }
    response
}
