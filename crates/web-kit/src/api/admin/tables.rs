//! Tables: their stays, their past, their devices.

use shared_types::history::HistoryPage;
use shared_types::tables::{
    AdminTable, CompletedSession, DeviceList, FinishSession, MoveSession, NewTable, TableList, TableUpdate,
};
use shared_types::{DeviceId, SessionId, TableId};

use crate::api::{Failure, Request, query_value};

/// `GET /api/admin/tables`, by number.
///
/// # Errors
/// 401, or no answer.
pub async fn list() -> Result<TableList, Failure> {
    Request::get("/api/admin/tables").json().await
}

/// `POST /api/admin/tables`.
///
/// # Errors
/// `name_taken`, `validation_failed`, or no clear answer.
pub async fn create(table: &NewTable) -> Result<AdminTable, Failure> {
    Request::post("/api/admin/tables").body(table).json().await
}

/// `PUT /api/admin/tables/{id}`; a new password signs the table's devices out.
///
/// # Errors
/// `name_taken`, `validation_failed`, 404, or no clear answer.
pub async fn update(id: TableId, table: &TableUpdate) -> Result<AdminTable, Failure> {
    Request::put(format!("/api/admin/tables/{id}")).body(table).json().await
}

/// `DELETE /api/admin/tables/{id}`.
///
/// # Errors
/// `table_occupied`, 404, or no clear answer.
pub async fn delete(id: TableId) -> Result<(), Failure> {
    Request::delete(format!("/api/admin/tables/{id}")).done().await
}

/// `POST /api/admin/tables/{id}/complete`: this party has left.
///
/// # Errors
/// `no_open_session`, also when it is another party by now, 404, or no clear answer.
pub async fn complete(id: TableId, session_id: Option<SessionId>) -> Result<CompletedSession, Failure> {
    let path = format!("/api/admin/tables/{id}/complete");
    Request::post(path).body(&FinishSession { session_id }).json().await
}

/// `POST /api/admin/tables/{id}/move`: this party sits at another table now.
///
/// # Errors
/// `no_open_session`, also when it is another party by now, `table_occupied`, 404, or no clear answer.
pub async fn move_to(
    id: TableId,
    to_table_id: TableId,
    session_id: Option<SessionId>,
) -> Result<AdminTable, Failure> {
    let path = format!("/api/admin/tables/{id}/move");
    Request::post(path).body(&MoveSession { to_table_id, session_id }).json().await
}

/// `GET /api/admin/tables/{id}/history`: ended stays, newest first, between two business days, `2026-11-22`; empty
/// for no bound.
///
/// # Errors
/// `validation_failed`, 404, or no answer.
pub async fn history(
    id: TableId,
    from: &str,
    to: &str,
    cursor: Option<&str>,
) -> Result<HistoryPage, Failure> {
    let values = [("from", from), ("to", to), ("cursor", cursor.unwrap_or_default())];
    let mut path = format!("/api/admin/tables/{id}/history?limit=20");
    for (name, value) in values.into_iter().filter(|(_, value)| !value.is_empty()) {
        path.push_str(&format!("&{name}={}", query_value(value)));
    }
    Request::get(path).json().await
}

/// `GET /api/admin/tables/{id}/devices`, last seen first.
///
/// # Errors
/// 404, or no answer.
pub async fn devices(id: TableId) -> Result<DeviceList, Failure> {
    Request::get(format!("/api/admin/tables/{id}/devices")).json().await
}

/// `DELETE /api/admin/devices/{id}`: it is signed out at once.
///
/// # Errors
/// 404, or no clear answer.
pub async fn revoke(id: DeviceId) -> Result<(), Failure> {
    Request::delete(format!("/api/admin/devices/{id}")).done().await
}
