//! What the screen may claim about how current it is.

use web_kit::stream::Connection;

/// A snapshot that takes no longer than this is not worth a word.
const HIDDEN_SECONDS: u32 = 3;

/// The stream may be connected while the board waits for a snapshot it could not get: that is not live.
/// `behind_seconds` counts from the moment the board first knew that something is missing.
#[must_use]
pub fn honest(connection: Connection, behind_seconds: Option<u32>) -> Connection {
    match (connection, behind_seconds) {
        (Connection::Live | Connection::Connecting, Some(behind)) if behind > HIDDEN_SECONDS => {
            Connection::Reconnecting { silent_seconds: behind }
        }
        (Connection::Reconnecting { silent_seconds }, Some(behind)) => {
            Connection::Reconnecting { silent_seconds: silent_seconds.max(behind) }
        }
        (connection, _) => connection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_that_waits_for_a_snapshot_is_not_live() {
        let old = |silent_seconds| Connection::Reconnecting { silent_seconds };
        assert_eq!(honest(Connection::Live, None), Connection::Live);
        assert_eq!(honest(Connection::Live, Some(2)), Connection::Live);
        assert_eq!(honest(Connection::Live, Some(9)), old(9));
        assert_eq!(honest(Connection::Connecting, Some(9)), old(9));
        assert_eq!(honest(old(4), Some(9)), old(9));
        assert_eq!(honest(old(4), None), old(4));
    }
}
