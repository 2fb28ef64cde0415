//! When the program panics, its memory can no longer be trusted: show a way out that needs none of it.

use leptos::prelude::document;
use shared_types::Lang;
use wasm_bindgen::JsValue;

use crate::i18n;

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

/// Shows the screen on every panic. `words` must be plain data: it is asked in the middle of the panic.
pub fn install(words: fn(Lang) -> Words) {
    std::panic::set_hook(Box::new(move |info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // Nothing is left to try if even this fails.
        let _ = show(words(i18n::lang_untracked()));
    }));
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
