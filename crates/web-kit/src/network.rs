//! Whether the browser has a network. False positives are common (a router without internet), so this only adds
//! to what the event stream says.

use leptos::prelude::*;

/// A signal that follows the browser's `online` and `offline` events, until the owner ends.
#[must_use]
pub fn online() -> ReadSignal<bool> {
    let now = || web_sys::window().is_none_or(|w| w.navigator().on_line());
    let (online, set_online) = signal(now());
    for event in ["online", "offline"] {
        let handle = window_event_listener_untyped(event, move |_| {
            set_online.try_set(now());
        });
        on_cleanup(move || handle.remove());
    }
    online
}
