//! The menu as guests see it.

use super::{Failure, Request};

/// The path of the whole menu. `index.html` preloads exactly this, so that it arrives beside the program.
pub const BOARD_PATH: &str = "/api/menus?include_unavailable=true";

/// `GET /api/menus`, sold-out dishes included, as the JSON of a [`shared_types::menu::MenuBoard`]. The browser keeps the answer and asks with its `ETag`; the first
/// call of a page takes what was preloaded.
///
/// # Errors
/// 401, or no answer.
pub async fn board() -> Result<String, Failure> {
    Request::get(BOARD_PATH).preloaded().raw().await
}
