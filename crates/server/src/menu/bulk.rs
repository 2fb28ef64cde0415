//! Changing many dishes at once: a preview, or one transaction with one event.

use std::collections::{HashMap, HashSet};

use actix_web::post;
use actix_web::web::{Data, Json};
use db::audit::Row;
use db::menu::BulkChange;
use shared_types::errors::FieldErrors;
use shared_types::menu::Menu;
use shared_types::menu_bulk::{BulkLine, BulkResult, MenuBulk};
use shared_types::{ErrorCode, MenuId};

use super::edit::{Edit, Everything};
use crate::app::AppState;
use crate::auth::AdminCaller;
use crate::error::{Result, ensure_valid};

/// Change many dishes at once
///
/// Availability, price, or both; with `dry_run` the answer says what would become of each dish. All or nothing: a dish that
/// cannot be changed is named in `details.fields` by its place. With `version` only while the menu is the one that the
/// manager saw: sent again because its answer got lost, a rise is not done twice.
#[utoipa::path(tag = "menu", request_body = MenuBulk, security(("admin" = [])), responses(
    (status = 200, body = BulkResult),
    (status = 409, description = "`menu_changed`: the menu is not that of `version`.")))]
#[post("/api/admin/menus/bulk")]
pub async fn change_many(
    state: Data<AppState>,
    caller: AdminCaller,
    body: Json<MenuBulk>,
) -> Result<Json<BulkResult>> {
    ensure_valid(body.check())?;
    let mut edit = Edit::begin(&state, &caller).await?;
    let mut seen = HashSet::new();
    let ids: Vec<MenuId> = body.menu_ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    db::menu::lock_menus(&mut edit.tx, caller.store, Some(&ids)).await?;
    if let (Some(seen), false) = (body.version, body.dry_run)
        && db::menu::lock_version(&mut edit.tx, caller.store).await? != seen
    {
        return Err(ErrorCode::MenuChanged.into());
    }
    let Everything(before) = Everything::read(&mut edit.tx, caller.store).await?;
    let known: HashMap<MenuId, &Menu> = before.menus.iter().map(|menu| (menu.id, menu)).collect();
    let menus: Vec<BulkLine> = ids.iter().map(|id| line(*id, known.get(id).copied(), &body)).collect();
    let result = BulkResult { dry_run: body.dry_run, version: before.version, menus };
    if body.dry_run {
        return Ok(Json(result));
    }
    refuse_wrong(&result, &body)?;
    let changes: Vec<BulkChange> =
        result.menus.iter().filter_map(|line| differs(line, &known, &body)).collect();
    if changes.is_empty() {
        return Ok(Json(result));
    }
    db::menu::change_menus(&mut edit.tx, caller.store, &changes, edit.now).await?;
    let Everything(after) = Everything::read(&mut edit.tx, caller.store).await?;
    let changed: HashSet<MenuId> = changes.iter().map(|change| change.id).collect();
    let rows = after.menus.iter().filter(|menu| changed.contains(&menu.id)).map(|menu| {
        let old = known.get(&menu.id).copied();
        Row::new("update", menu.id.0, old, Some(menu))
    });
    let version = edit.finish_all("menu", rows.collect()).await?;
    Ok(Json(BulkResult { version, ..result }))
}

fn line(menu_id: MenuId, menu: Option<&Menu>, asked: &MenuBulk) -> BulkLine {
    let new_price = menu.and_then(|menu| match &asked.price {
        Some(change) => change.apply(menu.price),
        None => Some(menu.price),
    });
    let error = match (menu, new_price) {
        (None, _) => Some(ErrorCode::NotFound),
        (_, None) => Some(ErrorCode::OutOfRange),
        _ => None,
    };
    let menu_name = menu.map(|menu| menu.name.clone());
    BulkLine { menu_id, menu_name, old_price: menu.map(|menu| menu.price), new_price, error }
}

/// Names each dish that cannot be changed by its place in the request.
fn refuse_wrong(result: &BulkResult, asked: &MenuBulk) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (line, code) in result.menus.iter().filter_map(|line| Some((line, line.error?))) {
        let place = asked.menu_ids.iter().position(|id| *id == line.menu_id).unwrap_or_default();
        errors.add(format!("menu_ids[{place}]"), code);
    }
    ensure_valid(errors)
}

/// What is to be written; nothing where the dish is like that already.
fn differs(line: &BulkLine, known: &HashMap<MenuId, &Menu>, asked: &MenuBulk) -> Option<BulkChange> {
    let menu = known.get(&line.menu_id)?;
    let change = BulkChange {
        id: menu.id,
        price: line.new_price?,
        is_available: asked.is_available.unwrap_or(menu.is_available),
    };
    (change.price != menu.price || change.is_available != menu.is_available).then_some(change)
}
