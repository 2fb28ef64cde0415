//! The outermost middleware: a request id in and out, one log line a request, `Server-Timing`, security
//! headers, and every error in the catalogue's form and the caller's language.

use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest};
use shared_types::{ErrorCode, Lang};
use tracing::Instrument;
use uuid::Uuid;

use crate::app::AppState;
use crate::error::AppError;
use crate::http::bounds::Deadline;
use crate::http::head;
use crate::http::limits::Left;
use crate::metrics::REQUEST_SECONDS;

/// Requests that take longer are logged as warnings.
const SLOW: Duration = Duration::from_millis(500);

/// The id of the request that is being answered.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Who turned out to be asking; extractors note it for the log line.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The caller's store.
    pub store: Uuid,
    /// User or device.
    pub subject: Uuid,
}

/// The request id, where a handler needs it for the audit log.
#[must_use]
pub fn request_id(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<RequestId>().map(|id| id.0.clone())
}

/// See the module.
///
/// # Errors
/// Those of middleware inside this one; none of ours answers with an error.
pub async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let times = request.app_data::<Data<AppState>>().map(|state| state.times).unwrap_or_default();
    head::into_get(&mut request);
    let id = super::short_header(request.request(), "X-Request-Id", 64)
        .filter(|id| !id.contains(' '))
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned);
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", request_id = %id);
    let late = Late::of(&request);
    let deadline = Deadline::begin(&mut request, &times);
    let Some(response) = deadline.wait(next.call(request).instrument(span.clone())).await else {
        return Err(span.in_scope(|| late.answer(&id, started.elapsed(), &deadline)));
    };
    let response = response?;
    let mut response = span.in_scope(|| in_catalogue_form(response.map_into_boxed_body(), &id));
    let took = started.elapsed();
    let left = response.request().extensions().get::<Left>().copied();
    add_headers(response.headers_mut(), &id, took, left);
    span.in_scope(|| log(response.request(), response.status().as_u16(), took));
    let (request, response) = head::without_body(response).into_parts();
    Ok(ServiceResponse::new(request, deadline.settle(response)))
}

/// What can still be said when the answer is not there in time and the request is gone with it.
struct Late {
    method: Method,
    uri: Uri,
    language: Lang,
}

impl Late {
    /// Nothing is copied but references: every request pays for it.
    fn of(request: &ServiceRequest) -> Self {
        let language = super::language(request.request());
        Self { method: request.method().clone(), uri: request.uri().clone(), language }
    }

    fn answer(&self, id: &str, took: Duration, deadline: &Deadline) -> Error {
        tracing::error!(
            http.method = self.method.as_str(),
            http.path = self.uri.path(),
            duration_ms = milliseconds(took),
            "no answer in time"
        );
        let mut response = AppError::new(ErrorCode::Unavailable).response(self.language, Some(id));
        add_headers(response.headers_mut(), id, took, None);
        InternalError::from_response("no answer in time", deadline.settle(response)).into()
    }
}

/// Rewrites an error answer with the caller's language and the request id.
fn in_catalogue_form(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let says_why = || {
        response.headers().get("content-type").is_some_and(|v| v.as_bytes().starts_with(b"application/json"))
    };
    let fine = !status.is_client_error() && !status.is_server_error();
    if fine || (response.response().error().is_none() && says_why()) {
        return response;
    }
    let (request, answer) = response.into_parts();
    let rebuilt = match answer.error() {
        Some(error) => {
            log_cause(error.as_error::<AppError>());
            app_error(error).response(super::language(&request), Some(id))
        }
        None => from_status(status.as_u16()).response(super::language(&request), Some(id)),
    };
    let mut rebuilt = ServiceResponse::new(request, rebuilt);
    for (name, value) in answer.headers() {
        if ["set-cookie", "allow", "vary"].contains(&name.as_str())
            || name.as_str().starts_with("access-control-")
        {
            rebuilt.headers_mut().append(name.clone(), value.clone());
        }
    }
    rebuilt
}

fn app_error(error: &Error) -> AppError {
    match error.as_error::<AppError>() {
        Some(known) => AppError { code: known.code, details: known.details.clone(), cause: None },
        None => from_status(error.as_response_error().status_code().as_u16()),
    }
}

fn from_status(status: u16) -> AppError {
    AppError::new(match status {
        401 => ErrorCode::Unauthenticated,
        403 => ErrorCode::Forbidden,
        404 => ErrorCode::NotFound,
        405 => ErrorCode::MethodNotAllowed,
        408 => ErrorCode::RequestTimeout,
        413 => ErrorCode::PayloadTooLarge,
        414 => ErrorCode::UriTooLong,
        415 => ErrorCode::UnsupportedMediaType,
        429 => ErrorCode::TooManyRequests,
        431 => ErrorCode::HeadersTooLarge,
        503 => ErrorCode::Unavailable,
        400..=499 => ErrorCode::MalformedRequest,
        _ => ErrorCode::Internal,
    })
}

fn log_cause(error: Option<&AppError>) {
    let Some(AppError { code, cause: Some(cause), .. }) = error else { return };
    if *code == ErrorCode::Unavailable {
        tracing::warn!(error.code = %code, error.cause = %cause, "something we need is unavailable");
    } else {
        tracing::error!(error.code = %code, error.cause = %cause, "request failed");
    }
}

fn add_headers(headers: &mut HeaderMap, id: &str, took: Duration, left: Option<Left>) {
    let timing = format!("app;dur={:.1}", took.as_secs_f64() * 1000.0);
    let dynamic = [("x-request-id", id), ("server-timing", timing.as_str())];
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ];
    for (name, value) in dynamic.into_iter().chain(fixed) {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    if let Some(left) = left {
        headers.insert(HeaderName::from_static("ratelimit-limit"), HeaderValue::from(left.limit));
        headers.insert(HeaderName::from_static("ratelimit-remaining"), HeaderValue::from(left.remaining));
        headers.insert(HeaderName::from_static("ratelimit-reset"), HeaderValue::from(1));
    }
    if !headers.contains_key("cache-control") {
        headers.insert(HeaderName::from_static("cache-control"), HeaderValue::from_static("no-store"));
    }
}

/// A method's name for the metrics: anybody may invent methods.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// With one decimal.
fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 10_000.0).round() / 10.0
}

fn log(request: &HttpRequest, status: u16, took: Duration) {
    let head = request.extensions().get::<head::AskedForHead>().is_some();
    let (method, path) = (if head { "HEAD" } else { request.method().as_str() }, request.path());
    let route = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let caller = request.extensions().get::<Caller>().cloned();
    let (store, subject) = caller.map(|c| (c.store.to_string(), c.subject.to_string())).unwrap_or_default();
    let ms = milliseconds(took);
    let stream = route.ends_with("/events") || route.ends_with("/sse/orders");
    if status >= 500 {
        tracing::error!(
            http.method = method,
            http.path = path,
            http.status = status,
            duration_ms = ms,
            store,
            subject,
            "request"
        );
    } else if took > SLOW && !stream {
        tracing::warn!(
            http.method = method,
            http.path = path,
            http.status = status,
            duration_ms = ms,
            store,
            subject,
            "slow request"
        );
    } else {
        tracing::info!(
            http.method = method,
            http.path = path,
            http.status = status,
            duration_ms = ms,
            store,
            subject,
            "request"
        );
    }
    metrics::histogram!(REQUEST_SECONDS, "method" => known(request.method()), "route" => route, "status" => status.to_string())
        .record(took.as_secs_f64());
}
