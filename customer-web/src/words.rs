//! The app's words, from `locales/`. [`tr!`] makes a text that follows the language, [`txt!`]
//! reads one where that is followed already, [`say!`] one for this moment.

use shared_types::Lang;
use shared_types::orders::OrderStatus;
use web_kit::api::Failure;
use web_kit::crash;
use web_kit::i18n as page;
use web_kit::stream::Connection;

#[expect(
    clippy::all,
    clippy::expect_used,
    missing_docs,
    dead_code,
    unused_imports,
    unused_qualifications,
    reason = "generated"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

pub use generated::i18n::Locale;

fn of(lang: Lang) -> Locale {
    match lang {
        Lang::Ko => Locale::ko,
        Lang::En => Locale::en,
        Lang::Ja => Locale::ja,
        Lang::Zh => Locale::zh,
    }
}

/// The language to show; follows changes.
#[must_use]
pub fn locale() -> Locale {
    of(page::lang())
}

/// The language to show, once.
#[must_use]
pub fn locale_now() -> Locale {
    of(page::lang_untracked())
}

/// The text as a function that follows the language: `{tr!(cart.title)}`, `label=tr!(app.close)`. For texts with
/// something to fill in, see [`txt!`].
#[macro_export]
macro_rules! tr {
    ($($key:ident).+) => {{
        let text: fn() -> &'static str = || leptos_i18n::td_string!($crate::words::locale(), $($key).+);
        text
    }};
}

/// The text now, in a closure or memo that follows the language by reading it.
#[macro_export]
macro_rules! txt {
    ($($key:tt)*) => {
        leptos_i18n::td_string!($crate::words::locale(), $($key)*)
    };
}

/// The text in the language of this moment, for messages that are shown once.
#[macro_export]
macro_rules! say {
    ($($key:tt)*) => {
        leptos_i18n::td_string!($crate::words::locale_now(), $($key)*)
    };
}

/// What went wrong, for guests.
#[must_use]
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Api(error, _) => error.code.message(page::lang_untracked()).to_owned(),
        Failure::Network => say!(failure.network).to_owned(),
        Failure::Timeout => say!(failure.timeout).to_owned(),
        Failure::Malformed => say!(failure.malformed).to_owned(),
    }
}

/// How current the page is; follows the language.
#[must_use]
pub fn connection(connection: Connection) -> String {
    match connection {
        Connection::Live => txt!(live.now).to_owned(),
        Connection::Connecting => txt!(live.connecting).to_owned(),
        Connection::Reconnecting { silent_seconds } if silent_seconds < 60 => {
            txt!(live.wait, seconds = silent_seconds)
        }
        Connection::Reconnecting { silent_seconds } => txt!(live.stopped, minutes = silent_seconds / 60),
    }
}

/// The name of a status; follows the language.
#[must_use]
pub fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => txt!(orders.pending),
        OrderStatus::Preparing => txt!(orders.preparing),
        OrderStatus::Completed => txt!(orders.completed),
    }
}

/// What the screen says after a panic.
#[must_use]
pub fn crash(lang: Lang) -> crash::Words {
    let locale = of(lang);
    crash::Words {
        title: leptos_i18n::td_string!(locale, crash.title),
        body: leptos_i18n::td_string!(locale, crash.body),
        reload: leptos_i18n::td_string!(locale, crash.reload),
    }
}
