//! A link to a page of this app.

use leptos::prelude::*;
use web_kit::api::query_value;
use web_kit::lean::{attr, on};

use crate::route::{Here, Page, Place};

/// A link to a page. A plain tap stays in the app; anything else is the browser's.
#[component]
pub fn Link(
    /// Where to.
    to: Page,
    /// How it looks.
    #[prop(optional)]
    class: &'static str,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let place = expect_context::<Place>();
    let follow = move |event: leptos::ev::MouseEvent| {
        let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if plain {
            event.prevent_default();
            place.go(to);
        }
    };
    let current = move || (place.page.get() == to).then_some("page");
    view! {
        <a
            href=Here::at(to).address(query_value)
            class=class
            aria-current=attr(current)
            data-testid=format!("nav{}", to.slug().replace('/', "-"))
            on:click=on(follow)
        >
            {children()}
        </a>
    }
    .into_any()
}
