//! The navigation rail: on the left of a desk, at the bottom of a phone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_kit::lean::{memo, on, show};
use web_kit::ui::{Icon, Svg};

use super::Link;
use super::language::NextLanguage;
use crate::auth::Auth;
use crate::board::Desk;
use crate::route::{Page, Place};
use crate::{say, tr, words};

/// Where to go. On a phone the language and the way out are on the store's page.
const PAGES: [(Page, Icon); 6] = [
    (Page::Board, Icon::Grid),
    (Page::Kitchen, Icon::Pan),
    (Page::Tables, Icon::Receipt),
    (Page::Menu, Icon::Book),
    (Page::Today, Icon::Chart),
    (Page::Store, Icon::Person),
];

/// The rail.
#[component]
pub fn Rail() -> impl IntoView {
    let (auth, place) = (expect_context::<Auth>(), expect_context::<Place>());
    let leave = move |_| {
        // Whoever signs in next begins at the board.
        place.go(Page::Board);
        auth.log_out();
    };
    let link = |(page, icon): (Page, Icon)| {
        let badge = (page == Page::Board).then(badge);
        view! {
            <Link to=page>
                <Svg icon />
                {words::text(move || if page == Page::Board { say!(app.board) } else { words::page(page) })}
                {badge}
            </Link>
        }
        .into_any()
    };
    view! {
        <button type="button" class="skip" on:click=on(to_main)>
            {tr!(app.skip)}
        </button>
        <nav class="rail" aria-label=tr!(app.nav)>
            <span class="logo">
                <Svg icon=Icon::Burger />
            </span>
            {PAGES.map(link).into_iter().collect::<Vec<_>>()}
            <NextLanguage />
            <button type="button" class="rail-act" data-testid="log-out" on:click=on(leave)>
                <Svg icon=Icon::Exit />
                {tr!(app.log_out)}
            </button>
        </nav>
    }
    .into_any()
}

/// Orders that nobody has seen and guests who call, wherever the manager is.
fn badge() -> AnyView {
    let desk = expect_context::<Desk>();
    let unseen = memo(move || desk.unseen.with(|unseen| unseen.len()));
    let calls = memo(move || desk.board.with(|board| board.calls().count()));
    let told = words::text(move || {
        format!("{}, {}", say!(app.new_orders, count = unseen.get()), say!(app.calls, count = calls.get()))
    });
    let told = StoredValue::new(told);
    let count = move || {
        view! {
            <span class="badge new" data-testid="unseen-count">
                <span aria-hidden="true">{move || unseen.get() + calls.get()}</span>
                <span class="sr">{move || told.with_value(|told| told())}</span>
            </span>
        }
    };
    show(move || unseen.get() + calls.get() > 0, count).into_any()
}

/// Past the navigation.
fn to_main(_: leptos::ev::MouseEvent) {
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element that cannot take the focus is no reason to stop.
        let _ = main.focus();
    }
}
