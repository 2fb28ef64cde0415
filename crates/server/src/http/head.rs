//! `HEAD`: everything that `GET` answers, without the body. The handlers never see it.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use bytes::Bytes;

/// The caller asked with `HEAD`; the handlers see `GET`.
#[derive(Debug, Clone, Copy)]
pub struct AskedForHead;

/// Lets the handlers of `GET` answer a `HEAD`.
pub(super) fn into_get(request: &mut ServiceRequest) {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(AskedForHead);
    }
}

/// Keeps the length of the answer to a `HEAD`, and nothing else of its body.
pub(super) fn without_body(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    if response.request().extensions().get::<AskedForHead>().is_none() {
        return response;
    }
    response.map_body(|_, body| BoxBody::new(Unsent(body.size())))
}

/// As long as the body that is not sent.
struct Unsent(BodySize);

impl MessageBody for Unsent {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(None)
    }
}
