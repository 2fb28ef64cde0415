//! The OpenAPI document, generated from the annotations beside the handlers.

use actix_web::{HttpResponse, get};
use utoipa::openapi::Paths;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::auth::cookies;
use crate::{auth, calls, events, health, media, menu, orders, stores, tables};

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(title = "TableOrder", description = "Orders from the table, live to the manager's board."),
    paths(
        health::live,
        health::ready,
        media::image,
        auth::handlers::admin_login,
        auth::handlers::table_login,
        auth::handlers::refresh,
        auth::handlers::table_logout,
        auth::handlers::table_me,
        auth::handlers::admin_logout,
        auth::handlers::admin_me,
        menu::handlers::list,
        orders::table::create,
        orders::table::list,
        orders::admin::board,
        orders::admin::set_status,
        orders::admin::recall,
        orders::admin::acknowledge,
        orders::admin::delete,
        tables::manage::list,
        tables::manage::create,
        tables::manage::update,
        tables::manage::delete,
        tables::sessions::complete,
        tables::sessions::move_party,
        tables::sessions::history,
        tables::devices::list,
        tables::devices::revoke,
        menu::categories::list,
        menu::categories::create,
        menu::categories::reorder,
        menu::categories::update,
        menu::categories::delete,
        menu::manage::list,
        menu::manage::create,
        menu::manage::reorder,
        menu::manage::update,
        menu::manage::delete,
        calls::create,
        calls::list,
        calls::acknowledge,
        stores::settings::read,
        stores::settings::update,
        stores::users::list,
        stores::users::create,
        stores::users::update,
        stores::users::delete,
        stores::users::change_own,
        stores::audit::list,
        events::stream::of_table,
        events::stream::of_store,
    ),
    components(schemas(
        shared_types::events::EventKind,
        shared_types::events::OrderDeleted,
        shared_types::events::SessionClosed,
        shared_types::events::TableChanged,
        shared_types::events::MenuChanged,
    )),
    modifiers(&Credentials)
)]
pub struct ApiDoc;

struct Credentials;

impl Modify for Credentials {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        name_operations(&mut api.paths);
        let components = api.components.get_or_insert_default();
        for (name, cookie, who) in
            [("admin", cookies::ADMIN, "a manager"), ("table", cookies::TABLE, "a device at a table")]
        {
            let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").description(
                Some(format!("The token of {who}; browsers send it in the cookie `{cookie}` instead.")),
            );
            components.add_security_scheme(name, SecurityScheme::Http(bearer.build()));
        }
        let device = ApiKey::Cookie(ApiKeyValue::new(cookies::DEVICE));
        components.add_security_scheme("device", SecurityScheme::ApiKey(device));
    }
}

/// Unique operation ids, from method and path: `GET /api/admin/orders` is `get_admin_orders`.
fn name_operations(paths: &mut Paths) {
    for (path, item) in &mut paths.paths {
        let name = path.trim_start_matches("/api").replace(['{', '}'], "").replace(['/', '-'], "_");
        let operations = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}{name}"));
            }
        }
    }
}

/// The document as it is committed: `openapi.json`.
///
/// # Errors
/// Never in practice: the document is made of constants.
pub fn json() -> serde_json::Result<String> {
    ApiDoc::openapi().to_pretty_json().map(|text| text + "\n")
}

/// Serves the document.
#[get("/api/openapi.json")]
pub async fn document() -> HttpResponse {
    match json() {
        Ok(text) => HttpResponse::Ok().content_type("application/json").body(text),
        Err(error) => HttpResponse::from_error(crate::error::AppError::internal(error)),
    }
}
