//! Dishes: listing, creating, changing, removing, ordering.

use std::collections::HashSet;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post, put};
use db::menu::MenuChange;
use shared_types::menu::{Menu, MenuBoard, MenuOption, OptionGroup};
use shared_types::menu_edit::{MenuOrder, MenuUpdate, NewMenu, OptionEdit, OptionGroupEdit};
use shared_types::{Allergen, CategoryId, ErrorCode, MenuId, OptionGroupId, OptionId, media, text};
use uuid::Uuid;

use super::edit::{Edit, Everything};
use crate::app::AppState;
use crate::auth::AdminCaller;
use crate::error::{AppError, Result, ensure_valid};

/// The whole menu, sold-out dishes included
#[utoipa::path(tag = "menu", security(("admin" = [])), responses(
    (status = 200, body = MenuBoard)))]
#[get("/api/admin/menus")]
pub async fn list(state: Data<AppState>, caller: AdminCaller) -> Result<Json<MenuBoard>> {
    let Everything(board) = Everything::read(&mut *state.pool.acquire().await?, caller.store).await?;
    Ok(Json(board))
}

/// Create a dish
#[utoipa::path(tag = "menu", request_body = NewMenu, security(("admin" = [])), responses(
    (status = 201, body = Menu), (status = 400, description = "`validation_failed`: a field is out of bounds, or no such category."),
    (status = 409, description = "`name_taken`")))]
#[post("/api/admin/menus")]
pub async fn create(state: Data<AppState>, caller: AdminCaller, body: Json<NewMenu>) -> Result<HttpResponse> {
    let new = body.into_inner();
    ensure_valid(MenuUpdate::from(new.clone()).check())?;
    let menu = Menu {
        id: MenuId(Uuid::now_v7()),
        category_id: new.category_id,
        name: new.name.trim().to_owned(),
        description: text::tidy(new.description.as_deref()),
        translations: new.translations,
        price: new.price,
        image_url: new.image_url.as_deref().and_then(media::key_of).map(str::to_owned),
        is_available: new.is_available,
        badges: new.badges,
        spicy_level: new.spicy_level,
        allergens: Allergen::sorted(new.allergens),
        option_groups: groups(&new.option_groups, None),
    };
    let mut edit = Edit::begin(&state, &caller).await?;
    claim_picture(&mut edit.tx, &caller, menu.image_url.as_deref()).await?;
    let place = db::menu::next_menu_order(&mut edit.tx, caller.store, menu.category_id).await?;
    db::menu::insert_menu(&mut edit.tx, caller.store, &menu, place.ok_or_else(unknown_category)?).await?;
    let menu = find(&mut edit.tx, &caller, menu.id).await?;
    edit.finish("create", "menu", menu.id.0, None, Some(&menu)).await?;
    Ok(HttpResponse::Created().json(menu))
}

/// Change a dish
///
/// What is absent stays.
#[utoipa::path(tag = "menu", request_body = MenuUpdate, security(("admin" = [])), params(("id" = MenuId, Path)), responses(
    (status = 200, body = Menu), (status = 409, description = "`name_taken`")))]
#[put("/api/admin/menus/{id}")]
pub async fn update(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<MenuId>,
    body: Json<MenuUpdate>,
) -> Result<Json<Menu>> {
    ensure_valid(body.check())?;
    let mut edit = Edit::begin(&state, &caller).await?;
    let before = find(&mut edit.tx, &caller, *id).await?;
    if let Some(category) = body.category_id {
        category_exists(&mut edit.tx, &caller, category).await?;
    }
    let description = body.description.as_ref().map(|d| text::tidy(d.as_deref()));
    let change = MenuChange {
        category: body.category_id,
        name: body.name.as_deref().map(str::trim),
        description: description.as_ref().map(Option::as_deref),
        translations: body.translations.as_ref(),
        price: body.price,
        image_key: body.image_url.as_ref().map(|url| url.as_deref().and_then(media::key_of)),
        is_available: body.is_available,
        badges: body.badges.as_deref(),
        spicy_level: body.spicy_level,
        allergens: body.allergens.clone().map(Allergen::sorted),
    };
    claim_picture(&mut edit.tx, &caller, change.image_key.flatten()).await?;
    if !db::menu::update_menu(&mut edit.tx, caller.store, *id, &change, edit.now).await? {
        return Err(ErrorCode::NotFound.into());
    }
    if let Some(wanted) = &body.option_groups {
        db::menu::replace_groups(&mut edit.tx, caller.store, *id, &groups(wanted, Some(&before))).await?;
    }
    let after = find(&mut edit.tx, &caller, *id).await?;
    edit.finish("update", "menu", id.0, Some(&before), Some(&after)).await?;
    Ok(Json(after))
}

