//! What a request may cost before anybody looks at it: the length of its address and headers, and the time
//! for its body to arrive and for its answer to be made.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::ConnectionType;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use actix_web::{HttpMessage as _, HttpResponse};
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::unfold;
use shared_types::ErrorCode;
use tokio::time::{Instant, sleep_until, timeout_at};

/// Bytes of path and query, at most.
pub const ADDRESS_BYTES: usize = 8 * 1024;
/// Bytes of all headers, names and values, at most. HTTP's own parser stops at 96 headers and 128 KiB.
pub const HEADER_BYTES: usize = 32 * 1024;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// For the request's head to arrive.
    pub head: Duration,
    /// For a body of JSON to arrive.
    pub body: Duration,
    /// For a picture to arrive.
    pub upload: Duration,
    /// For the answer, once the request is complete. Longer than the wait for a database connection.
    pub answer: Duration,
    /// For a client to take what was sent to it, or to prove that it is still there.
    pub stalled: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            upload: Duration::from_secs(60),
            answer: Duration::from_secs(8),
            stalled: Duration::from_secs(30),
        }
    }
}

/// Refuses an address or headers that are too long.
///
/// # Errors
/// `uri_too_long`, `headers_too_large`
pub fn check(request: &ServiceRequest) -> Result<(), ErrorCode> {
    let uri = request.uri();
    if uri.path().len() + uri.query().map_or(0, str::len) > ADDRESS_BYTES {
        return Err(ErrorCode::UriTooLong);
    }
    let headers = request.headers().iter();
    let bytes: usize = headers.map(|(name, value)| name.as_str().len() + value.len()).sum();
    if bytes > HEADER_BYTES { Err(ErrorCode::HeadersTooLarge) } else { Ok(()) }
}

/// When the answer is due. It moves while the body arrives.
#[derive(Clone)]
pub struct Deadline {
    due: Rc<Cell<Instant>>,
    /// What is still to come of the body.
    rest: Rc<RefCell<Option<Payload>>>,
}

impl Deadline {
    /// Puts a request under time limits: its body must be there in time, and then its answer.
    pub fn begin(request: &mut ServiceRequest, times: &Times) -> Self {
        let now = Instant::now();
        let headers = request.headers();
        if !headers.contains_key(TRANSFER_ENCODING)
            && headers.get(CONTENT_LENGTH).is_none_or(|length| length == "0")
        {
            return Self { due: Rc::new(Cell::new(now + times.answer)), rest: Rc::default() };
        }
        let upload = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        let arrival = now + if upload { times.upload } else { times.body };
        let due = Rc::new(Cell::new(arrival + times.answer));
        let deadline = Self { due, rest: Rc::new(RefCell::new(Some(request.take_payload()))) };
        let body = Body { arrival, answer: times.answer, deadline: deadline.clone() };
        let stream = unfold(body, |mut body| async move { body.next().await.map(|chunk| (chunk, body)) });
        // Fused: the reader of multipart asks once more after the end.
        request.set_payload(Payload::Stream { payload: Box::pin(stream.fuse()) });
        deadline
    }

    /// Ends the connection with this answer if something of the body is still to come: nobody will read it. The
    /// rest is held until the answer is sent, because actix goes on reading, for as long as the client likes, what
    /// was dropped.
    #[must_use]
    pub fn settle(&self, mut response: HttpResponse) -> HttpResponse {
        let Some(rest) = self.rest.borrow_mut().take() else { return response };
        response.head_mut().set_connection_type(ConnectionType::Close);
        response.map_body(|_, body| BoxBody::new(Held { body, _rest: rest }))
    }

    /// Waits for the answer; `None` when it is not there in time.
    pub async fn wait<T>(&self, answer: impl Future<Output = T>) -> Option<T> {
        let mut answer = pin!(answer);
        let mut due = pin!(sleep_until(self.due.get()));
        poll_fn(|context| {
            if let Poll::Ready(done) = answer.as_mut().poll(context) {
                return Poll::Ready(Some(done));
            }
            // The body is read while the answer is made: it may have moved the deadline.
            if due.deadline() != self.due.get() {
                due.as_mut().reset(self.due.get());
            }
            due.as_mut().poll(context).map(|()| None)
        })
        .await
    }
}

/// A body on its way.
struct Body {
    arrival: Instant,
    answer: Duration,
    deadline: Deadline,
}

impl Body {
    async fn next(&mut self) -> Option<Result<Bytes, PayloadError>> {
        let rest = Rc::clone(&self.deadline.rest);
        let next = poll_fn(|context| match rest.borrow_mut().as_mut() {
            Some(payload) => payload.poll_next_unpin(context),
            None => Poll::Ready(None),
        });
        match timeout_at(self.arrival, next).await {
            Ok(Some(chunk)) => Some(chunk),
            Ok(None) => {
                self.deadline.due.set(Instant::now() + self.answer);
                self.deadline.rest.replace(None);
                None
            }
            Err(_) => Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into()))),
        }
    }
}

/// An answer, and what of the request it did not wait for.
struct Held {
    body: BoxBody,
    _rest: Payload,
}

impl MessageBody for Held {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_next(context)
    }
}

/// Whether a body was given up because it did not arrive in time.
#[must_use]
pub fn is_late(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(cause) if cause.kind() == io::ErrorKind::TimedOut)
}
