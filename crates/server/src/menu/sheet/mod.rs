//! The menu as a sheet: out, and back in. A sheet that comes back as it went out changes nothing.

mod columns;
mod plan;

use actix_web::web::{Data, Json, Payload, Query};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, get, post};
use db::audit::Row;
use db::menu::MenuChange;
use futures_util::TryStreamExt as _;
use serde::Deserialize;
use shared_types::errors::FieldErrors;
use shared_types::menu_sheet::{ImportResult, SHEET_MAX_BYTES, SheetError};
use shared_types::{ErrorCode, MenuId};
use utoipa::IntoParams;

use self::columns::{Categories, Column};
use self::plan::{Plan, Planned};
use super::edit::{Edit, Everything};
use crate::app::AppState;
use crate::auth::AdminCaller;
use crate::csv::Sheet;
use crate::error::{AppError, Result, ensure_valid};
use crate::http::bounds;

/// How to import.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportMode {
    /// True: nothing is changed, the answer says what would be and everything that is wrong.
    #[serde(default)]
    dry_run: bool,
}

/// The menu for a spreadsheet
///
/// One row a dish, without its picture and option groups.
#[utoipa::path(tag = "menu", security(("admin" = [])), responses(
    (status = 200, description = "CSV: UTF-8 with a byte order mark", content_type = "text/csv", body = String,
        example = json!("id,category,name,description,price,available,badges,spicy_level,allergens,name_ko,description_ko"))))]
#[get("/api/admin/menus.csv")]
pub async fn export(state: Data<AppState>, caller: AdminCaller) -> Result<HttpResponse> {
    let Everything(board) = Everything::read(&mut *state.pool.acquire().await?, caller.store).await?;
    let names = board.categories.iter().map(|c| (c.id, c.name.clone())).collect();
    let categories = Categories { names, ids: Default::default() };
    let (columns, mut sheet) = (Column::all(), Sheet::default());
    sheet.row(columns.iter().map(|column| column.heading()));
    for menu in &board.menus {
        sheet.row(columns.iter().map(|column| column.cell(menu, &categories)));
    }
    Ok(sheet.answer("menus.csv"))
}

/// Change the menu by a sheet
///
/// Rows with an `id`, or with category and name of a dish, change that dish; others are new. Dishes that are missing stay as
/// they are, as does what has no column. All or nothing: `details.fields` names each fault as `<line>.<column>`.
#[utoipa::path(tag = "menu", security(("admin" = [])), params(ImportMode),
    request_body(content = String, content_type = "text/csv", description = "UTF-8, at most 1 MiB and 1,000 rows",
        example = json!("category,name,price\n식사,갈비탕,15000\n")), responses(
    (status = 200, body = ImportResult),
    (status = 400, description = "`validation_failed`: `details.fields` says what is wrong on which line."),
    (status = 409, description = "`name_taken`, `order_mismatch`: the menu was changed in the same moment.")))]
#[post("/api/admin/menus/import")]
pub async fn import(
    state: Data<AppState>,
    caller: AdminCaller,
    request: HttpRequest,
    mode: Query<ImportMode>,
    body: Payload,
) -> Result<Json<ImportResult>> {
    let text = read(&request, body).await?;
    let mut edit = Edit::begin(&state, &caller).await?;
    db::menu::lock_menus(&mut edit.tx, caller.store, None).await?;
    let Everything(board) = Everything::read(&mut edit.tx, caller.store).await?;
    let plan = Plan::of(&text, &board);
    let count = |new: bool| plan.changes.iter().filter(|change| change.before.is_none() == new).count();
    let result = ImportResult {
        dry_run: mode.dry_run,
        version: board.version,
        created: u32::try_from(count(true)).unwrap_or(u32::MAX),
        updated: u32::try_from(count(false)).unwrap_or(u32::MAX),
        unchanged: plan.unchanged,
        errors: plan.errors,
    };
    if mode.dry_run {
        return Ok(Json(result));
    }
    refuse(&result.errors)?;
    if plan.changes.is_empty() {
        return Ok(Json(result));
    }
    // Dishes may swap their names, and a new one may take a name that the sheet frees.
    let renamed =
        plan.changes.iter().filter(|c| c.before.as_ref().is_some_and(|before| before.name != c.after.name));
    let renamed: Vec<MenuId> = renamed.map(|change| change.after.id).collect();
    db::menu::free_names(&mut edit.tx, caller.store, &renamed).await?;
    let mut rows = Vec::with_capacity(plan.changes.len());
    for change in &plan.changes {
        write(&mut edit, &caller, change).await?;
        let MenuId(id) = change.after.id;
        let action = if change.before.is_some() { "update" } else { "create" };
        rows.push(Row::new(action, id, change.before.as_ref(), Some(&change.after)));
    }
    let version = edit.finish_all("menu", rows).await?;
    Ok(Json(ImportResult { version, ..result }))
}

/// The sheet, as long as it may be.
async fn read(request: &HttpRequest, mut body: Payload) -> Result<String> {
    if !request.content_type().eq_ignore_ascii_case("text/csv") {
        return Err(ErrorCode::UnsupportedMediaType.into());
    }
    let late = |error: &actix_web::error::PayloadError| {
        AppError::new(if bounds::is_late(error) {
            ErrorCode::RequestTimeout
        } else {
            ErrorCode::MalformedRequest
        })
    };
    let mut bytes = Vec::new();
    while let Some(chunk) = body.try_next().await.map_err(|error| late(&error))? {
        if bytes.len() + chunk.len() > SHEET_MAX_BYTES {
            return Err(ErrorCode::PayloadTooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    // A spreadsheet that does not write UTF-8 is the likely reason.
    String::from_utf8(bytes).map_err(|_| AppError::field("1.", ErrorCode::InvalidFormat))
}

fn refuse(errors: &[SheetError]) -> Result<()> {
    let mut fields = FieldErrors::default();
    for error in errors {
        fields.add(format!("{}.{}", error.line, error.column), error.code);
    }
    ensure_valid(fields)
}

async fn write(edit: &mut Edit<'_>, caller: &AdminCaller, Planned { before, after }: &Planned) -> Result<()> {
    let Some(before) = before else {
        let place = db::menu::next_menu_order(&mut edit.tx, caller.store, after.category_id).await?;
        let place = place.ok_or(ErrorCode::OrderMismatch)?;
        return Ok(db::menu::insert_menu(&mut edit.tx, caller.store, after, place).await?);
    };
    let change = MenuChange {
        category: (after.category_id != before.category_id).then_some(after.category_id),
        name: (after.name != before.name).then_some(&after.name),
        description: (after.description != before.description).then_some(after.description.as_deref()),
        translations: (after.translations != before.translations).then_some(&after.translations),
        price: (after.price != before.price).then_some(after.price),
        is_available: (after.is_available != before.is_available).then_some(after.is_available),
        badges: (after.badges != before.badges).then_some(&after.badges),
        spicy_level: (after.spicy_level != before.spicy_level).then_some(after.spicy_level),
        allergens: (after.allergens != before.allergens).then_some(after.allergens.clone()),
        image_key: None,
    };
    db::menu::update_menu(&mut edit.tx, caller.store, after.id, &change, edit.now).await?;
    Ok(())
}
