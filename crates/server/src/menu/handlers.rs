//! `GET /api/menus`.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Deserialize;
use shared_types::menu::MenuBoard;
use utoipa::IntoParams;

use crate::app::AppState;
use crate::auth::TableCaller;
use crate::error::Result;
use crate::http::encoded::Kind;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MenuFilter {
    /// Sold-out dishes too, so that an app can show them as such.
    #[serde(default)]
    include_unavailable: bool,
}

/// The store's menu
///
/// Answers from memory. `ETag` and `If-None-Match` save the body; brotli and gzip are ready-made.
#[utoipa::path(tag = "menu", params(MenuFilter, ("If-None-Match" = Option<String>, Header, description = "The `ETag` that the caller has")), security(("table" = [])), responses(
    (status = 200, body = MenuBoard, headers(("ETag" = String, description = "Strong; one per encoding"))), (status = 304, description = "Not changed")))]
#[get("/api/menus")]
pub async fn list(
    state: Data<AppState>,
    request: HttpRequest,
    caller: TableCaller,
    filter: Query<MenuFilter>,
) -> Result<HttpResponse> {
    let snapshot = state.menus.get(&state.pool, caller.store).await?;
    let body = if filter.include_unavailable { &snapshot.all } else { &snapshot.available };
    Ok(body.answer(&request, Kind::PRIVATE_JSON))
}
