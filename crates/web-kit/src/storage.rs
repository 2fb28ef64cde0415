//! JSON in `localStorage`. A browser that refuses storage (private mode, quota) must not stop an order, so every
//! function says what happened and none fails.

use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

use crate::json;

fn store() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was kept under `key`; `None` when there is nothing, or nothing that this version can read.
#[must_use]
pub fn load<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = store()?.get_item(key).ok()??;
    json::from_str(&text).ok()
}

/// Whether anything is kept under `key`, readable or not.
#[must_use]
pub fn has(key: &str) -> bool {
    store().and_then(|store| store.get_item(key).ok()).is_some_and(|text| text.is_some())
}

/// Keeps JSON that is already written.
pub fn save_text(key: &str, text: &str) -> bool {
    store().is_some_and(|store| store.set_item(key, text).is_ok())
}

/// Keeps `value`. False when the browser refused.
pub fn save(key: &str, value: &impl Serialize) -> bool {
    serde_json::to_string(value).is_ok_and(|text| save_text(key, &text))
}

/// Forgets what was kept.
pub fn remove(key: &str) {
    if let Some(store) = store() {
        // Nothing to do if the browser refuses: then nothing was kept either.
        let _ = store.remove_item(key);
    }
}
