//! What a refused change means to the person who pressed.

use shared_types::ErrorCode;
use web_kit::api::Failure;

/// What a refused change means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Another screen was first: show what the server has, and say so kindly.
    Overtaken,
    /// It is no longer there.
    Gone,
    /// The login has ended; the login page says so.
    SignedOut,
    /// Nothing happened, or nobody knows: look at the server's state and let them press again.
    Failed,
}

impl From<&Failure> for Refusal {
    fn from(failure: &Failure) -> Self {
        match failure.code() {
            Some(ErrorCode::StatusConflict | ErrorCode::InvalidTransition) => Self::Overtaken,
            Some(ErrorCode::NotFound) => Self::Gone,
            _ if matches!(failure, Failure::Api(_, 401)) => Self::SignedOut,
            _ => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals() {
        let refusal = |status, code| {
            let body = format!(r#"{{"error":{{"code":"{code}","message":""}}}}"#);
            Refusal::from(&Failure::from_answer(status, &body))
        };
        assert_eq!(refusal(409, "status_conflict"), Refusal::Overtaken);
        assert_eq!(refusal(400, "invalid_transition"), Refusal::Overtaken);
        assert_eq!(refusal(404, "not_found"), Refusal::Gone);
        assert_eq!(refusal(401, "token_expired"), Refusal::SignedOut);
        assert_eq!(refusal(503, "unavailable"), Refusal::Failed);
        assert_eq!(Refusal::from(&Failure::Timeout), Refusal::Failed);
    }
}
