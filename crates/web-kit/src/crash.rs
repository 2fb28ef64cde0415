//! When the program panics, its memory can no longer be trusted: tell the server, and show a way out that needs none of it.

use std::cell::Cell;
use std::panic::PanicHookInfo;

use leptos::prelude::{document, window};
use shared_types::Lang;
use shared_types::client_errors::{ClientApp, ClientError, MESSAGE_MAX};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use crate::{api, i18n};

thread_local! {
    static REPORTED: Cell<bool> = const { Cell::new(false) };
}

/// What the screen says.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What happened.
    pub title: &'static str,
    /// What to do.
    pub body: &'static str,
    /// The link that loads the page again.
    pub reload: &'static str,
}

/// On every panic shows the screen, on the first one tells the server. `words` must be plain data: it is asked in the middle of the panic.
pub fn install(words: fn(Lang) -> Words) {
    std::panic::set_hook(Box::new(move |info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // Nothing is left to try if even this fails.
        if !REPORTED.replace(true) {
            let _ = report(info);
        }
        let _ = show(words(i18n::lang_untracked()));
    }));
}

/// In one go, without waiting: the program takes no further step. The browser adds origin and cookies.
fn report(info: &PanicHookInfo<'_>) -> Result<(), JsValue> {
    let app_version = api::app_version();
    let (app, version) = app_version.split_once(' ').unwrap_or(("", app_version));
    let report = ClientError {
        app: if app == "admin" { ClientApp::Admin } else { ClientApp::Customer },
        version: version.to_owned(),
        message: info.payload_as_str().unwrap_or_default().chars().take(MESSAGE_MAX).collect(),
        // Release builds know no places, to be small, and name that `<redacted>`.
        location: info.location().map(ToString::to_string).filter(|place| !place.starts_with('<')),
        path: window().location().pathname().ok(),
    };
    let json = JsValue::from(serde_json::to_string(&report).unwrap_or_default());
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let body = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&json), &kind)?;
    window().navigator().send_beacon_with_opt_blob("/api/client-errors", Some(&body)).map(drop)
}

fn show(words: Words) -> Result<(), JsValue> {
    let document = document();
    let element = |tag: &str, class: &str, text: &str| -> Result<web_sys::Element, JsValue> {
        let element = document.create_element(tag)?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Ok(element)
    };
    let screen = element("div", "crash", "")?;
    screen.set_attribute("role", "alert")?;
    screen.set_attribute("data-testid", "crash")?;
    screen.append_child(&element("h1", "", words.title)?.into())?;
    screen.append_child(&element("p", "", words.body)?.into())?;
    let link = element("a", "btn primary lg", words.reload)?;
    link.set_attribute("href", &document.location().map_or(Ok("/".into()), |at| at.pathname())?)?;
    screen.append_child(&link.into())?;
    if let Some(body) = document.body() {
        body.replace_children_with_node_1(&screen.into());
    }
    Ok(())
}
