//! The category bar.

use leptos::html;
use leptos::prelude::*;
use shared_types::CategoryId;
use web_kit::i18n;
use web_kit::lean::{effect, memo, on, show};

use super::{MenuStore, spy};
use crate::txt;

/// The category bar: where we are, and a tap to elsewhere.
#[component]
pub fn CategoryTabs() -> impl IntoView {
    let menu = MenuStore::expect();
    let bar = NodeRef::<html::Nav>::new();
    let categories = memo(move || {
        let lang = i18n::lang();
        menu.with(|shelf| {
            let named =
                |category: &shared_types::menu::Category| (category.id, category.name_in(lang).to_owned());
            shelf.map(|shelf| shelf.categories().map(named).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
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
        <nav class="shop-cats tabs" aria-label=move || txt!(menu.categories) node_ref=bar data-testid="categories">
            <For each=move || categories.get() key=|named| named.clone() let((id, name))>
                <Tab id name />
            </For>
            {show(move || categories.with(Vec::is_empty), move || view! { <span class="tab-skel" aria-hidden="true"></span> })}
        </nav>
    }
}

#[component]
fn Tab(id: CategoryId, name: String) -> impl IntoView {
    let menu = MenuStore::expect();
    let current = move || {
        (menu.category.get() == Some(id) && menu.query.with(|query| query.trim().is_empty()))
            .then_some("true")
    };
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        menu.query.set(String::new());
        menu.searching.set(false);
        // After the search has given way to the sections.
        request_animation_frame(move || spy::scroll_to(id));
    };
    view! {
        <a href=format!("#{}", spy::anchor(id)) aria-current=move || current() on:click=on(go) data-testid="category">
            {name}
        </a>
    }
}

/// So far that the tab stands a little inside the bar.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
fn offset(left: f64) -> i32 {
    left as i32 - 24
}
