//! The menu as guests see it.

use std::cell::Cell;

use super::{Failure, Request};

/// The path of the whole menu. `index.html` preloads exactly this, so that it arrives beside the program.
pub const BOARD_PATH: &str = "/api/menus?include_unavailable=true";

thread_local! {
    static PRELOADED: Cell<bool> = const { Cell::new(true) };
}

/// What `index.html` has preloaded was asked for by somebody else.
pub(super) fn forget_preloaded() {
    PRELOADED.set(false);
}

/// `GET /api/menus`, sold-out dishes included, as the JSON of a [`shared_types::menu::MenuBoard`]. The browser keeps the answer and asks with its `ETag`; the first
/// call of a page takes what was preloaded.
///
/// # Errors
/// 401, or no answer.
pub async fn board() -> Result<String, Failure> {
    let request = Request::get(BOARD_PATH);
    let request = if PRELOADED.replace(false) { request.bare() } else { request };
    request.raw().await
}
