//! The OpenAPI document, generated from the annotations beside the handlers.

mod headers;
mod page;
mod refusals;
mod schema;
mod texts;

use std::io;
use std::sync::OnceLock;

use actix_web::{HttpRequest, HttpResponse, get};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, RefOr, Required, Schema};
use utoipa::{Modify, OpenApi};

use crate::auth::cookies;
use crate::error::{AppError, Result};
use crate::http::encoded::{Encoded, Kind};
use crate::{auth, calls, client_errors, events, health, media, menu, orders, reports, stores, tables};

const KIND: Kind = Kind { mime: "", cache: "public, no-cache", vary: "Accept-Encoding", policy: None };

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(title = "TableOrder", description = "Orders from the table, live to the manager's board.\n\n\
        JSON in and out; unknown fields are ignored. Every answer carries `X-Request-Id`, and errors repeat it. Where `GET` is \
        listed, `HEAD` is answered too."),
    tags(
        (name = "auth", description = "Signing in and out"),
        (name = "menu", description = "Dishes and categories"),
        (name = "orders", description = "Placing orders, and what becomes of them"),
        (name = "tables", description = "Tables, the parties at them, and their devices"),
        (name = "history", description = "Stays of the past"),
        (name = "calls", description = "Calling staff"),
        (name = "events", description = "Live events, as server-sent events"),
        (name = "media", description = "Pictures of dishes"),
        (name = "reports", description = "Figures of a business day"),
        (name = "stores", description = "Settings, manager accounts, the audit log"),
        (name = "health", description = "Whether the server and the apps work"),
        (name = "docs", description = "This description"),
    ),
    paths(
        health::live,
        health::ready,
        document,
        docs,
        media::image,
        auth::handlers::admin_login,
        auth::handlers::table_login,
        client_errors::report,
        auth::handlers::refresh,
        auth::handlers::table_logout,
        auth::handlers::table_me,
        auth::handlers::admin_logout,
        auth::handlers::admin_logout_everywhere,
        auth::handlers::admin_me,
        menu::handlers::list,
        orders::table::create,
        orders::table::list,
        orders::admin::board,
        orders::admin::set_status,
        orders::admin::recall,
        orders::admin::acknowledge,
        orders::admin::delete,
        orders::detail::find,
        orders::detail::read,
        tables::manage::list,
        tables::manage::create,
        tables::manage::update,
        tables::manage::delete,
        tables::sessions::complete,
        tables::sessions::move_party,
        tables::sessions::history,
        tables::devices::list,
        tables::devices::list_all,
        tables::devices::revoke,
        menu::categories::list,
        menu::categories::create,
        menu::categories::reorder,
        menu::categories::update,
        menu::categories::delete,
        menu::manage::list,
        menu::manage::create,
        menu::manage::reorder,
        menu::bulk::change_many,
        menu::sheet::export,
        menu::sheet::import,
        menu::manage::update,
        menu::manage::delete,
        media::upload::create,
        calls::create,
        calls::list,
        calls::acknowledge,
        reports::day,
        reports::day_csv,
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
        shared_types::ErrorBody,
        shared_types::events::EventKind,
        shared_types::events::OrderDeleted,
        shared_types::events::SessionClosed,
        shared_types::events::TableChanged,
        shared_types::events::MenuChanged,
    )),
    modifiers(&Everywhere)
)]
pub struct ApiDoc;

/// What holds for every operation, said once.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        credentials(components);
        headers::describe(components);
        for (path, item) in &mut api.paths.paths {
            for (method, operation) in operations(item) {
                operation.operation_id = Some(operation_id(method, path));
                describe_successes(operation);
                // A deletion may say why, and a finish whose stay it ends.
                if (method == "delete" || path.ends_with("/complete"))
                    && let Some(RefOr::T(body)) = &mut operation.request_body
                {
                    body.required = Some(Required::False);
                }
                refusals::add(method, path, operation, components);
                headers::add(operation);
            }
        }
        texts::add_patterns(&api.paths, components);
        add_examples(components);
    }
}

fn credentials(components: &mut Components) {
    for (name, cookie, who) in
        [("admin", cookies::ADMIN, "a manager"), ("table", cookies::TABLE, "a device at a table")]
    {
        let description = format!("The token of {who}; browsers send it in the cookie `{cookie}` instead.");
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
        let scheme = SecurityScheme::Http(bearer.description(Some(description)).build());
        components.add_security_scheme(name, scheme);
    }
    let device = ApiKey::Cookie(ApiKeyValue::new(cookies::DEVICE));
    components.add_security_scheme("device", SecurityScheme::ApiKey(device));
}

