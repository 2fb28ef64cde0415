//! The diners' app. `state` decides and is tested natively; the other folders show one feature each.
#![warn(missing_docs)]

mod app;
mod calls;
mod cart;
mod live;
mod login;
mod menu;
mod orders;
mod root;
mod route;
mod shell;
pub mod state;
pub mod words;

/// Shows the app in the page.
pub fn start() {
    web_kit::crash::install(words::crash);
    web_kit::api::set_app_version(concat!("customer ", env!("CARGO_PKG_VERSION")));
    web_kit::api::renew_table_logins();
    web_kit::i18n::restore_lang();
    leptos::mount::mount_to_body(app::App);
}
