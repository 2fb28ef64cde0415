//! The API, typed: one file per feature, one function per operation.
//!
//! Every call gives up after 10 s. Reads are repeated once, 1 s after a network failure; writes only where the
//! server makes repeating safe (an order by its key, a call by its kind). A table's call that meets an expired
//! token refreshes the login once, however many calls wait for it, and is then repeated.

pub mod admin;
pub mod auth;
pub mod calls;
mod exchange;
mod failure;
pub mod menu;
pub mod orders;
mod request;

pub use exchange::renew_table_logins;
pub use failure::Failure;
pub use request::{Method, Request};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared_types::ErrorCode;

type SignedOut = Rc<dyn Fn(ErrorCode)>;

thread_local! {
    static APP_VERSION: Cell<&'static str> = const { Cell::new(env!("CARGO_PKG_VERSION")) };
    static SIGNED_OUT: RefCell<Option<SignedOut>> = const { RefCell::new(None) };
}

/// Says which app and version calls, for the `X-App-Version` header. Call it first thing in `main`.
pub fn set_app_version(version: &'static str) {
    APP_VERSION.set(version);
}

pub(crate) fn app_version() -> &'static str {
    APP_VERSION.get()
}

/// Registers what happens when the server no longer knows this login. Called with the reason, once per failed call.
pub fn on_signed_out(then: impl Fn(ErrorCode) + 'static) {
    SIGNED_OUT.with_borrow_mut(|slot| *slot = Some(Rc::new(then)));
}

pub(crate) fn signed_out(reason: ErrorCode) {
    let then = SIGNED_OUT.with_borrow(Clone::clone);
    if let Some(then) = then {
        then(reason);
    }
}

/// A text that can stand in a query string.
#[must_use]
pub fn query_value(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
