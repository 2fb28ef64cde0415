//! The search: in the header on a tablet, in a row of its own on a phone.

use leptos::html;
use leptos::prelude::*;
use web_kit::lean::{effect, on, show};
use web_kit::ui::{Icon, Svg};

use super::MenuStore;
use crate::{tr, txt};

/// The field beside the categories.
#[component]
pub fn SearchBox() -> impl IntoView {
    view! { <SearchForm class="search" testid="search" /> }
}

/// The button that opens the row, on a phone.
#[component]
pub fn SearchToggle() -> impl IntoView {
    let menu = MenuStore::expect();
    view! {
        <button
            type="button"
            class="btn quiet icon find"
            aria-label=move || if menu.searching.get() { txt!(menu.search_close) } else { txt!(menu.search) }
            aria-expanded=move || menu.searching.get().to_string()
            data-testid="search-toggle"
            on:click=on(move |_| toggle(menu))
        >
            {move || {
                let icon = if menu.searching.get() { Icon::Close } else { Icon::Search };
                view! { <Svg icon /> }
            }}
        </button>
    }
}

/// The row on a phone.
#[component]
pub fn SearchRow() -> impl IntoView {
    let menu = MenuStore::expect();
    view! {
        {show(move || menu.searching.get(), move || view! { <SearchForm class="search search-row" testid="search-phone" focus=true /> })}
    }
}

fn toggle(menu: MenuStore) {
    menu.query.set(String::new());
    menu.searching.update(|searching| *searching = !*searching);
}

#[component]
fn SearchForm(
    class: &'static str,
    testid: &'static str,
    /// Takes the focus when it appears.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let menu = MenuStore::expect();
    let input = NodeRef::<html::Input>::new();
    effect(move || {
        if let Some(input) = input.get().filter(|_| focus) {
            // An element that is on the page takes the focus.
            let _ = input.focus();
        }
    });
    let leave = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // Puts the keyboard away; what was found stays.
        if let Some(input) = input.get_untracked() {
            let _ = input.blur();
        }
    };
    view! {
        <form class=class role="search" on:submit=on(leave)>
            <Svg icon=Icon::Search />
            <input
                class="input"
                type="search"
                node_ref=input
                aria-label=tr!(menu.search)
                placeholder=tr!(menu.search)
                enterkeyhint="search"
                autocomplete="off"
                data-testid=testid
                prop:value=menu.query
                on:input:target=move |event| menu.query.set(event.target().value())
            />
        </form>
    }
}
