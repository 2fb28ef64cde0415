//! The whole URL tree.

use std::future::ready;

use actix_web::guard::Post;
use actix_web::http::header::ALLOW;
use actix_web::web::{ServiceConfig, get, resource, route};
use actix_web::{HttpResponse, Resource};
use shared_types::client_errors::REPORT_MAX_BYTES;
use utoipa::OpenApi;

use crate::error::{AppError, Result};
use crate::openapi::ApiDoc;
use crate::{auth, calls, events, health, media, menu, openapi, orders, reports, stores, tables, web};

/// Every path that the server answers.
pub fn configure(config: &mut ServiceConfig) {
    config
        // public
        .service(health::live)
        .service(health::ready)
        .service(openapi::document)
        .service(openapi::docs)
        .service(openapi::styles)
        .service(media::image)
        .service(auth::handlers::admin_login)
        .service(auth::handlers::table_login)
        .service(client_errors())
        // a guest's device
        .service(auth::handlers::refresh)
        .service(auth::handlers::table_logout)
        .service(auth::handlers::table_me)
        .service(menu::handlers::list)
        .service(orders::table::create)
        .service(orders::table::list)
        .service(calls::create)
        .service(events::stream::of_table)
        // a manager
        .service(auth::handlers::admin_logout)
        .service(auth::handlers::admin_logout_everywhere)
        .service(auth::handlers::admin_me)
        .service(orders::admin::board)
        .service(orders::admin::set_status)
        .service(orders::admin::recall)
        .service(orders::admin::acknowledge)
        .service(orders::detail::find)
        .configure(|config| refuse(config, "/api/admin/orders/find", "GET, HEAD"))
        .service(orders::admin::delete)
        .service(orders::detail::read)
        .service(tables::manage::list)
        .service(tables::manage::create)
        .service(tables::manage::update)
        .service(tables::manage::delete)
        .service(tables::sessions::complete)
        .service(tables::sessions::move_party)
        .service(tables::sessions::history)
        .service(tables::devices::list)
        .service(tables::devices::list_all)
        .service(tables::devices::revoke)
        .service(menu::categories::list)
        .service(menu::categories::create)
        .service(menu::categories::reorder)
        .configure(|config| refuse(config, "/api/admin/categories/order", "PUT"))
        .service(menu::categories::update)
        .service(menu::categories::delete)
        .service(menu::manage::list)
        .service(menu::manage::create)
        .service(menu::manage::reorder)
        .configure(|config| refuse(config, "/api/admin/menus/order", "PUT"))
        .service(menu::bulk::change_many)
        .configure(|config| refuse(config, "/api/admin/menus/bulk", "POST"))
        .service(menu::sheet::export)
        .service(menu::sheet::import)
        .configure(|config| refuse(config, "/api/admin/menus/import", "POST"))
        .service(menu::manage::update)
        .service(menu::manage::delete)
        .service(media::upload::create)
        .service(calls::list)
        .service(calls::acknowledge)
        .service(events::stream::of_store)
        .service(reports::day)
        .service(reports::day_csv)
        .service(stores::settings::read)
        .service(stores::settings::update)
        .service(stores::users::list)
        .service(stores::users::create)
        .service(stores::users::update)
        .service(stores::users::delete)
        .service(stores::users::change_own)
        .service(stores::audit::list)
        .configure(other_methods)
        // the apps
        .route("/api", route().to(nothing))
        .route("/api/{tail:.*}", route().to(nothing))
        .service(resource("/admin").route(get().to(web::admin)))
        .service(resource("/admin/{tail:.*}").route(get().to(web::admin)))
        .service(resource("/{tail:.*}").route(get().to(web::customer)));
}

/// Reports of crashes, which are small.
fn client_errors() -> Resource {
    let small = crate::http::json_up_to(REPORT_MAX_BYTES);
    resource("/api/client-errors").guard(Post()).app_data(small).to(crate::client_errors::report)
}

/// A path that exists answers 405 to the methods that do not, and names those that do.
fn other_methods(config: &mut ServiceConfig) {
    for (path, item) in ApiDoc::openapi().paths.paths {
        let known =
            [("DELETE", &item.delete), ("GET, HEAD", &item.get), ("POST", &item.post), ("PUT", &item.put)];
        let known: Vec<_> =
            known.iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| *method).collect();
        refuse(config, &path, &known.join(", "));
    }
}

/// Answers 405 to what comes to a path from here on. Said at once for a path that could pass for an id, or its
/// other methods would go on to the thing of that id.
fn refuse(config: &mut ServiceConfig, path: &str, allow: &str) {
    let allow = allow.to_owned();
    let answer =
        move || ready(HttpResponse::MethodNotAllowed().insert_header((ALLOW, allow.as_str())).finish());
    config.route(path, route().to(answer));
}

async fn nothing() -> Result<&'static str> {
    Err(AppError::new(shared_types::ErrorCode::NotFound))
}
