//! The category bar.

use leptos::html;
use leptos::prelude::*;
use shared_types::CategoryId;
use web_kit::lean::{effect, list, on, show};

use super::{MenuStore, spy};
use crate::tr;

/// The category bar: where we are, and a tap to elsewhere.
#[component]
pub fn CategoryTabs() -> impl IntoView {
    let menu = MenuStore::expect();
    let bar = NodeRef::<html::Nav>::new();
    // The current tab is kept in sight.
    effect(move || {
        if let (Some(id), Some(bar)) = (menu.category.get(), bar.get())
            && let Ok(Some(tab)) = bar.query_selector(&format!("[href='#{}']", spy::anchor(id)))
        {
            let left = tab.get_bounding_client_rect().left() - bar.get_bounding_client_rect().left();
            bar.set_scroll_left(bar.scroll_left() + offset(left));
        }
    });
    view! {
        <nav class="shop-cats tabs" aria-label=tr!(menu.categories) node_ref=bar data-testid="categories">
            {list(move || menu.category_ids(), |id| view! { <Tab id /> })}
            {show(move || menu.with(|shelf| shelf.is_none()), || view! { <span class="tab-skel"></span> })}
        </nav>
    }
}

#[component]
fn Tab(id: CategoryId) -> impl IntoView {
    let menu = MenuStore::expect();
    let name = move || menu.category_name(id);
    let current = move || (menu.category.get() == Some(id) && !menu.is_searching()).then_some("true");
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        menu.query.set(String::new());
        menu.searching.set(false);
        // After the search has given way to the sections.
        request_animation_frame(move || spy::scroll_to(menu, id));
    };
    view! {
        <a href=format!("#{}", spy::anchor(id)) aria-current=current on:click=on(go) data-testid="category">
            {move || name()}
        </a>
    }
}

/// So far that the tab stands a little inside the bar.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
fn offset(left: f64) -> i32 {
    left as i32 - 24
}
