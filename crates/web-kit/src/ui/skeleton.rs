//! The boxes of what is on its way.

use leptos::prelude::*;

/// A grey box of the size of what replaces it; `class` gives the size.
#[component]
pub fn Skeleton(
    /// A class from the app's style sheet.
    class: &'static str,
) -> impl IntoView {
    view! { <span class=format!("skel {class}") aria-hidden="true"></span> }
}
