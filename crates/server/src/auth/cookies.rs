//! The three cookies. `HttpOnly`, so that no script reads them; one name per app, so that both work side by
//! side in one browser.

use actix_web::cookie::{Cookie, SameSite, time};

use crate::config::Environment;

/// A manager's access token; read by `/api/admin/*` only.
pub const ADMIN: &str = "tableorder_admin";
/// A device's access token; read by everything else.
pub const TABLE: &str = "tableorder_table";
/// A device's long-lived credential; sent to `/api/auth/*` only.
pub const DEVICE: &str = "tableorder_device";
/// All of them.
pub const ALL: [&str; 3] = [ADMIN, TABLE, DEVICE];

fn path(name: &str) -> &'static str {
    if name == DEVICE { "/api/auth" } else { "/api" }
}

/// A cookie that lives for some seconds.
#[must_use]
pub fn set(name: &'static str, value: String, seconds: i64, environment: Environment) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(path(name))
        .http_only(true)
        .secure(environment == Environment::Production)
        .same_site(SameSite::Strict)
        .max_age(time::Duration::seconds(seconds))
        .finish()
}

/// A cookie that removes the one of that name.
#[must_use]
pub fn clear(name: &'static str, environment: Environment) -> Cookie<'static> {
    set(name, String::new(), 0, environment)
}
