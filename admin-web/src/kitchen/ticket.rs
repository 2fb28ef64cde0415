//! One order on the kitchen's wall.

use chrono::DateTime;
use leptos::prelude::*;
use shared_types::OrderId;
use shared_types::orders::{OrderItem, OrderStatus};
use web_kit::lean::{attr, memo, part};
use web_kit::ui::StatusBadge;

use crate::auth::Auth;
use crate::board::Desk;
use crate::orders::{Acts, AgeBadge, note_line, options};
use crate::state::age::{Age, Lateness};
use crate::ui::Press;
use crate::{say, tr, words};

/// The order: what to make, since when, and its next step.
pub fn ticket(desk: Desk, id: OrderId, oldest: Memo<Option<OrderId>>) -> Option<AnyView> {
    let (auth, acts) = (expect_context::<Auth>(), expect_context::<Acts>());
    // Lines never change; the list drops the ticket when the order is done.
    let order = desk.board.with_untracked(|board| board.order(id).cloned())?;
    let last = order.status;
    let status = memo(move || desk.board.with(|board| board.order(id).map_or(last, |order| order.status)));
    let since = order.created_at;
    let age = memo(move || {
        let now = DateTime::from_timestamp_millis(auth.now_ms.get()).unwrap_or_default();
        Age::between(since, now, auth.patience.get())
    });
    let class = move || match age.get().lateness {
        Lateness::Fine => "card kt",
        Lateness::Warn => "card kt warn",
        Lateness::Late => "card kt over",
    };
    let number = order.short_number().to_owned();
    let name = number.clone();
    let step = move || {
        let label =
            if status.get() == OrderStatus::Pending { say!(order.start) } else { say!(order.complete) };
        let spoken = format!("{label} {name}");
        let class = if oldest.get() == Some(id) { "btn primary lg wide" } else { "btn lg wide" };
        Press::new(class, label)
            .single()
            .name(words::text(move || spoken.clone()))
            .busy(acts.is_busy(id))
            .id("bump")
            .act(move || acts.advance(id))
    };
    let note = order.note.map(|note| view! { <p class="kt-note">{note_line(note)}</p> }.into_any());
    let view = view! {
        <li class=attr(class) data-testid="kitchen-ticket" data-order=number.clone()>
            <header>
                <h2 class="ticket-no">
                    {order.table_number}
                    <small>{tr!(table.number)}</small>
                </h2>
                <p class="meta">
                    <StatusBadge status text=words::text(move || words::status(status.get())) bare=true />
                    <span>{number.clone()}</span>
                </p>
                <AgeBadge age=Signal::derive(move || Some(age.get())) />
            </header>
            <ul class="kt-items">{order.items.into_iter().map(line).collect::<Vec<_>>()}</ul>
            {note}
            <footer>{part(step)}</footer>
        </li>
    };
    Some(view.into_any())
}

fn line(item: OrderItem) -> AnyView {
    let class = if item.quantity > 1 { "q many" } else { "q" };
    let options = options(&item).map(|text| view! { <small>{text}</small> }.into_any());
    view! {
        <li>
            <span class=class>{item.quantity}</span>
            <span>{item.menu_name}</span>
            {options}
            {item.note.map(note_line)}
        </li>
    }
    .into_any()
}
