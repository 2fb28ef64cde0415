//! One tap: another language, larger text, more contrast.

use leptos::prelude::*;
use shared_types::Lang;
use web_kit::i18n;
use web_kit::lean::{after_paint, effect, on};
use web_kit::ui::{Icon, Svg};

use super::Look;
use crate::tr;

/// Languages, text size and contrast, side by side.
#[component]
pub fn Quick(
    /// Languages by their full names.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let look = Look::expect();
    view! {
        <div class="quick" role="group" aria-label=tr!(look.title)>
            <Languages long />
            <div class="row">
                {view_toggle(look, look.large, tr!(look.large), Icon::Text, "mode-text")}
                {view_toggle(look, look.contrast, tr!(look.contrast), Icon::Contrast, "mode-contrast")}
            </div>
        </div>
    }
    .into_any()
}

fn view_toggle(
    look: Look,
    which: RwSignal<bool>,
    label: fn() -> &'static str,
    icon: Icon,
    testid: &'static str,
) -> AnyView {
    view! {
        <button
            type="button"
            class="btn quiet icon"
            aria-label=label
            aria-pressed=move || which.get().to_string()
            data-testid=testid
            on:click=on(move |_| look.toggle(which))
        >
            <Svg icon />
        </button>
    }
    .into_any()
}

/// Four languages, each by its own name.
#[component]
pub fn Languages(
    /// By their full names.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    // The button answers at once, the page follows: every text on it changes.
    let chosen = RwSignal::new(i18n::lang_untracked());
    effect(move || chosen.set(i18n::lang()));
    let choose = move |lang| {
        chosen.set(lang);
        after_paint(move || i18n::set_lang(lang));
    };
    let choice = |lang: &Lang| {
        let lang = *lang;
        view! {
            <button
                type="button"
                lang=lang.as_str()
                aria-label=i18n::own_name(lang)
                aria-pressed=move || (chosen.get() == lang).to_string()
                data-testid=format!("lang-{lang}")
                on:click=on(move |_| choose(lang))
            >
                {if long { i18n::own_name(lang) } else { short_name(lang) }}
            </button>
        }
        .into_any()
    };
    view! { <div class="langs">{Lang::ALL.iter().map(choice).collect::<Vec<_>>()}</div> }.into_any()
}

/// As on the signs of a Korean underground station.
fn short_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "한",
        Lang::En => "Eng",
        Lang::Ja => "日",
        Lang::Zh => "中",
    }
}
