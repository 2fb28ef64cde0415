//! How the page looks to this party: larger text, more contrast. Kept over a reload, back to normal when they leave.

use leptos::prelude::*;
use web_kit::storage;

use crate::root::Root;

/// Read by the script in `index.html` too, which sets the page's attributes before anything is drawn.
const KEY: &str = "tableorder.look";
/// What that script listens to.
const CHANGED: &str = "look";

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Look {
    /// Large text.
    pub large: RwSignal<bool>,
    /// High contrast.
    pub contrast: RwSignal<bool>,
}

impl Look {
    /// What was chosen before the page was loaded.
    pub fn restore() -> Self {
        let kept: String = storage::load(KEY).unwrap_or_default();
        let chosen = |word| RwSignal::new(kept.contains(word));
        Self { large: chosen("large"), contrast: chosen("contrast") }
    }

    /// How this page looks.
    pub fn expect() -> Self {
        Root::expect().look
    }

    /// Switches one of them.
    pub fn toggle(self, which: RwSignal<bool>) {
        which.update(|on| *on = !*on);
        self.apply();
    }

    /// Back to normal.
    pub fn forget(self) {
        self.large.set(false);
        self.contrast.set(false);
        self.apply();
    }

    fn apply(self) {
        let words = [(self.large, "large"), (self.contrast, "contrast")];
        let chosen: Vec<_> =
            words.iter().filter(|(on, _)| on.get_untracked()).map(|(_, word)| *word).collect();
        storage::save(KEY, &chosen.join(" "));
        if let Ok(event) = web_sys::Event::new(CHANGED) {
            // Refused only for an event that is being sent already.
            let _ = window().dispatch_event(&event);
        }
    }
}
