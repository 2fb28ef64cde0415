//! One waiting order.

use leptos::prelude::*;
use shared_types::OrderId;
use shared_types::orders::OrderStatus;
use web_kit::ui::{Button, ButtonVariant, StatusBadge};

use super::Desk;
use crate::orders::{Acts, AgeBadge, ItemNames};
use crate::{tr, words};

/// One waiting order: big number, dishes, wait, and the button that begins it.
#[component]
pub fn TicketCard(
    /// The order.
    id: OrderId,
) -> impl IntoView {
    let (desk, acts) = (expect_context::<Desk>(), expect_context::<Acts>());
    let ticket = Memo::new(move |_| {
        desk.queue.with(|queue| queue.iter().find(|ticket| ticket.order.id == id).cloned())
    });
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
            let variant = if is(|t| t.first) { ButtonVariant::Primary } else { ButtonVariant::Soft };
            view! {
                <Button
                    variant
                    wide=true
                    busy=acts.is_busy(id)
                    on_press=move || acts.advance(id)
                    attr:data-testid="next-status"
                >
                    {tr!(order.start)}
                    <span class="sr">" " {number}</span>
                </Button>
            }
        }
    };
    let shown = number.clone();
    let opened = move |_| desk.opened.set(Some(order.table_id));
    let label = {
        let table = table.clone();
        tr!(table.open, number = table.clone())
    };
    Some(view! {
        <li class=class data-testid="queue-ticket" data-order=number>
            <div class="ticket-head">
                <h3>
                    <button type="button" class="ticket-no ticket-open" aria-label=label on:click=opened>
                        {table}
                        <small>{tr!(table.number)}</small>
                    </button>
                </h3>
                <p class="meta">
                    <StatusBadge status=OrderStatus::Pending text=|| words::status(OrderStatus::Pending) bare=true />
                    <span>{shown}</span>
                </p>
                <Show when=move || is(|t| t.fresh)>
                    <span class="badge new">{tr!(order.new)}</span>
                </Show>
                <AgeBadge age />
            </div>
            <ItemNames items=order.items note=order.note />
            {button}
        </li>
    })
}
