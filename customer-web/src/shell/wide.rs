//! Whether there is room for more than one column of a phone.

use leptos::prelude::*;
use web_kit::lean::memo;

/// The width from which the header has room for languages and modes; the same in `styles/shop.css`.
const WIDE: &str = "(min-width: 641px)";

/// Whether a media query holds now.
pub fn holds(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the screen is wider than a phone's; follows turning it.
pub fn is_wide() -> Memo<bool> {
    let wide = RwSignal::new(holds(WIDE));
    let resized = window_event_listener_untyped("resize", move |_| {
        wide.try_set(holds(WIDE));
    });
    on_cleanup(move || resized.remove());
    memo(move || wide.get())
}
