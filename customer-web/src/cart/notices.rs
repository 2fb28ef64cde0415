//! What must be known before ordering: it was not sent, we are cut off, the menu has changed.

use leptos::prelude::*;
use web_kit::lean::switch;
use web_kit::ui::{Icon, Svg};

use super::CartStore;
use crate::{live, txt};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Notice {
    Unsent,
    CutOff,
    Changed(u32),
}

/// The most important of them.
#[component]
pub fn CartNotice() -> impl IntoView {
    let cart = CartStore::expect();
    let cut_off = live::is_cut_off();
    let notice = move || {
        let changes = cart.checked().with(|checked| checked.changes());
        let filled = cart.checked().with(|checked| !checked.lines.is_empty());
        match () {
            () if cart.is_unclear() => Some(Notice::Unsent),
            () if cut_off.get() && filled => Some(Notice::CutOff),
            () if changes > 0 => Some(Notice::Changed(changes)),
            () => None,
        }
    };
    let key = |notice: &Option<Notice>| match notice {
        None => 0,
        Some(Notice::Unsent) => 1,
        Some(Notice::CutOff) => 2,
        Some(Notice::Changed(count)) => 3 + count,
    };
    let view = move |notice: Notice| {
        let (class, icon, title, body) = match notice {
            Notice::Unsent => {
                let title = txt!(cart.unsent_title).to_owned();
                ("notice bad", Icon::Warning, title, txt!(cart.unsent_body))
            }
            Notice::CutOff => {
                let title = txt!(cart.offline_title).to_owned();
                ("notice bad", Icon::Offline, title, txt!(cart.offline_body))
            }
            Notice::Changed(count) => (
                "notice warn",
                Icon::Warning,
                txt!(cart.changed_title, count = count),
                txt!(cart.changed_body),
            ),
        };
        view! {
            <p class=class data-testid="cart-notice">
                <Svg icon />
                <span>
                    <b>{title}</b>
                    " "
                    {body}
                </span>
            </p>
        }
    };
    view! {
        <div class="cart-notice" role="status">
            {switch(notice, key, move |notice| notice.map(view))}
        </div>
    }
}
