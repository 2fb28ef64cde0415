//! What both apps share. Start here:
//!
//! | module | what it gives |
//! |---|---|
//! | [`api`] | one file per feature, `async fn … -> Result<T, Failure>`; time limit, retries, refresh after 401 |
//! | [`stream`] | the event stream with its own back-off, watchdog and an honest connection state |
//! | [`session`] | who is signed in; restored before the first page is shown |
//! | [`i18n`] | the language of the page; `<html lang>` follows |
//! | [`format`](mod@format) | money, times in the store's time zone, ages in minutes |
//! | [`clock`] | the server's time, and a signal that ticks |
//! | [`storage`] | JSON in `localStorage` |
//! | [`json`] | reading JSON in little code |
//! | [`lean`] | closures behind one pointer, so that the program stays small |
//! | [`network`] | whether the browser is online |
//! | [`crash`] | a screen with a reload link when the program panics |
//! | [`ui`] | components: dialogs, toasts, buttons, fields, badges, icons |
//!
//! Components carry no words of their own: texts are passed in as [`leptos::text_prop::TextProp`], so that every
//! string stays in the apps' locale files. `styles/` holds the tokens and the components' style sheets.
#![warn(missing_docs)]

pub mod api;
pub mod clock;
pub mod crash;
pub mod format;
pub mod i18n;
pub mod json;
pub mod lean;
pub mod network;
pub mod session;
pub mod storage;
pub mod stream;
pub mod ui;
