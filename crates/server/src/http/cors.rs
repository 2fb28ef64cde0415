//! Which other origins' pages may call the API: the configured ones, and by default none. Our own pages need
//! no permission where app and API share an origin.

use actix_cors::Cors;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER,
};

/// Seconds for which a browser remembers a permission.
const MAX_AGE: usize = 600;

/// Lets the pages of these origins call with cookies; says nothing to all others, which browsers take for no.
pub fn of(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "DELETE"])
        .allowed_headers([ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, IF_NONE_MATCH])
        .allowed_headers([
            "Idempotency-Key",
            "Last-Event-ID",
            "X-App-Version",
            "X-Request-Id",
            "X-Requested-With",
        ])
        .expose_headers([ETAG, RETRY_AFTER])
        .expose_headers(["X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"])
        .supports_credentials()
        .max_age(MAX_AGE);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
