//! Categories and dishes.

use shared_types::menu::{Category, Menu, MenuBoard};
use shared_types::menu_bulk::MenuBulk;
use shared_types::menu_edit::{CategoryOrder, CategoryUpdate, MenuOrder, MenuUpdate, NewCategory, NewMenu};
use shared_types::menu_sheet::ImportResult;
use shared_types::{CategoryId, MenuId};
use web_sys::File;

use crate::api::{Failure, Request};

/// `GET /api/admin/menus`: categories and dishes, sold-out ones too.
///
/// # Errors
/// 401, or no answer.
pub async fn board() -> Result<MenuBoard, Failure> {
    Request::get("/api/admin/menus").json().await
}

/// `POST /api/admin/menus`: appended to its category.
///
/// # Errors
/// `name_taken`, `validation_failed`, or no clear answer.
pub async fn create(menu: &NewMenu) -> Result<Menu, Failure> {
    Request::post("/api/admin/menus").body(menu).json().await
}

/// `PUT /api/admin/menus/{id}`: what is absent stays.
///
/// # Errors
/// `name_taken`, `validation_failed`, 404, or no clear answer.
pub async fn update(id: MenuId, menu: &MenuUpdate) -> Result<(), Failure> {
    Request::put(format!("/api/admin/menus/{id}")).body(menu).done().await
}

/// `DELETE /api/admin/menus/{id}`.
///
/// # Errors
/// 404, or no clear answer.
pub async fn delete(id: MenuId) -> Result<(), Failure> {
    Request::delete(format!("/api/admin/menus/{id}")).done().await
}

/// `PUT /api/admin/menus/order`: every dish of one category.
///
/// # Errors
/// `order_mismatch`, or no clear answer.
pub async fn reorder(category_id: CategoryId, menu_ids: Vec<MenuId>) -> Result<(), Failure> {
    Request::put("/api/admin/menus/order").body(&MenuOrder { category_id, menu_ids }).done().await
}

/// `POST /api/admin/menus/bulk`: every one of them, or none.
///
/// # Errors
/// `validation_failed`, 404, or no clear answer.
pub async fn change_many(change: &MenuBulk) -> Result<(), Failure> {
    Request::post("/api/admin/menus/bulk").body(change).done().await
}

/// Where a browser fetches the menu as a spreadsheet.
pub const SHEET_PATH: &str = "/api/admin/menus.csv";

/// `POST /api/admin/menus/import`: a spreadsheet back in, or with `dry_run` only what it would do.
///
/// # Errors
/// `validation_failed` for a file that is no UTF-8 or has mistakes, `payload_too_large`, or no clear answer.
pub async fn import(sheet: File, dry_run: bool) -> Result<ImportResult, Failure> {
    Request::post(format!("/api/admin/menus/import?dry_run={dry_run}")).sheet(sheet).json().await
}

/// `POST /api/admin/categories`: appended after the others.
///
/// # Errors
/// `name_taken`, `validation_failed`, or no clear answer.
pub async fn create_category(category: &NewCategory) -> Result<Category, Failure> {
    Request::post("/api/admin/categories").body(category).json().await
}

/// `PUT /api/admin/categories/{id}`.
///
/// # Errors
/// `name_taken`, `validation_failed`, 404, or no clear answer.
pub async fn update_category(id: CategoryId, category: &CategoryUpdate) -> Result<(), Failure> {
    Request::put(format!("/api/admin/categories/{id}")).body(category).done().await
}

/// `DELETE /api/admin/categories/{id}`.
///
/// # Errors
/// `category_in_use`, 404, or no clear answer.
pub async fn delete_category(id: CategoryId) -> Result<(), Failure> {
    Request::delete(format!("/api/admin/categories/{id}")).done().await
}

/// `PUT /api/admin/categories/order`: every category.
///
/// # Errors
/// `order_mismatch`, or no clear answer.
pub async fn reorder_categories(category_ids: Vec<CategoryId>) -> Result<(), Failure> {
    Request::put("/api/admin/categories/order").body(&CategoryOrder { category_ids }).done().await
}
