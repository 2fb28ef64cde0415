//! One waiting order.

use leptos::prelude::*;
use shared_types::OrderId;
use shared_types::orders::OrderStatus;
use web_kit::lean::{attr, memo, on, part, show};
use web_kit::ui::StatusBadge;

use super::Desk;
use crate::orders::{Acts, AgeBadge, ItemNames};
use crate::ui::Press;
use crate::{say, tr, words};

/// One waiting order: big number, dishes, wait, and the button that begins it.
#[component]
pub fn TicketCard(
    /// The order.
    id: OrderId,
) -> impl IntoView {
    let (desk, acts) = (expect_context::<Desk>(), expect_context::<Acts>());
    let ticket =
        memo(move || desk.queue.with(|queue| queue.iter().find(|ticket| ticket.order.id == id).cloned()));
    // What was ordered never changes; the list drops the card when the order leaves the queue.
    let order = ticket.get_untracked().map(|ticket| ticket.order)?;
    let is =
        move |pick: fn(&crate::state::queue::Ticket) -> bool| ticket.with(|t| t.as_ref().is_some_and(pick));
    let class = move || if is(|t| t.fresh) { "card ticket fresh" } else { "card ticket" };
    let age = Signal::derive(move || ticket.with(|t| t.as_ref().map(|ticket| ticket.age)));
    let (number, table) = (order.short_number().to_owned(), order.table_number.clone());
    let button = {
        let number = number.clone();
        move || {
            let number = number.clone();
            let class = if is(|t| t.first) { "btn primary wide" } else { "btn soft wide" };
            view! {
                {Press::new(class, tr!(order.start)).single()
                    .name(words::text(move || format!("{} {number}", say!(order.start))))
                    .busy(acts.is_busy(id))
                    .id("next-status")
                    .act(move || acts.advance(id))}
            }
        }
    };
    let shown = number.clone();
    let opened = move |_| desk.open(order.table_id);
    let label = {
        let table = table.clone();
        tr!(table.open, number = table.clone())
    };
    Some(view! {
        <li class=attr(class) data-testid="queue-ticket" data-order=number>
            <div class="ticket-head">
                <h3>
                    <button type="button" class="ticket-no ticket-open" aria-label=label on:click=on(opened)>
                        {table}
                        <small>{tr!(table.number)}</small>
                    </button>
                </h3>
                <p class="meta">
                    <StatusBadge status=OrderStatus::Pending text=|| words::status(OrderStatus::Pending) bare=true />
                    <span>{shown}</span>
                </p>
                {show(move || is(|t| t.fresh), || view! { <span class="badge new">{tr!(order.new)}</span> })}
                <AgeBadge age />
            </div>
            <ItemNames items=order.items note=order.note />
            {part(button)}
        </li>
    })
}
