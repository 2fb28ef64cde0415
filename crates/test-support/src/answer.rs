//! What the server answered.

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared_types::{ApiError, ErrorBody, ErrorCode};

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as it came over the wire.
    pub body: Bytes,
}

impl Answer {
    /// Reads a response.
    pub async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, body: response.bytes().await.expect("the answer broke off") }
    }

    /// Fails unless the status is this one.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The body of an answer with this status.
    #[track_caller]
    #[must_use]
    pub fn json<T: DeserializeOwned>(self, status: u16) -> T {
        let answer = self.expect(status);
        serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
    }

    /// The body of an answer with this status, whatever it holds.
    #[track_caller]
    #[must_use]
    pub fn value(self, status: u16) -> Value {
        self.json(status)
    }

    /// The error that this is.
    #[track_caller]
    #[must_use]
    pub fn error(&self) -> ApiError {
        let body: ErrorBody = serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no error: {error}, {} {}", self.status, self.text()));
        assert_eq!(self.status, body.error.code.status(), "status and code do not fit: {}", self.text());
        body.error
    }

    /// The code of the error that this is.
    #[track_caller]
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.error().code
    }

    /// The first code of a field that is wrong.
    #[track_caller]
    #[must_use]
    pub fn field(&self, name: &str) -> ErrorCode {
        let fields = self.error().details.fields;
        let codes = fields.get(name).unwrap_or_else(|| panic!("{name} is not among {fields:?}"));
        codes[0]
    }

    /// A header; empty if it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The body, for people.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
