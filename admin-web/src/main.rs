//! Starts the managers' app in the page.

use admin_web::app::App;

fn main() {
    web_kit::crash::install(admin_web::crash_words);
    web_kit::api::set_app_version(concat!("admin ", env!("CARGO_PKG_VERSION")));
    web_kit::i18n::restore_lang();
    leptos::mount::mount_to_body(App);
}
