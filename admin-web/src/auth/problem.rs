//! Why a login did not work, and what its form says of it.

use shared_types::ErrorCode;
use web_kit::api::Failure;

use crate::say;

/// Why a login did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Store, name or password; which one is not said.
    Wrong,
    /// Too many wrong passwords.
    Locked {
        /// When the lock ends, in milliseconds of the server's time.
        until_ms: i64,
    },
    /// No answer came.
    Network,
    /// The server said something else.
    Other(ErrorCode),
}

impl Problem {
    /// Reads the server's refusal.
    #[must_use]
    pub fn of(failure: &Failure, now_ms: i64) -> Self {
        match failure.code() {
            None => Self::Network,
            Some(ErrorCode::InvalidCredentials) => Self::Wrong,
            Some(ErrorCode::AccountLocked) => {
                let seconds = failure.details().retry_after_seconds.unwrap_or(60).max(1);
                Self::Locked { until_ms: now_ms.saturating_add(seconds.saturating_mul(1_000)) }
            }
            Some(code) => Self::Other(code),
        }
    }

    /// What happened.
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::Wrong => say!(auth.wrong),
            Self::Locked { .. } => say!(auth.locked_title),
            Self::Network => say!(auth.network_title),
            Self::Other(_) => say!(auth.failed_title),
        }
    }

    /// What happened where the store and the name are known: then it is the password.
    #[must_use]
    pub fn told(self) -> String {
        if self == Self::Wrong { say!(auth.wrong_password) } else { self.title() }
    }

    /// Minutes until a lock ends, rounded up; `None` once it has, or without a lock.
    #[must_use]
    pub fn minutes_locked(self, now_ms: i64) -> Option<i64> {
        match self {
            Self::Locked { until_ms } if until_ms > now_ms => Some((until_ms - now_ms + 59_999) / 60_000),
            _ => None,
        }
    }
}

/// Whether the end of a login is told: one that never began is not.
#[must_use]
pub fn is_worth_telling(was_signed_in: bool, reason: ErrorCode) -> bool {
    was_signed_in || matches!(reason, ErrorCode::TokenExpired | ErrorCode::CredentialRevoked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(status: u16, body: &str) -> Failure {
        Failure::from_answer(status, body)
    }

    #[test]
    fn a_lock_counts_its_minutes_down() {
        let body = r#"{"error":{"code":"account_locked","message":"","details":{"retry_after_seconds":61}}}"#;
        let problem = Problem::of(&failure(403, body), 1_000);
        assert_eq!(problem, Problem::Locked { until_ms: 62_000 });
        assert_eq!(problem.minutes_locked(1_000), Some(2));
        assert_eq!(problem.minutes_locked(2_000), Some(1));
        assert_eq!(problem.minutes_locked(62_000), None);
    }

    #[test]
    fn other_refusals() {
        let body = r#"{"error":{"code":"invalid_credentials","message":""}}"#;
        assert_eq!(Problem::of(&failure(401, body), 0), Problem::Wrong);
        assert_eq!(Problem::of(&Failure::Network, 0), Problem::Network);
        assert_eq!(Problem::of(&Failure::Timeout, 0), Problem::Network);
        assert_eq!(Problem::of(&failure(503, ""), 0), Problem::Other(ErrorCode::Unavailable));
    }

    #[test]
    fn a_first_visit_is_not_told_that_it_ended() {
        assert!(!is_worth_telling(false, ErrorCode::Unauthenticated));
        assert!(is_worth_telling(true, ErrorCode::Unauthenticated));
        assert!(is_worth_telling(false, ErrorCode::TokenExpired));
    }
}
