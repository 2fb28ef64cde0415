//! Which dialogs lie over the page. What is behind an open one is inert, so the topmost shows the messages.

use leptos::prelude::*;
use web_kit::lean::{effect, show};
use web_kit::ui::ToastHost;

use crate::tr;

/// The open dialogs, the topmost last. Lives at the root.
#[derive(Clone, Copy)]
pub struct Covers {
    open: RwSignal<Vec<u32>>,
    next: StoredValue<u32>,
}

impl Covers {
    /// Makes `expect_context::<Covers>()` work below.
    pub fn provide() {
        provide_context(Self { open: RwSignal::default(), next: StoredValue::new(0) });
    }

    /// Keeps count of a dialog for as long as its owner lives; answers whether it is the topmost.
    pub fn follow(self, is_open: Signal<bool>) -> Signal<bool> {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        let leave = move || self.open.try_update(|open| open.retain(|other| *other != id));
        effect(move || {
            leave();
            if is_open.get() {
                self.open.update(|open| open.push(id));
            }
        });
        on_cleanup(move || {
            leave();
        });
        Signal::derive(move || self.open.with(|open| open.last() == Some(&id)))
    }

    /// Whether nothing covers the page.
    #[must_use]
    pub fn is_clear(self) -> bool {
        self.open.with(Vec::is_empty)
    }
}

/// The messages, wherever no dialog shows them.
#[component]
pub fn RootToasts() -> impl IntoView {
    let covers = expect_context::<Covers>();
    show(move || covers.is_clear(), || view! { <ToastHost dismiss_label=tr!(app.close) /> })
}
