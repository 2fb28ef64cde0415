//! The line on top of a page: where, how current, and what can be done here.

use leptos::prelude::*;
use web_kit::stream::Connection;
use web_kit::ui::{Cadence, ConnectionBadge, cadence};

use crate::auth::Auth;
use crate::board::{Desk, Warning};
use crate::route::Page;
use crate::{say, words};

/// How current the screen is.
#[component]
pub fn Live() -> impl IntoView {
    let desk = expect_context::<Desk>();
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
    view! { <ConnectionBadge connection=desk.connection text=live /> }
}

/// A page's line on top, with its own buttons at the end.
pub fn head(page: Page, acts: AnyView) -> AnyView {
    let auth = expect_context::<Auth>();
    view! {
        <header class="admin-head">
            <div class="where">
                <h1>{words::text(move || words::page(page))}</h1>
                <p data-testid="store-name">{auth.store_name}</p>
            </div>
            <Live />
            <div class="acts">{acts}</div>
        </header>
        <Warning />
    }
    .into_any()
}
