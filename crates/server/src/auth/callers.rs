//! Who is asking. A handler that takes one of these runs only for that kind of caller.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::{DateTime, Utc};
use db::{PgConnection, audit};
use serde::Serialize;
use shared_types::{DeviceId, ErrorCode, StoreId, TableId, UserId};
use uuid::Uuid;

use super::cookies;
use super::tokens::{Claims, Role};
use crate::app::AppState;
use crate::error::{AppError, Result};
use crate::http::edge::{Caller, request_id};
use crate::http::{limits, short_header};

/// A signed-in manager. Everything it does is scoped to `store`.
#[derive(Debug, Clone)]
pub struct AdminCaller {
    /// The only store it reaches.
    pub store: StoreId,
    /// The account.
    pub user: UserId,
    /// The request, for the audit log.
    pub request_id: Option<String>,
    /// The token's claims.
    pub claims: Claims,
}

/// A signed-in device. Everything it does is scoped to `store` and `table`.
#[derive(Debug, Clone)]
pub struct TableCaller {
    /// The only store it reaches.
    pub store: StoreId,
    /// The only table it reaches.
    pub table: TableId,
    /// The device.
    pub device: DeviceId,
    /// The token's claims.
    pub claims: Claims,
}

/// A change that goes into the audit log.
#[derive(Debug)]
pub struct Change<'a, T> {
    /// What was done: `delete`, `update`, …
    pub action: &'a str,
    /// To what kind of thing: `order`, `table`, …
    pub entity: &'a str,
    /// To which one.
    pub id: Uuid,
    /// How it was.
    pub before: Option<&'a T>,
    /// How it is.
    pub after: Option<&'a T>,
    /// Why, in the manager's words.
    pub reason: Option<&'a str>,
}

impl AdminCaller {
    /// Writes what this manager did into the audit log, in the transaction of the change itself.
    ///
    /// # Errors
    /// `unavailable`, `internal`.
    pub async fn record<T: Serialize + Send + Sync>(
        &self,
        conn: &mut PgConnection,
        change: Change<'_, T>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let entry = audit::Entry {
            store: self.store,
            user: Some(self.user),
            action: change.action,
            entity: change.entity,
            entity_id: change.id,
            before: change.before,
            after: change.after,
            reason: change.reason,
            request_id: self.request_id.as_deref(),
        };
        Ok(audit::record(conn, &entry, now).await?)
    }
}

impl AdminCaller {
    /// Writes many changes of one kind of thing into the audit log, in the transaction of the changes.
    ///
    /// # Errors
    /// `unavailable`, `internal`.
    pub async fn record_all(
        &self,
        conn: &mut PgConnection,
        entity: &str,
        rows: &[audit::Row],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let request = self.request_id.as_deref();
        Ok(audit::record_all(conn, self.store, self.user, entity, request, rows, now).await?)
    }
}

impl FromRequest for AdminCaller {
    type Error = AppError;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(claims(request, Role::Admin).map(|claims| Self {
            store: claims.store_id,
            user: UserId(claims.sub),
            request_id: request_id(request),
            claims,
        }))
    }
}

impl FromRequest for TableCaller {
    type Error = AppError;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(claims(request, Role::Table).and_then(|claims| {
            let table = claims.table_id.ok_or(ErrorCode::Unauthenticated)?;
            let caller = Self { store: claims.store_id, table, device: DeviceId(claims.sub), claims };
            if let Some(state) = request.app_data::<Data<AppState>>() {
                let version = short_header(request, "X-App-Version", 32);
                state.seen.note(caller.store, caller.device, version, state.clock.now());
            }
            Ok(caller)
        }))
    }
}

/// The claims of the `Authorization` header, else of the app's own cookie.
fn claims(request: &HttpRequest, role: Role) -> Result<Claims> {
    let state =
        request.app_data::<Data<AppState>>().ok_or_else(|| AppError::internal("no application state"))?;
    let token = match request.headers().get(AUTHORIZATION) {
        Some(value) => {
            let text = value.to_str().unwrap_or_default();
            let (scheme, token) = text.split_once(' ').unwrap_or_default();
            if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
                return Err(ErrorCode::Unauthenticated.into());
            }
            token.trim().to_owned()
        }
        None => {
            let name = if role == Role::Admin { cookies::ADMIN } else { cookies::TABLE };
            request.cookie(name).ok_or(ErrorCode::Unauthenticated)?.value().to_owned()
        }
    };
    let claims = state.tokens.check(&token, role, state.clock.now())?;
    if !state.revocations.allows(&claims) {
        return Err(ErrorCode::CredentialRevoked.into());
    }
    let left = state.limits.check_caller(claims.sub);
    limits::note(request, left.as_ref().map_or_else(|_| state.limits.nothing_left(), |left| *left));
    left?;
    request.extensions_mut().insert(Caller { store: claims.store_id.0, subject: claims.sub });
    Ok(claims)
}
