//! The gate: too many requests from one address are refused, requests out of bounds too, and writes that a
//! browser sends with its cookies must come from our own pages.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, ORIGIN};
use actix_web::middleware::Next;
use actix_web::web::Data;
use shared_types::ErrorCode;

use crate::app::AppState;
use crate::auth::cookies;
use crate::error::AppError;
use crate::http::{bounds, limits};

/// Refuses an unsafe request whose `Origin` is another site's, one with our cookies but no `Origin`, and a form with our
/// cookies that no script of ours has sent.
///
/// # Errors
/// None of its own: a refusal is the answer `wrong_origin`.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let state = request.app_data::<Data<AppState>>();
    if let Some(Err(refused)) = state.map(|state| limits::check(&state.limits, &request)) {
        return Ok(request.error_response(refused));
    }
    if let Err(refused) = bounds::check(&request) {
        return Ok(request.error_response(AppError::new(refused)));
    }
    let fine = request.method().is_safe() || (is_ours(&request) && is_no_plain_form(&request));
    if !fine {
        return Ok(request.error_response(AppError::new(ErrorCode::WrongOrigin)));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// A form of any site can be sent here with our cookies; a header of its own needs a script that the browser lets.
fn is_no_plain_form(request: &ServiceRequest) -> bool {
    let headers = request.headers();
    let multipart = headers.get(CONTENT_TYPE).and_then(|value| value.as_bytes().get(..10));
    !multipart.is_some_and(|start| start.eq_ignore_ascii_case(b"multipart/"))
        || headers.contains_key(AUTHORIZATION)
        || headers.contains_key("X-Requested-With")
        || !has_our_cookies(request)
}

fn has_our_cookies(request: &ServiceRequest) -> bool {
    cookies::ALL.iter().any(|name| request.cookie(name).is_some())
}

fn is_ours(request: &ServiceRequest) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = header(ORIGIN) else {
        // Browsers always say where an unsafe request comes from; without cookies there is nothing to abuse.
        return request.headers().contains_key(AUTHORIZATION) || !has_our_cookies(request);
    };
    // Which of the two it is, only a proxy in front may know.
    let authority = ["https://", "http://"].iter().find_map(|scheme| origin.strip_prefix(scheme));
    let same_host = authority.is_some() && authority == header(HOST);
    same_host
        || request
            .app_data::<Data<AppState>>()
            .is_some_and(|state| state.public_origins.iter().any(|o| o == origin))
}
