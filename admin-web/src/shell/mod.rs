//! The navigation rail: on the left of a desk, at the bottom of a phone.

use leptos::prelude::*;
use leptos_router::components::A;
use shared_types::Lang;
use web_kit::i18n;
use web_kit::ui::{Icon, Svg};

use crate::auth::Auth;
use crate::board::Desk;
use crate::tr;

/// Where to go. Only what exists.
#[component]
pub fn Rail() -> impl IntoView {
    let (auth, desk) = (expect_context::<Auth>(), expect_context::<Desk>());
    let unseen = Memo::new(move |_| desk.unseen.with(|unseen| unseen.len()));
    let badge = move || {
        (unseen.get() > 0).then(|| {
            view! {
                <span class="badge new" data-testid="unseen-count">
                    <span aria-hidden="true">{unseen}</span>
                    <span class="sr">{tr!(app.new_orders, count = unseen.get())}</span>
                </span>
            }
        })
    };
    let main = |_| {
        let main = document().get_element_by_id("main");
        if let Some(main) =
            main.and_then(|main| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(main).ok())
        {
            // An element that cannot take the focus is no reason to stop.
            let _ = main.focus();
        }
    };
    view! {
        <button type="button" class="skip" on:click=main>
            {tr!(app.skip)}
        </button>
        <nav class="rail" aria-label=tr!(app.nav)>
            <span class="logo">
                <Svg icon=Icon::Burger />
            </span>
            <A href="/admin/dashboard">
                <Svg icon=Icon::Grid />
                {tr!(app.board)}
                {badge}
            </A>
            <LanguagePicker />
            <button type="button" class="rail-act" data-testid="log-out" on:click=move |_| auth.log_out()>
                <Svg icon=Icon::Exit />
                {tr!(app.log_out)}
            </button>
        </nav>
    }
}

/// Steps through the languages; each is named in itself.
#[component]
fn LanguagePicker() -> impl IntoView {
    let next = || {
        let at = Lang::ALL.iter().position(|lang| *lang == i18n::lang()).unwrap_or(0);
        Lang::ALL.get(at + 1).copied().unwrap_or_default()
    };
    view! {
        <button
            type="button"
            class="rail-act end"
            lang=move || next().as_str()
            data-testid="language"
            on:click=move |_| i18n::set_lang(next())
        >
            <Svg icon=Icon::Globe />
            {move || i18n::own_name(next())}
        </button>
    }
}
