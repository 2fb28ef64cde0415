//! Why a call brought nothing.

use shared_types::errors::{ErrorDetails, FieldErrors};
use shared_types::{ApiError, ErrorBody, ErrorCode, Lang};

use crate::json;

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server answered with an error, and this HTTP status.
    Api(Box<ApiError>, u16),
    /// No answer: not connected, refused, cut off.
    Network,
    /// No answer within 10 s.
    Timeout,
    /// An answer that this version does not understand.
    Malformed,
}

impl Failure {
    /// Reads the body of an error answer. A proxy in between may answer in HTML: then the status speaks.
    #[must_use]
    pub fn from_answer(status: u16, body: &str) -> Self {
        let error = match json::from_str::<ErrorBody>(body) {
            Ok(body) => body.error,
            Err(_) => ApiError {
                code: code_of_status(status),
                message: String::new(),
                request_id: None,
                details: ErrorDetails::default(),
            },
        };
        Self::Api(Box::new(error), status)
    }

    /// The server's error code, when it answered.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.api().map(|error| error.code)
    }

    /// The server's error, when it answered.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error, _) => Some(error),
            _ => None,
        }
    }

    /// The facts beside the code; empty when the server did not answer.
    #[must_use]
    pub fn details(&self) -> ErrorDetails {
        self.api().map(|error| error.details.clone()).unwrap_or_default()
    }

    /// The wrong fields that the server named.
    #[must_use]
    pub fn fields(&self) -> FieldErrors {
        FieldErrors(self.details().fields)
    }

    /// Whether no answer came at all: trying again may help.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(self, Self::Network | Self::Timeout)
    }

    /// Whether the server may have done what was asked although no clear answer came. Such a write may only be
    /// repeated in a way that the server recognises as the same.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        match self {
            Self::Api(_, status) => *status >= 500,
            Self::Network | Self::Timeout | Self::Malformed => true,
        }
    }

    /// The words for an error that the server answered; `None` when it did not answer, which the app words itself.
    #[must_use]
    pub fn message(&self, lang: Lang) -> Option<&'static str> {
        self.code().map(|code| code.message(lang))
    }
}

fn code_of_status(status: u16) -> ErrorCode {
    let same = |code: &&ErrorCode| code.status() == status;
    match status {
        // Several codes share these; the plain ones are meant.
        400 => ErrorCode::MalformedRequest,
        401 => ErrorCode::Unauthenticated,
        403 => ErrorCode::Forbidden,
        409 => ErrorCode::StatusConflict,
        500.. => ErrorCode::Unavailable,
        _ => ErrorCode::ALL.iter().find(same).copied().unwrap_or(ErrorCode::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_envelope() {
        let body =
            r#"{"error":{"code":"account_locked","message":"…","details":{"retry_after_seconds":900}}}"#;
        let failure = Failure::from_answer(403, body);
        assert_eq!(failure.code(), Some(ErrorCode::AccountLocked));
        assert_eq!(failure.details().retry_after_seconds, Some(900));
        assert!(!failure.is_ambiguous());
    }

    #[test]
    fn a_proxys_page_becomes_a_code() {
        assert_eq!(Failure::from_answer(502, "<html>").code(), Some(ErrorCode::Unavailable));
        assert_eq!(Failure::from_answer(413, "").code(), Some(ErrorCode::PayloadTooLarge));
        assert_eq!(Failure::from_answer(429, "").code(), Some(ErrorCode::TooManyRequests));
        assert_eq!(Failure::from_answer(418, "").code(), Some(ErrorCode::NotFound));
    }

    #[test]
    fn only_a_clear_refusal_is_unambiguous() {
        for (failure, ambiguous) in [
            (Failure::Network, true),
            (Failure::Timeout, true),
            (Failure::Malformed, true),
            (Failure::from_answer(503, ""), true),
            (Failure::from_answer(409, ""), false),
            (Failure::from_answer(401, ""), false),
        ] {
            assert_eq!(failure.is_ambiguous(), ambiguous, "{failure:?}");
        }
    }
}
