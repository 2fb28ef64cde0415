//! Left: the orders that nobody has begun, oldest first.

use leptos::prelude::*;
use web_kit::lean::{list, memo, part};

use super::Desk;
use super::ticket::TicketCard;
use crate::{say, tr};

/// The queue.
#[component]
pub fn Queue() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let shown = desk.shown_tickets();
    let count = memo(move || desk.queue.with(Vec::len));
    let badge = move || {
        let fresh = desk.unseen.with(|unseen| !unseen.is_empty());
        let class = if fresh { "badge new" } else { "badge" };
        (count.get() > 0)
            .then(|| view! { <span class=class data-testid="queue-count">{count.get()}</span> }.into_any())
    };
    let empty = move || {
        shown.with(Vec::is_empty).then(|| {
            let nothing_waits = count.get() == 0;
            view! {
                <div class="queue-empty" data-testid="queue-empty">
                    <b>
                        {if nothing_waits { say!(board.queue_empty) } else { say!(board.queue_no_match) }}
                    </b>
                    {nothing_waits.then(|| view! { <p>{tr!(board.queue_empty_text)}</p> }.into_any())}
                </div>
            }
            .into_any()
        })
    };
    view! {
        <section class="queue" aria-labelledby="queue-title" data-testid="queue">
            <h2 id="queue-title">{tr!(board.queue)} " " {part(badge)}</h2>
            {part(empty)}
            <ol>
                {list(move || shown.get(), move |id| desk.at_its_table(id, |id| view! { <TicketCard id /> }))}
            </ol>
        </section>
    }
}
