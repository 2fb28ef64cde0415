//! The loud word when the screen has stopped: it may not look healthier than it is.

use leptos::prelude::*;
use web_kit::lean::{memo, part, show};
use web_kit::stream::Connection;
use web_kit::ui::{Cadence, Icon, Svg, cadence};

use super::Desk;
use crate::ui::Press;
use crate::{say, tr, words};

/// Shown while nothing was heard for too long.
#[component]
pub fn Warning() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let stopped = memo(move || cadence(desk.connection.get()) == Cadence::Stopped);
    let text = move || match desk.connection.get() {
        Connection::Reconnecting { silent_seconds } => {
            say!(live.warning_text, age = words::seconds(silent_seconds))
        }
        _ => String::new(),
    };
    let alarm = move || {
        view! {
            <div class="alarm" data-testid="stale-warning">
                <Svg icon=Icon::Warning />
                <p class="grow">
                    <b>{tr!(live.warning)}</b>
                    " "
                    {words::text(text)}
                </p>
                {Press::new("btn sm", tr!(live.reconnect)).id("reconnect").act(move || desk.feed.hurry())}
            </div>
        }
    };
    view! {
        // The title alone is read out: the seconds beside it would never let a screen reader rest.
        <p class="sr" role="alert">
            {part(move || stopped.get().then(tr!(live.warning)))}
        </p>
        {show(move || stopped.get(), alarm)}
    }
}
