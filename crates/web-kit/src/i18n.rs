//! The language of the page. The words are in each app's locale files; this holds which of them is shown.

use std::cell::Cell;

use leptos::prelude::*;
use shared_types::Lang;

use crate::storage;

const KEY: &str = "tableorder.lang";

thread_local! {
    // Lives as long as the page: never a disposed signal, whoever reads it and whenever.
    static LANG: ArcRwSignal<Lang> = ArcRwSignal::new(Lang::default());
    // The same without the reactive system, for code that runs while it may be broken.
    static PLAIN: Cell<Lang> = Cell::new(Lang::default());
}

/// The language now; follows changes.
#[must_use]
pub fn lang() -> Lang {
    LANG.with(|signal| signal.get())
}

/// The language now, once.
#[must_use]
pub fn lang_untracked() -> Lang {
    PLAIN.get()
}

/// Shows the page in another language, remembers it, and says so in `<html lang>`.
pub fn set_lang(lang: Lang) {
    PLAIN.set(lang);
    LANG.with(|signal| {
        if signal.get_untracked() != lang {
            signal.set(lang);
        }
    });
    storage::save(KEY, &lang);
    if let Some(root) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element()) {
        // Only an invalid attribute name is refused.
        let _ = root.set_attribute("lang", html_lang(lang));
    }
}

/// Takes up the language that was chosen before the page was loaded.
pub fn restore_lang() {
    set_lang(storage::load(KEY).unwrap_or_default());
}

fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-Hans",
        other => other.as_str(),
    }
}

/// The language's own name.
#[must_use]
pub fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "한국어",
        Lang::En => "English",
        Lang::Ja => "日本語",
        Lang::Zh => "中文",
    }
}
