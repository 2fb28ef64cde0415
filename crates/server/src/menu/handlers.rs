//! `GET /api/menus`.

use actix_web::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Deserialize;
use shared_types::menu::MenuBoard;
use utoipa::IntoParams;

use super::snapshot::Encoded;
use crate::app::AppState;
use crate::auth::TableCaller;
use crate::error::Result;

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
#[utoipa::path(tag = "menu", params(MenuFilter), security(("table" = [])), responses(
    (status = 200, body = MenuBoard), (status = 304, description = "Not changed")))]
#[get("/api/menus")]
pub async fn list(
    state: Data<AppState>,
    request: HttpRequest,
    caller: TableCaller,
    filter: Query<MenuFilter>,
) -> Result<HttpResponse> {
    let snapshot = state.menus.get(&state.pool, caller.store).await?;
    Ok(answer(&request, if filter.include_unavailable { &snapshot.all } else { &snapshot.available }))
}

fn answer(request: &HttpRequest, body: &Encoded) -> HttpResponse {
    let header = |name| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accepted = |coding: &str| {
        header(ACCEPT_ENCODING).split(',').any(|part| {
            let mut part = part.split(';').map(str::trim);
            part.next() == Some(coding) && !part.any(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    let (coding, bytes) = if accepted("br") {
        ("br", &body.brotli)
    } else if accepted("gzip") {
        ("gzip", &body.gzip)
    } else {
        ("identity", &body.plain)
    };
    let known = header(IF_NONE_MATCH)
        .split(',')
        .any(|tag| tag.trim().trim_start_matches("W/").trim_matches('"').starts_with(&body.tag));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // A strong tag names bytes, so each encoding has its own.
    response.insert_header(("ETag", format!("\"{}-{coding}\"", body.tag)));
    response.insert_header(("Cache-Control", "private, no-cache"));
    response.insert_header(("Vary", "Accept-Encoding, Cookie, Authorization"));
    if known {
        return response.finish();
    }
    response.insert_header(("Content-Encoding", coding)).content_type("application/json").body(bytes.clone())
}
