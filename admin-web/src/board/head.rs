//! The line on top: where, how current, what is open, what time it is.

use chrono::DateTime;
use leptos::prelude::*;
use web_kit::format;
use web_kit::lean::{memo, part, show};
use web_kit::ui::Won;

use super::Desk;
use crate::auth::Auth;
use crate::shell::Live;
use crate::sound::SoundSwitch;
use crate::state::board::Board;
use crate::tr;

/// The header.
#[component]
pub fn Head() -> impl IntoView {
    let (auth, desk) = (expect_context::<Auth>(), expect_context::<Desk>());
    let clock = move || {
        let now = DateTime::from_timestamp_millis(auth.now_ms.get()).unwrap_or_default();
        auth.timezone.with(|zone| format::time(now, zone))
    };
    let clock = memo(clock);
    let is_loaded = memo(move || desk.board.with(Board::is_loaded));
    let total = Signal::derive(move || desk.open.get().total);
    let open = move || {
        view! {
            <dl class="today">
                <div>
                    <dt>{tr!(board.open_orders)}</dt>
                    <dd data-testid="open-orders">
                        {tr!(board.open_orders_value, count = desk.open.get().orders)}
                    </dd>
                </div>
                <div>
                    <dt>{tr!(board.open_total)}</dt>
                    <dd data-testid="open-total">
                        <Won amount=total currency=auth.currency />
                    </dd>
                </div>
            </dl>
        }
    };
    view! {
        <header class="admin-head">
            <div class="where">
                <h1>{tr!(board.title)}</h1>
                <p data-testid="store-name">{auth.store_name}</p>
            </div>
            <Live />
            <SoundSwitch />
            // Before the first snapshot nothing is known, and nothing is not zero.
            {show(move || is_loaded.get(), open)}
            <time class="clock">{part(move || clock.get())}</time>
        </header>
    }
}
