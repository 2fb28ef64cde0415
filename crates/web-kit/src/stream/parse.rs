//! From the wire to [`StoreEvent`].

use serde::de::DeserializeOwned;
use shared_types::events::{EventKind, StoreEvent};

use crate::json;

/// The name of the heartbeat. It has no id and nothing to say: comments would do, but a page cannot see them.
pub(super) const PING: &str = "ping";

/// Reads one event. `None` for one that this version does not know: a newer server may send more.
#[must_use]
pub fn parse(kind: EventKind, data: &str) -> Option<StoreEvent> {
    Some(match kind {
        EventKind::OrderCreated => StoreEvent::OrderCreated(read(data)?),
        EventKind::OrderUpdated => StoreEvent::OrderUpdated(read(data)?),
        EventKind::OrderDeleted => StoreEvent::OrderDeleted(read(data)?),
        EventKind::CallCreated => StoreEvent::CallCreated(read(data)?),
        EventKind::CallAcknowledged => StoreEvent::CallAcknowledged(read(data)?),
        EventKind::SessionClosed => StoreEvent::SessionClosed(read(data)?),
        EventKind::TableChanged => StoreEvent::TableChanged(read(data)?),
        EventKind::MenuChanged => StoreEvent::MenuChanged(read(data)?),
        EventKind::Reset => StoreEvent::Reset,
    })
}

fn read<T: DeserializeOwned>(data: &str) -> Option<T> {
    json::from_str(data).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_knows() {
        assert!(matches!(
            parse(EventKind::MenuChanged, r#"{"version":3,"later":true}"#),
            Some(StoreEvent::MenuChanged(changed)) if changed.version == 3
        ));
        assert_eq!(parse(EventKind::Reset, ""), Some(StoreEvent::Reset));
        assert_eq!(parse(EventKind::OrderCreated, "{}"), None);
    }
}
