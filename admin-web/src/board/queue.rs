//! Left: the orders that nobody has begun, oldest first.

use leptos::prelude::*;

use super::Desk;
use super::ticket::TicketCard;
use crate::{say, tr};

/// The queue.
#[component]
pub fn Queue() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let shown = desk.shown_tickets();
    let count = Memo::new(move |_| desk.queue.with(Vec::len));
    let badge = move || {
        let fresh = desk.unseen.with(|unseen| !unseen.is_empty());
        let class = if fresh { "badge new" } else { "badge" };
        (count.get() > 0).then(|| view! { <span class=class data-testid="queue-count">{count}</span> })
    };
    let empty = move || {
        shown.with(Vec::is_empty).then(|| {
            let nothing_waits = count.get() == 0;
            view! {
                <div class="queue-empty" data-testid="queue-empty">
                    <b>
                        {move || if nothing_waits { say!(board.queue_empty) } else { say!(board.queue_no_match) }}
                    </b>
                    {nothing_waits.then(|| view! { <p>{tr!(board.queue_empty_text)}</p> })}
                </div>
            }
        })
    };
    view! {
        <section class="queue" aria-labelledby="queue-title" data-testid="queue">
            <h2 id="queue-title">{tr!(board.queue)} " " {badge}</h2>
            {empty}
            <ol>
                <For each=move || shown.get() key=|id| *id children=|id| view! { <TicketCard id /> } />
            </ol>
        </section>
    }
}
