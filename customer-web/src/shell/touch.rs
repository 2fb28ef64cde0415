//! Somebody is there.

use leptos::prelude::*;

/// What people do to a screen; scrolling by itself is none of it.
const TOUCHES: [&str; 4] = ["pointerdown", "keydown", "wheel", "touchmove"];

/// Calls back whenever somebody touches the page, its keyboard or its wheel, until the owner ends.
pub fn on_touch(act: impl Fn() + Copy + 'static) {
    for name in TOUCHES {
        let handle = window_event_listener_untyped(name, move |_| act());
        on_cleanup(move || handle.remove());
    }
}
