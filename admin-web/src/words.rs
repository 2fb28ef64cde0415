//! The words of `locales/`, in the language of the page.

use shared_types::Lang;
use shared_types::calls::CallKind;
use shared_types::orders::OrderStatus;

use crate::route::Page;

/// What `build.rs` made of `locales/`.
#[expect(clippy::expect_used, clippy::new_ret_no_self, reason = "generated")]
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

use generated::i18n::Locale;

/// The language of the page, for the `td_string!` macro; follows changes.
#[must_use]
pub fn locale() -> Locale {
    match web_kit::i18n::lang() {
        Lang::Ko => Locale::ko,
        // Guests have more languages, on the same origin.
        Lang::En | Lang::Ja | Lang::Zh => Locale::en,
    }
}

/// The words now: `say!(table.orders, count = 3)`.
#[macro_export]
macro_rules! say {
    ($($key:ident).+) => {
        $crate::words::now(|locale| leptos_i18n::td_string!(locale, $($key).+))
    };
    ($($key:tt)+) => {
        leptos_i18n::td_string!($crate::words::locale(), $($key)+).to_string()
    };
}

/// A text that follows what it reads. One type for all of them: each closure type of its own would bring
/// kilobytes of rendering code along.
pub type Text = Box<dyn Fn() -> String + Send + Sync>;

/// A text without anything to fill in. There are hundreds, so that each is a bare function.
type Still = fn(Locale) -> &'static str;

/// The text of this moment.
#[must_use]
pub fn now(text: Still) -> String {
    text(locale()).to_owned()
}

/// The text as one that follows the language.
#[must_use]
pub fn still(text: Still) -> Text {
    Box::new(move || now(text))
}

/// A text that follows what it reads.
#[must_use]
pub fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Text {
    Box::new(text)
}

/// The words as a text that follows the language: `tr!(board.title)`.
#[macro_export]
macro_rules! tr {
    ($($key:ident).+) => {
        $crate::words::still(|locale| leptos_i18n::td_string!(locale, $($key).+))
    };
    ($($key:tt)+) => {
        $crate::words::text(move || $crate::say!($($key)+))
    };
}

/// A page's name.
#[must_use]
pub fn page(page: Page) -> String {
    match page {
        Page::Board | Page::Login => say!(board.title),
        Page::Kitchen => say!(kitchen.title),
        Page::Tables => say!(tables.title),
        Page::Menu => say!(menu.title),
        Page::Today => say!(today.title),
        Page::Store => say!(store.title),
        Page::Nowhere => say!(app.not_found),
    }
}

/// A status.
#[must_use]
pub fn status(status: OrderStatus) -> String {
    match status {
        OrderStatus::Pending => say!(status.pending),
        OrderStatus::Preparing => say!(status.preparing),
        OrderStatus::Completed => say!(status.completed),
    }
}

/// What a guest wants.
#[must_use]
pub fn call_kind(kind: CallKind) -> String {
    match kind {
        CallKind::Help => say!(call.help),
        CallKind::Water => say!(call.water),
        CallKind::Cutlery => say!(call.cutlery),
        CallKind::Bill => say!(call.bill),
    }
}

/// A wait in whole minutes: 방금, 12분, 1시간 5분.
#[must_use]
pub fn minutes(minutes: i64) -> String {
    match minutes {
        ..1 => say!(time.now),
        1..60 => say!(time.minutes, count = minutes),
        _ => say!(time.hours, hours = minutes / 60, minutes = minutes % 60),
    }
}

/// A silence in seconds: 8초, 3분.
#[must_use]
pub fn seconds(seconds: u32) -> String {
    if seconds < 60 { say!(time.seconds, count = seconds) } else { minutes(i64::from(seconds / 60)) }
}
