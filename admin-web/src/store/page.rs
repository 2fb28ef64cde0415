//! `/store`, in four parts.

use leptos::prelude::*;
use web_kit::lean::switch;

use super::audit::audit;
use super::screen::screen;
use super::settings::settings;
use super::users::users;
use crate::route::{Page, Place};
use crate::shell::head;
use crate::ui::Press;
use crate::{say, tr, words};

/// The parts, as the address names them.
const PARTS: [&str; 4] = ["settings", "users", "audit", "screen"];

/// The page.
#[component]
pub fn StorePage() -> impl IntoView {
    let place = expect_context::<Place>();
    let part = move || {
        let shown = place.shown();
        PARTS.iter().position(|part| shown.as_deref() == Some(part)).unwrap_or(0)
    };
    let tab = |at: usize| {
        let label = words::text(move || match at {
            0 => say!(store.settings),
            1 => say!(store.users),
            2 => say!(store.audit),
            _ => say!(store.screen),
        });
        Press::new("chip", label)
            .id(PARTS[at])
            .pressed(move || part() == at)
            .act(move || place.turn_to(PARTS[at]))
    };
    let view = |part| match part {
        0 => settings(),
        1 => users(),
        2 => audit(),
        _ => screen(),
    };
    view! {
        {head(Page::Store, ().into_any())}
        <main class="page narrow" id="main" tabindex="-1">
            <div class="chips wrap" role="group" aria-label=tr!(store.parts)>
                {(0..PARTS.len()).map(tab).collect::<Vec<_>>()}
            </div>
            {switch(part, |part| u32::try_from(*part).unwrap_or(0), view)}
        </main>
    }
}
