//! The badge that says how current the page is. The page may not look healthier than it is.

use crate::lean::memo;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::stream::Connection;

/// Silence after which the page is called stopped rather than reconnecting.
const STOPPED_AFTER_SECONDS: u32 = 60;

/// How badly the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Events arrive as they happen.
    Live,
    /// Connecting or reconnecting.
    Wait,
    /// For more than a minute nothing was heard.
    Stopped,
}

/// How badly the connection stands.
#[must_use]
pub fn cadence(connection: Connection) -> Cadence {
    match connection {
        Connection::Live => Cadence::Live,
        Connection::Connecting => Cadence::Wait,
        Connection::Reconnecting { silent_seconds } if silent_seconds < STOPPED_AFTER_SECONDS => {
            Cadence::Wait
        }
        Connection::Reconnecting { .. } => Cadence::Stopped,
    }
}

/// Shows how current the page is.
#[component]
pub fn ConnectionBadge(
    /// The stream's word.
    #[prop(into)]
    connection: Signal<Connection>,
    /// What it says; the app words it from the same signal.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    let state = memo(move || cadence(connection.get()));
    let class = move || match state.get() {
        Cadence::Live => "live",
        Cadence::Wait => "live wait",
        Cadence::Stopped => "live stale",
    };
    let name = move || match state.get() {
        Cadence::Live => "live",
        Cadence::Wait => "reconnecting",
        Cadence::Stopped => "stopped",
    };
    // The seconds tick; a screen reader hears only the change of state, from whoever shows this.
    view! {
        <span class=class data-testid="connection-badge" data-state=name>
            {move || text.get()}
        </span>
    }
    .into_any()
}