/// The operations of a path, by method.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let all = [
        ("delete", item.delete.as_mut()),
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("put", item.put.as_mut()),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation?)))
}

/// Unique, from method and path: `GET /api/admin/orders` is `get_admin_orders`.
fn operation_id(method: &str, path: &str) -> String {
    let name = path.trim_start_matches("/api").replace(['{', '}'], "").replace(['/', '-', '.'], "_");
    format!("{method}{name}")
}

/// Says what a success is, where the handler leaves it to its status.
fn describe_successes(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description = match status.as_str() {
                "200" => "Done",
                "201" => "Created",
                "204" => "Done; there is nothing to say",
                _ => continue,
            }
            .to_owned();
        }
    }
}

/// The credential that an operation asks for.
fn security_of(operation: &Operation) -> Option<String> {
    let first = serde_json::to_value(operation.security.as_ref()?.first()?).ok()?;
    first.as_object()?.keys().next().cloned()
}

/// The name of the schema of an operation's JSON body.
fn json_body(operation: &Operation) -> Option<String> {
    let Some(RefOr::T(body)) = &operation.request_body else { return None };
    let json = serde_json::to_value(body.content.get("application/json")?).ok()?;
    texts::names_in(&json).into_iter().next()
}

/// Whether a schema refuses some values of its type.
fn is_bounded(schema: &RefOr<Schema>) -> bool {
    let text = serde_json::to_string(schema).unwrap_or_default();
    ["minLength", "maxLength", "minimum", "maximum", "minItems", "pattern"]
        .iter()
        .any(|key| text.contains(key))
}

/// Gives every body its example.
fn add_examples(components: &mut Components) {
    for example in shared_types::examples::ALL {
        if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(example.schema) {
            object.examples = vec![(example.value)()];
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

/// How well they are compressed: they never change.
const BROTLI: i32 = 9;

/// The documents as they are served, made once.
fn ready(make: impl FnOnce() -> io::Result<Vec<u8>>, once: &OnceLock<Encoded>) -> Result<&Encoded> {
    if let Some(ready) = once.get() {
        return Ok(ready);
    }
    let plain = make().map_err(AppError::internal)?;
    Ok(once.get_or_init(|| Encoded::new(plain, BROTLI)))
}

/// This description
#[utoipa::path(tag = "docs",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` that the caller has")),
    responses(
        (status = 200, description = "OpenAPI 3.1", body = serde_json::Value,
            headers(("ETag" = String, description = "Strong; one per encoding"))),
        (status = 304, description = "Not changed")))]
#[get("/api/openapi.json")]
pub async fn document(request: HttpRequest) -> Result<HttpResponse> {
    static READY: OnceLock<Encoded> = OnceLock::new();
    let kind = Kind { mime: "application/json", ..KIND };
    Ok(ready(|| Ok(json()?.into_bytes()), &READY)?.answer(&request, kind))
}

/// This description as a page
///
/// Made by the server: no script, nothing from elsewhere.
#[utoipa::path(tag = "docs",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` that the caller has")),
    responses(
        (status = 200, content_type = "text/html", body = String,
            headers(("ETag" = String, description = "Strong; one per encoding")), example = json!("<!doctype html>")),
        (status = 304, description = "Not changed")))]
#[get("/api/docs")]
pub async fn docs(request: HttpRequest) -> Result<HttpResponse> {
    static READY: OnceLock<Encoded> = OnceLock::new();
    let kind = Kind { mime: "text/html; charset=utf-8", policy: Some(page::POLICY), ..KIND };
    let make = || Ok(page::html(&serde_json::to_value(ApiDoc::openapi())?).into_bytes());
    Ok(ready(make, &READY)?.answer(&request, kind))
}

/// The page's styles.
#[get("/api/docs/style.css")]
pub async fn styles(request: HttpRequest) -> Result<HttpResponse> {
    static READY: OnceLock<Encoded> = OnceLock::new();
    let kind = Kind { mime: "text/css; charset=utf-8", ..KIND };
    Ok(ready(|| Ok(page::STYLES.as_bytes().to_vec()), &READY)?.answer(&request, kind))
}
