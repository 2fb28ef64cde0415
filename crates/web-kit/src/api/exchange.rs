//! Sending: the time limit, the repetition, the refresh after 401.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use gloo_net::http::RequestBuilder;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use shared_types::ErrorCode;
use web_sys::AbortController;

use super::{Failure, Method, Request, app_version, signed_out};
use crate::{clock, i18n};

/// A call that brought nothing after so long never will.
const TIME_LIMIT_MS: u32 = 10_000;
/// The pause before the one repetition.
const REPEAT_AFTER_MS: u32 = 1_000;

/// Sends a request and answers with the body of a success.
pub(super) async fn send(request: &Request) -> Result<String, Failure> {
    let answer = send_repeating(request).await;
    let Err(Failure::Api(error, 401)) = &answer else { return answer };
    if request.sign_in {
        return answer;
    }
    let renewable = matches!(error.code, ErrorCode::TokenExpired | ErrorCode::Unauthenticated);
    let Some(renew) = RENEW.get().filter(|_| request.is_for_table() && renewable) else {
        signed_out(error.code);
        return answer;
    };
    match renew().await {
        Ok(()) => send_repeating(request).await,
        Err(Failure::Api(refused, 401)) => {
            signed_out(refused.code);
            answer
        }
        Err(failure) => Err(failure),
    }
}

async fn send_repeating(request: &Request) -> Result<String, Failure> {
    let mut again = request.repeat;
    loop {
        let answer = send_once(request).await;
        match &answer {
            Err(failure) if again && failure.is_connection() => TimeoutFuture::new(REPEAT_AFTER_MS).await,
            _ => return answer,
        }
        again = false;
    }
}

async fn send_once(request: &Request) -> Result<String, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::Network)?;
    let signal = controller.signal();
    let too_late = Rc::new(Cell::new(false));
    let timer = Timeout::new(TIME_LIMIT_MS, {
        let too_late = Rc::clone(&too_late);
        move || {
            too_late.set(true);
            controller.abort();
        }
    });
    let answer = fetch(request, &signal).await;
    drop(timer);
    match answer {
        Ok((status, body)) if (200..300).contains(&status) => Ok(body),
        Ok((status, body)) => Err(Failure::from_answer(status, &body)),
        Err(_) if too_late.get() => Err(Failure::Timeout),
        Err(_) => Err(Failure::Network),
    }
}

async fn fetch(request: &Request, signal: &web_sys::AbortSignal) -> Result<(u16, String), gloo_net::Error> {
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.path).method(method).abort_signal(Some(signal));
    if !request.bare {
        builder = builder
            .header("Accept-Language", i18n::lang_untracked().as_str())
            .header("X-App-Version", app_version());
    }
    if let Some(key) = &request.key {
        builder = builder.header("Idempotency-Key", &key.to_string());
    }
    let ready = match (&request.body, &request.file) {
        (Some(json), _) => builder.header("Content-Type", "application/json").body(json.as_str())?,
        (None, Some(file)) => builder.header("Content-Type", "text/csv").body(file)?,
        (None, None) => builder.build()?,
    };
    let response = ready.send().await?;
    if let Some(date) = response.headers().get("Date") {
        clock::note_server_date(&date);
    }
    Ok((response.status(), response.text().await?))
}

type Refresh = Shared<LocalBoxFuture<'static, Result<(), Failure>>>;
type Renew = fn() -> LocalBoxFuture<'static, Result<(), Failure>>;

thread_local! {
    static RENEW: Cell<Option<Renew>> = const { Cell::new(None) };
    static REFRESH: RefCell<Option<Refresh>> = const { RefCell::new(None) };
}

/// From now on an expired login of a table is renewed. Only the guests' app asks for it, and only it carries the code.
pub fn renew_table_logins() {
    RENEW.set(Some(|| refresh().boxed_local()));
}

/// Renews the table's login. However many calls ask at once, one request is sent: the server takes a second use
/// of the same credential for theft.
async fn refresh() -> Result<(), Failure> {
    let shared = REFRESH.with_borrow_mut(|slot| {
        slot.get_or_insert_with(|| {
            async {
                let result = send_repeating(&Request::post("/api/auth/refresh")).await.map(drop);
                REFRESH.with_borrow_mut(|slot| *slot = None);
                result
            }
            .boxed_local()
            .shared()
        })
        .clone()
    });
    shared.await
}
