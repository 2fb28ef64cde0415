//! The language of the page.

use leptos::prelude::*;
use shared_types::Lang;
use web_kit::i18n;
use web_kit::lean::on;
use web_kit::ui::{Icon, Svg};

use crate::tr;
use crate::ui::Press;

/// The managers' languages.
const LANGS: [Lang; 2] = [Lang::Ko, Lang::En];

/// The other language, named in itself.
#[component]
pub fn NextLanguage() -> impl IntoView {
    let next = || {
        if i18n::lang() == Lang::Ko { Lang::En } else { Lang::Ko }
    };
    view! {
        <button
            type="button"
            class="rail-act end"
            lang=move || next().as_str()
            data-testid="language"
            on:click=on(move |_| i18n::set_lang(next()))
        >
            <Svg icon=Icon::Globe />
            {move || i18n::own_name(next())}
        </button>
    }
    .into_any()
}

/// All languages side by side.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let choice = |lang: Lang| {
        view! {
            <span lang=lang.as_str()>
                {Press::new("chip", i18n::own_name(lang).to_owned())
                    .pressed(move || i18n::lang() == lang)
                    .act(move || i18n::set_lang(lang))}
            </span>
        }
        .into_any()
    };
    view! {
        <div class="chips wrap" role="group" aria-label=tr!(app.language) data-testid="languages">
            {LANGS.into_iter().map(choice).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}
