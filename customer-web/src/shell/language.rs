//! The language sheet.

use leptos::prelude::*;
use shared_types::Lang;
use web_kit::i18n;
use web_kit::lean::on;
use web_kit::ui::{Dialog, DialogHead};

use super::Sheets;
use crate::tr;

/// Four languages, each by its own name.
#[component]
pub fn LanguageSheet() -> impl IntoView {
    let sheets = Sheets::expect();
    let close = Callback::new(move |()| sheets.language.set(false));
    let choices = move || {
        let choice = |lang: &Lang| {
            let lang = *lang;
            let choose = move |_| {
                i18n::set_lang(lang);
                close.run(());
            };
            view! {
                <label class="opt" data-testid=format!("lang-{lang}")>
                    <input
                        type="radio"
                        name="lang"
                        prop:checked=i18n::lang() == lang
                        on:change=on(choose)
                    />
                    <span class="grow" lang=lang.as_str()>
                        {i18n::own_name(lang)}
                    </span>
                </label>
            }
            .into_any()
        };
        Lang::ALL.iter().map(choice).collect::<Vec<_>>()
    };
    view! {
        <Dialog open=sheets.language on_close=close labelled_by="lang-h" testid="language-sheet">
            <DialogHead id="lang-h" title=tr!(menu.language) close_label=tr!(app.close) on_close=close />
            <div class="dialog-body dialog-end">{move || choices()}</div>
        </Dialog>
    }
}
