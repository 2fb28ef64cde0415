//! The loud word when the screen has stopped: it may not look healthier than it is.

use leptos::prelude::*;
use web_kit::stream::Connection;
use web_kit::ui::{Button, ButtonSize, Cadence, Icon, Svg, cadence};

use super::Desk;
use crate::{say, tr, words};

/// Shown while nothing was heard for too long.
#[component]
pub fn Warning() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let stopped = Memo::new(move |_| cadence(desk.connection.get()) == Cadence::Stopped);
    let text = move || match desk.connection.get() {
        Connection::Reconnecting { silent_seconds } => {
            say!(live.warning_text, age = words::seconds(silent_seconds))
        }
        _ => String::new(),
    };
    view! {
        // The title alone is read out: the seconds beside it would never let a screen reader rest.
        <p class="sr" role="alert">
            {move || stopped.get().then(tr!(live.warning))}
        </p>
        <Show when=move || stopped.get()>
            <div class="alarm" data-testid="stale-warning">
                <Svg icon=Icon::Warning />
                <p class="grow">
                    <b>{tr!(live.warning)}</b>
                    " "
                    {words::text(text)}
                </p>
                <Button
                    size=ButtonSize::Small
                    on_press=move || desk.feed.hurry()
                    attr:data-testid="reconnect"
                >
                    {tr!(live.reconnect)}
                </Button>
            </div>
        </Show>
    }
}
