//! One request, before it is sent.

use std::cell::RefCell;

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared_types::IdempotencyKey;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::{Failure, auth, exchange, menu};
use crate::json;

/// How a request asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or acts.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

thread_local! {
    /// What `index.html` has asked for already, while nobody has taken it.
    static PRELOADED: RefCell<Vec<&'static str>> = RefCell::new(vec![auth::ME_PATH, menu::BOARD_PATH]);
}

/// What was preloaded was asked for by somebody else. Whoever asks next would still be answered with it, whatever the
/// headers, and a refusal of then would end the login of now: so it is taken, and nobody looks at it.
pub(super) fn forget_preloaded() {
    for path in PRELOADED.take() {
        let stale = Request { bare: true, repeat: false, ..Request::get(path).sign_in() };
        spawn_local(async move { drop(exchange::send(&stale).await) });
    }
}

/// One request to the API. Build it, then [`Request::json`] or [`Request::done`].
#[derive(Debug, Clone)]
pub struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) body: Option<String>,
    pub(super) file: Option<File>,
    pub(super) key: Option<IdempotencyKey>,
    pub(super) repeat: bool,
    pub(super) sign_in: bool,
    pub(super) bare: bool,
}

impl Request {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            body: None,
            file: None,
            key: None,
            repeat: method == Method::Get,
            sign_in: false,
            bare: false,
        }
    }

    /// A read of `path`, which begins with `/api/`.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path)
    }

    /// An action.
    #[must_use]
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::Post, path)
    }

    /// A change.
    #[must_use]
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::Put, path)
    }

    /// A removal.
    #[must_use]
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path)
    }

    /// With a JSON body.
    #[must_use]
    pub fn body(self, body: &impl Serialize) -> Self {
        // Only maps with keys that are no strings cannot be written; the contract has none.
        self.text(serde_json::to_string(body).unwrap_or_default())
    }

    /// With a JSON body that is already written.
    #[must_use]
    pub fn text(mut self, json: String) -> Self {
        self.body = Some(json);
        self
    }

    /// With a spreadsheet as its body, sent as it is: whether it is UTF-8 is the server's to say.
    #[must_use]
    pub fn sheet(mut self, file: File) -> Self {
        self.file = Some(file);
        self
    }

    /// With the key by which the server recognises a repetition; the request is then repeated like a read.
    #[must_use]
    pub fn key(mut self, key: IdempotencyKey) -> Self {
        self.key = Some(key);
        self.repeat()
    }

    /// Safe to repeat once after a network failure.
    #[must_use]
    pub fn repeat(mut self) -> Self {
        self.repeat = true;
        self
    }

    /// A login: a 401 means a wrong password, not a lost session.
    #[must_use]
    pub fn sign_in(mut self) -> Self {
        self.sign_in = true;
        self
    }

    /// The first time in a page without the app's own headers, so that the browser answers it from a
    /// `<link rel=preload>`.
    #[must_use]
    pub(super) fn preloaded(mut self) -> Self {
        self.bare = PRELOADED.with_borrow_mut(|paths| {
            let place = paths.iter().position(|path| *path == self.path);
            place.map(|place| paths.swap_remove(place)).is_some()
        });
        self
    }

    /// Sends it and reads the answer.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, Failure> {
        let body = exchange::send(&self).await?;
        json::from_str(&body).map_err(|_| Failure::Malformed)
    }

    /// Sends it and gives the answer as it came, to be kept and read by [`json::from_str`].
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn raw(self) -> Result<String, Failure> {
        exchange::send(&self).await
    }

    /// Sends it; the answer has no body, or none of interest.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn done(self) -> Result<(), Failure> {
        exchange::send(&self).await.map(drop)
    }

    pub(super) fn is_for_table(&self) -> bool {
        !self.path.starts_with("/api/admin/")
    }
}
