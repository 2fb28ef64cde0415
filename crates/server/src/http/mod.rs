//! What every request passes through: the edge (ids, logs, errors in the catalogue's words), the gate,
//! and the extractors of bodies and languages.

pub mod bounds;
pub mod cors;
pub mod edge;
pub mod encoded;
pub mod gate;
pub mod head;
pub mod limits;
pub mod sockets;

use actix_web::error::JsonPayloadError;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, ResponseError};
use chrono::{Datelike as _, NaiveDate};
use serde::de::DeserializeOwned;
use shared_types::{ErrorCode, Lang};

use crate::error::{AppError, Result};

/// Bytes of a JSON body, at most. 50 lines with 50 options each fit in half of it.
pub const JSON_LIMIT: usize = 256 * 1024;

/// How wrong bodies, paths and queries are answered.
pub fn configure(config: &mut ServiceConfig) {
    config
        .app_data(json_up_to(JSON_LIMIT))
        // An id that is no id names nothing.
        .app_data(web::PathConfig::default().error_handler(|_, _| AppError::new(ErrorCode::NotFound).into()))
        .app_data(
            web::QueryConfig::default()
                .error_handler(|_, _| AppError::new(ErrorCode::MalformedRequest).into()),
        );
}

/// How a JSON body of at most some bytes is read.
#[must_use]
pub fn json_up_to(bytes: usize) -> web::JsonConfig {
    web::JsonConfig::default().limit(bytes).error_handler(|error, _| {
        let code = match error.status_code().as_u16() {
            413 => ErrorCode::PayloadTooLarge,
            415 => ErrorCode::UnsupportedMediaType,
            _ if matches!(error, JsonPayloadError::ContentType) => ErrorCode::UnsupportedMediaType,
            _ if matches!(&error, JsonPayloadError::Payload(cause) if bounds::is_late(cause)) => {
                ErrorCode::RequestTimeout
            }
            _ => ErrorCode::MalformedRequest,
        };
        AppError::new(code).into()
    })
}

/// A body that may be left out; one that cannot be read must not pass for none.
///
/// # Errors
/// `malformed_request`
pub fn optional_body<T: Default + DeserializeOwned>(body: &[u8]) -> Result<T> {
    if body.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_slice(body).map_err(|_| ErrorCode::MalformedRequest.into())
}

/// The language that the caller asks for.
#[must_use]
pub fn language(request: &HttpRequest) -> Lang {
    let header = request.headers().get("Accept-Language").and_then(|value| value.to_str().ok());
    header.map(Lang::from_accept_language).unwrap_or_default()
}

/// How many rows a page has: 1 to 100.
///
/// # Errors
/// `validation_failed`
pub fn page_limit(asked: Option<i64>, default: i64) -> Result<i64> {
    match asked.unwrap_or(default) {
        limit @ 1..=100 => Ok(limit),
        _ => Err(AppError::field("limit", ErrorCode::OutOfRange)),
    }
}

/// From when to when: years of four digits, and not backwards.
///
/// # Errors
/// `validation_failed`
pub fn check_dates(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<()> {
    for (field, date) in [("from", from), ("to", to)] {
        if date.is_some_and(|date| !(0..=9999).contains(&date.year())) {
            return Err(AppError::field(field, ErrorCode::OutOfRange));
        }
    }
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(AppError::field("to", ErrorCode::OutOfRange)),
        _ => Ok(()),
    }
}

/// Where a page begins.
///
/// # Errors
/// `validation_failed`: it is none of our cursors.
pub fn parse_cursor(text: Option<&str>) -> Result<Option<db::cursor::Cursor>> {
    text.map(str::parse).transpose().map_err(|_| AppError::field("cursor", ErrorCode::InvalidFormat))
}

/// A short header of printable characters, as clients send their version.
#[must_use]
pub fn short_header<'a>(request: &'a HttpRequest, name: &str, max: usize) -> Option<&'a str> {
    let text = request.headers().get(name)?.to_str().ok()?.trim();
    (!text.is_empty() && text.len() <= max && text.bytes().all(|b| b == b' ' || b.is_ascii_graphic()))
        .then_some(text)
}