/// Remove a dish
///
/// Past orders keep what they were made of.
#[utoipa::path(tag = "menu", security(("admin" = [])), params(("id" = MenuId, Path)), responses(
    (status = 204)))]
#[delete("/api/admin/menus/{id}")]
pub async fn delete(state: Data<AppState>, caller: AdminCaller, id: Path<MenuId>) -> Result<HttpResponse> {
    let mut edit = Edit::begin(&state, &caller).await?;
    let before = find(&mut edit.tx, &caller, *id).await?;
    db::menu::delete_menu(&mut edit.tx, caller.store, *id, edit.now).await?;
    edit.finish("delete", "menu", id.0, Some(&before), None).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Put the dishes of a category into another order
#[utoipa::path(tag = "menu", request_body = MenuOrder, security(("admin" = [])), responses(
    (status = 200, body = MenuBoard), (status = 400, description = "`validation_failed`: no such category."),
    (status = 409, description = "`order_mismatch`: not exactly the dishes of the category.")))]
#[put("/api/admin/menus/order")]
pub async fn reorder(
    state: Data<AppState>,
    caller: AdminCaller,
    body: Json<MenuOrder>,
) -> Result<Json<MenuBoard>> {
    let ids: Vec<Uuid> = body.menu_ids.iter().map(|id| id.0).collect();
    let mut edit = Edit::begin(&state, &caller).await?;
    category_exists(&mut edit.tx, &caller, body.category_id).await?;
    if !db::menu::order_menus(&mut edit.tx, caller.store, body.category_id, &ids, edit.now).await? {
        return Err(ErrorCode::OrderMismatch.into());
    }
    let Everything(mut board) = Everything::read(&mut edit.tx, caller.store).await?;
    board.version = edit.finish("reorder", "menu", body.category_id.0, None, Some(&ids)).await?;
    Ok(Json(board))
}

async fn find(conn: &mut db::PgConnection, caller: &AdminCaller, id: MenuId) -> Result<Menu> {
    let Everything(board) = Everything::read(conn, caller.store).await?;
    Ok(board.menus.into_iter().find(|m| m.id == id).ok_or(ErrorCode::NotFound)?)
}

async fn category_exists(conn: &mut db::PgConnection, caller: &AdminCaller, id: CategoryId) -> Result<()> {
    db::menu::next_menu_order(conn, caller.store, id).await?.map(drop).ok_or_else(unknown_category)
}

/// A dish shows a picture that its store has uploaded, and keeps it from being tidied up.
async fn claim_picture(conn: &mut db::PgConnection, caller: &AdminCaller, key: Option<&str>) -> Result<()> {
    match key {
        Some(key) if !db::media::claim(conn, caller.store, key).await? => {
            Err(AppError::field("image_url", ErrorCode::NotFound))
        }
        _ => Ok(()),
    }
}

fn unknown_category() -> AppError {
    AppError::field("category_id", ErrorCode::NotFound)
}

/// Groups and options to store. An id is kept only if this dish has it already, and only once.
fn groups(wanted: &[OptionGroupEdit], before: Option<&Menu>) -> Vec<OptionGroup> {
    let known = before.into_iter().flat_map(|menu| &menu.option_groups);
    let mut free: HashSet<Uuid> =
        known.flat_map(|g| g.options.iter().map(|o| o.id.0).chain([g.id.0])).collect();
    let mut keep = |id: Option<Uuid>| id.filter(|id| free.remove(id)).unwrap_or_else(Uuid::now_v7);
    let option = |option: &OptionEdit, id: Uuid| MenuOption {
        id: OptionId(id),
        name: option.name.trim().to_owned(),
        translations: option.translations.clone(),
        price: option.price,
        is_available: option.is_available,
    };
    wanted
        .iter()
        .map(|group| OptionGroup {
            id: OptionGroupId(keep(group.id.map(|id| id.0))),
            name: group.name.trim().to_owned(),
            translations: group.translations.clone(),
            min_choices: group.min_choices,
            max_choices: group.max_choices,
            options: group.options.iter().map(|o| option(o, keep(o.id.map(|id| id.0)))).collect(),
        })
        .collect()
}
