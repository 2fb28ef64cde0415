//! One wish to order, and what became of it. The key is minted once per content of the cart and kept, with the exact
//! body, until the server has clearly answered: however often it is sent, it is cooked once.

use serde::{Deserialize, Serialize};
use shared_types::{ErrorCode, IdempotencyKey};
use web_kit::api::Failure;

/// What became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// On its way.
    Sending,
    /// Nobody knows: it may be in the kitchen. Only the same may be sent again.
    Unclear,
    /// The server said no; nothing was ordered.
    Refused,
}

/// A wish to order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The key under which the server knows it.
    pub key: IdempotencyKey,
    /// The order as JSON, exactly as it is sent every time.
    pub body: String,
    /// What became of it.
    pub fate: Fate,
    /// Whether an earlier attempt ended unclear, so that a refusal at the door does not yet settle it.
    #[serde(default)]
    doubtful: bool,
}

impl Intent {
    /// The intent for a body: an unsettled one goes first and unchanged, a refused one keeps its key while the body
    /// is the same, anything else gets a new key.
    #[must_use]
    pub fn begin(last: Option<Self>, body: String, mint: impl FnOnce() -> IdempotencyKey) -> Self {
        match last {
            Some(last) if last.is_frozen() || last.body == body => Self { fate: Fate::Sending, ..last },
            _ => Self { key: mint(), body, fate: Fate::Sending, doubtful: false },
        }
    }

    /// Whether the cart must stay as it is: it may be ordered already.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.fate != Fate::Refused
    }

    /// What an attempt that failed means.
    #[must_use]
    pub fn after(mut self, failure: &Failure) -> Self {
        let undecided = failure.is_ambiguous() || (self.doubtful && !reached_the_order(failure));
        self.fate = if undecided { Fate::Unclear } else { Fate::Refused };
        self.doubtful = undecided;
        self
    }

    /// As found in storage: a page that ended while sending learnt nothing.
    #[must_use]
    pub fn restored(mut self) -> Self {
        if self.fate == Fate::Sending {
            self.fate = Fate::Unclear;
            self.doubtful = true;
        }
        self
    }
}

/// Whether the server looked the key up before it said no. At the door (login, rate limit) it does not.
fn reached_the_order(failure: &Failure) -> bool {
    let at_the_door = [
        ErrorCode::Unauthenticated,
        ErrorCode::TokenExpired,
        ErrorCode::CredentialRevoked,
        ErrorCode::Forbidden,
        ErrorCode::WrongOrigin,
        ErrorCode::TooManyRequests,
    ];
    failure.code().is_some_and(|code| !at_the_door.contains(&code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::state::fixtures::id;

    fn refused(code: ErrorCode) -> Failure {
        let body = format!(r#"{{"error":{{"code":"{code}","message":""}}}}"#);
        Failure::from_answer(code.status(), &body)
    }

    fn begin(last: Option<Intent>, body: &str, key: u128) -> Intent {
        Intent::begin(last, body.to_owned(), || IdempotencyKey(id(key)))
    }

    #[test]
    fn an_unclear_order_is_sent_again_unchanged() {
        let first = begin(None, "two colas", 1);
        let unclear = first.clone().after(&Failure::Timeout);
        assert!(unclear.is_frozen());
        let again = begin(Some(unclear), "three colas", 2);
        assert_eq!((again.key, again.body.as_str()), (first.key, "two colas"));
    }

    #[test]
    fn a_clear_no_frees_the_cart() {
        let no = begin(None, "two colas", 1).after(&refused(ErrorCode::CartChanged));
        assert!(!no.is_frozen());
        assert_eq!(begin(Some(no.clone()), "two colas", 2).key, no.key, "the same wish");
        assert_ne!(begin(Some(no.clone()), "one cola", 2).key, no.key, "another wish");
    }

    #[test]
    fn a_no_at_the_door_does_not_settle_a_doubt() {
        let unclear = begin(None, "x", 1).after(&Failure::Network);
        let again = begin(Some(unclear), "x", 2);
        assert!(again.clone().after(&refused(ErrorCode::TooManyRequests)).is_frozen());
        assert!(again.clone().after(&refused(ErrorCode::TokenExpired)).is_frozen());
        assert!(!again.after(&refused(ErrorCode::CartChanged)).is_frozen());
        assert!(!begin(None, "x", 1).after(&refused(ErrorCode::TooManyRequests)).is_frozen());
    }

    #[test]
    fn a_page_that_ended_while_sending_learnt_nothing() {
        let intent = begin(None, "x", 1);
        let kept: Intent = serde_json::from_str(&serde_json::to_string(&intent).unwrap()).unwrap();
        let restored = kept.restored();
        assert_eq!(restored.fate, Fate::Unclear);
        assert!(restored.after(&refused(ErrorCode::TokenExpired)).is_frozen());
    }

    proptest! {
        /// Whatever the network does: no key ever carries two bodies, and while it is unclear whether a body was
        /// ordered no other body is sent.
        #[test]
        fn one_key_one_body(steps in prop::collection::vec((0_u8..5, 0_u8..3), 1..60)) {
            let failures = [
                Failure::Network,
                Failure::Timeout,
                refused(ErrorCode::Unavailable),
                refused(ErrorCode::CartChanged),
                refused(ErrorCode::TooManyRequests),
            ];
            let mut sent: Vec<(IdempotencyKey, String)> = vec![];
            let mut last: Option<Intent> = None;
            for (n, (failure, cart)) in steps.into_iter().enumerate() {
                let frozen = last.clone().filter(Intent::is_frozen);
                let intent = begin(last.take(), &format!("cart {cart}"), n as u128);
                if let Some(frozen) = frozen {
                    prop_assert_eq!(&frozen.body, &intent.body);
                    prop_assert_eq!(frozen.key, intent.key);
                }
                sent.push((intent.key, intent.body.clone()));
                last = Some(intent.after(&failures[usize::from(failure)]));
            }
            for (key, body) in &sent {
                prop_assert!(sent.iter().all(|(other, text)| other != key || text == body));
            }
        }
    }
}
