//! The line on top: where, how current, what is open, what time it is.

use chrono::DateTime;
use leptos::prelude::*;
use web_kit::format;
use web_kit::stream::Connection;
use web_kit::ui::{Cadence, ConnectionBadge, Won, cadence};

use super::Desk;
use crate::auth::Auth;
use crate::sound::SoundSwitch;
use crate::state::board::Board;
use crate::{say, tr, words};

/// The header.
#[component]
pub fn Head() -> impl IntoView {
    let (auth, desk) = (expect_context::<Auth>(), expect_context::<Desk>());
    let live = words::text(move || match desk.connection.get() {
        Connection::Live => say!(live.on),
        Connection::Connecting => say!(live.connecting),
        connection @ Connection::Reconnecting { silent_seconds } => {
            let age = words::seconds(silent_seconds);
            match cadence(connection) {
                Cadence::Stopped => say!(live.stale, age = age),
                _ => say!(live.reconnecting, age = age),
            }
        }
    });
    let clock = move || {
        let now = DateTime::from_timestamp_millis(auth.now_ms.get()).unwrap_or_default();
        auth.timezone.with(|zone| format::time(now, zone))
    };
    let clock = Memo::new(move |_| clock());
    let is_loaded = Memo::new(move |_| desk.board.with(Board::is_loaded));
    let total = Signal::derive(move || desk.open.get().total);
    view! {
        <header class="admin-head">
            <div class="where">
                <h1>{tr!(board.title)}</h1>
                <p data-testid="store-name">{auth.store_name}</p>
            </div>
            <ConnectionBadge connection=desk.connection text=live />
            <SoundSwitch />
            // Before the first snapshot nothing is known, and nothing is not zero.
            <Show when=move || is_loaded.get()>
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
            </Show>
            <time class="clock">{clock}</time>
        </header>
    }
}
