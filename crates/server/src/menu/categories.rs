//! Categories: creating, changing, removing, ordering.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post, put};
use shared_types::menu::Category;
use shared_types::menu_edit::{CategoryList, CategoryOrder, CategoryUpdate, NewCategory};
use shared_types::{CategoryId, ErrorCode};
use uuid::Uuid;

use super::edit::{Edit, Everything};
use crate::app::AppState;
use crate::auth::AdminCaller;
use crate::error::{Result, ensure_valid};

/// The categories in display order
#[utoipa::path(tag = "menu", security(("admin" = [])), responses(
    (status = 200, body = CategoryList)))]
#[get("/api/admin/categories")]
pub async fn list(state: Data<AppState>, caller: AdminCaller) -> Result<Json<CategoryList>> {
    let Everything(board) = Everything::read(&mut *state.pool.acquire().await?, caller.store).await?;
    Ok(Json(CategoryList { categories: board.categories }))
}

/// Create a category
#[utoipa::path(tag = "menu", request_body = NewCategory, security(("admin" = [])), responses(
    (status = 201, body = Category),
    (status = 409, description = "`name_taken`")))]
#[post("/api/admin/categories")]
pub async fn create(
    state: Data<AppState>,
    caller: AdminCaller,
    body: Json<NewCategory>,
) -> Result<HttpResponse> {
    ensure_valid(body.check())?;
    let NewCategory { name, translations } = body.into_inner();
    let category = Category { id: CategoryId(Uuid::now_v7()), name: name.trim().to_owned(), translations };
    let mut edit = Edit::begin(&state, &caller).await?;
    let place = db::menu::next_category_order(&mut edit.tx, caller.store).await?;
    db::menu::insert_category(&mut edit.tx, caller.store, &category, place).await?;
    edit.finish("create", "category", category.id.0, None, Some(&category)).await?;
    Ok(HttpResponse::Created().json(category))
}

/// Change a category
#[utoipa::path(tag = "menu", request_body = CategoryUpdate, security(("admin" = [])), params(("id" = CategoryId, Path)), responses(
    (status = 200, body = Category), (status = 409, description = "`name_taken`")))]
#[put("/api/admin/categories/{id}")]
pub async fn update(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<CategoryId>,
    body: Json<CategoryUpdate>,
) -> Result<Json<Category>> {
    ensure_valid(body.check())?;
    let mut edit = Edit::begin(&state, &caller).await?;
    let before = find(&mut edit.tx, &caller, *id).await?;
    let name = body.name.as_deref().map(str::trim);
    if !db::menu::update_category(&mut edit.tx, caller.store, *id, name, body.translations.as_ref(), edit.now)
        .await?
    {
        return Err(ErrorCode::NotFound.into());
    }
    let after = find(&mut edit.tx, &caller, *id).await?;
    edit.finish("update", "category", id.0, Some(&before), Some(&after)).await?;
    Ok(Json(after))
}

/// Remove a category
///
/// Only one without dishes.
#[utoipa::path(tag = "menu", security(("admin" = [])), params(("id" = CategoryId, Path)), responses(
    (status = 204),
    (status = 409, description = "`category_in_use`")))]
#[delete("/api/admin/categories/{id}")]
pub async fn delete(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<CategoryId>,
) -> Result<HttpResponse> {
    let mut edit = Edit::begin(&state, &caller).await?;
    let before = find(&mut edit.tx, &caller, *id).await?;
    if !db::menu::delete_category(&mut edit.tx, caller.store, *id, edit.now).await? {
        return Err(ErrorCode::CategoryInUse.into());
    }
    edit.finish("delete", "category", id.0, Some(&before), None).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Put the categories into another order
#[utoipa::path(tag = "menu", request_body = CategoryOrder, security(("admin" = [])), responses(
    (status = 200, body = CategoryList),
    (status = 409, description = "`order_mismatch`: not exactly the categories that exist.")))]
#[put("/api/admin/categories/order")]
pub async fn reorder(
    state: Data<AppState>,
    caller: AdminCaller,
    body: Json<CategoryOrder>,
) -> Result<Json<CategoryList>> {
    let ids: Vec<Uuid> = body.category_ids.iter().map(|id| id.0).collect();
    let mut edit = Edit::begin(&state, &caller).await?;
    if !db::menu::order_categories(&mut edit.tx, caller.store, &ids, edit.now).await? {
        return Err(ErrorCode::OrderMismatch.into());
    }
    let Everything(board) = Everything::read(&mut edit.tx, caller.store).await?;
    edit.finish("reorder", "category", caller.store.0, None, Some(&ids)).await?;
    Ok(Json(CategoryList { categories: board.categories }))
}

async fn find(conn: &mut db::PgConnection, caller: &AdminCaller, id: CategoryId) -> Result<Category> {
    let Everything(board) = Everything::read(conn, caller.store).await?;
    Ok(board.categories.into_iter().find(|c| c.id == id).ok_or(ErrorCode::NotFound)?)
}
