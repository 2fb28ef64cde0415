//! Finishing a party's stay, moving it, and the stays of the past.

use actix_web::web::{Bytes, Data, Json, Path, Query};
use actix_web::{get, post};
use chrono::NaiveDate;
use serde::Deserialize;
use shared_types::history::HistoryPage;
use shared_types::tables::{AdminTable, CompletedSession, FinishSession, MoveSession};
use shared_types::{ErrorCode, SessionId, TableId};
use utoipa::IntoParams;

use super::manage::{find, tell};
use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::Result;
use crate::http::{check_dates, optional_body, page_limit, parse_cursor};

/// Finish a table (이용 완료)
///
/// The party's orders move to history and the table is free, in one transaction. Its devices stay signed in,
/// with an empty cart and no orders. With `session_id` only that party's stay is finished.
#[utoipa::path(tag = "tables", request_body = FinishSession, security(("admin" = [])), params(("id" = TableId, Path)), responses(
    (status = 200, body = CompletedSession),
    (status = 409, description = "`no_open_session`: nobody sits there, or not the party of `session_id`.")))]
#[post("/api/admin/tables/{id}/complete")]
pub async fn complete(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<TableId>,
    body: Bytes,
) -> Result<Json<CompletedSession>> {
    let FinishSession { session_id: seen } = optional_body(&body)?;
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let session_id = open_session(&mut tx, &caller, *id, seen).await?;
    let (orders, total_amount) = db::sessions::finish(&mut tx, caller.store, session_id, caller.user, now)
        .await?
        .ok_or(ErrorCode::NoOpenSession)?;
    let done = CompletedSession { session_id, orders, total_amount, completed_at: now };
    let change = Change {
        action: "complete",
        entity: "table",
        id: id.0,
        before: None,
        after: Some(&done),
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(Json(done))
}

/// Move a party to a free table
///
/// Its orders and open calls go with it; nothing is sent to the kitchen again. With `session_id` only that party is moved.
#[utoipa::path(tag = "tables", request_body = MoveSession, security(("admin" = [])), params(("id" = TableId, Path)), responses(
    (status = 200, description = "The table that the party sits at now", body = AdminTable),
    (status = 409, description = "`no_open_session`: nobody sits here, or not the party of `session_id`; or `table_occupied` there.")))]
#[post("/api/admin/tables/{id}/move")]
pub async fn move_party(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<TableId>,
    body: Json<MoveSession>,
) -> Result<Json<AdminTable>> {
    let (from, to, now) = (*id, body.to_table_id, state.clock.now());
    let mut tx = state.pool.begin().await?;
    let session = open_session(&mut tx, &caller, from, body.session_id).await?;
    // The other table must exist in this store before it can be occupied.
    let before = find(&mut tx, caller.store, to, now).await?;
    if before.session.is_some() {
        return Err(ErrorCode::TableOccupied.into());
    }
    db::sessions::move_to(&mut tx, caller.store, session, (from, to), now).await?;
    let after = find(&mut tx, caller.store, to, now).await?;
    let change = Change {
        action: "move",
        entity: "table",
        id: from.0,
        before: Some(&before),
        after: Some(&after),
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    for table in [from, to] {
        tell(&mut tx, caller.store, table, now).await?;
    }
    tx.commit().await?;
    state.events.changed(caller.store);
    Ok(Json(after))
}

/// The open session of a table of the caller's store, locked; the one that the caller has seen, if that is known.
async fn open_session(
    conn: &mut db::PgConnection,
    caller: &AdminCaller,
    table: TableId,
    seen: Option<SessionId>,
) -> Result<SessionId> {
    match db::sessions::lock_open(&mut *conn, caller.store, table).await? {
        Some(session) if seen.is_some_and(|seen| seen != session) => Err(ErrorCode::NoOpenSession.into()),
        Some(session) => Ok(session),
        None if db::tables::number(conn, caller.store, table).await?.is_some() => {
            Err(ErrorCode::NoOpenSession.into())
        }
        None => Err(ErrorCode::NotFound.into()),
    }
}

/// Which stays.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HistoryFilter {
    /// First business date.
    from: Option<NaiveDate>,
    /// Last business date.
    to: Option<NaiveDate>,
    /// Stays on the page, 1 to 100; 20 unless given.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9]{1,17}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    cursor: Option<String>,
}

/// Past stays of a table (과거 내역), newest first
///
/// Also of one that was removed.
#[utoipa::path(tag = "history", security(("admin" = [])), params(("id" = TableId, Path), HistoryFilter), responses(
    (status = 200, body = HistoryPage)))]
#[get("/api/admin/tables/{id}/history")]
pub async fn history(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<TableId>,
    filter: Query<HistoryFilter>,
) -> Result<Json<HistoryPage>> {
    let limit = page_limit(filter.limit, 20)?;
    let cursor = parse_cursor(filter.cursor.as_deref())?;
    check_dates(filter.from, filter.to)?;
    let mut conn = state.pool.acquire().await?;
    if !db::tables::has_existed(&mut conn, caller.store, *id).await? {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(Json(
        db::history::page_of_table(&mut conn, caller.store, *id, (filter.from, filter.to), cursor, limit)
            .await?,
    ))
}
