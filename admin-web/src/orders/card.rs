//! One order in a table's drawer.

use leptos::prelude::*;
use shared_types::OrderId;
use shared_types::orders::OrderStatus;
use web_kit::format;
use web_kit::ui::{Button, ButtonSize, ButtonVariant, Icon, StatusBadge, Svg};

use super::Acts;
use super::items::ItemLines;
use crate::auth::Auth;
use crate::board::Desk;
use crate::{say, tr, words};

/// One order: its lines, its next step, and behind a menu what is rarely needed.
#[component]
pub fn OrderCard(
    /// The order.
    id: OrderId,
    /// The order of this drawer that is the next to see to.
    next: Memo<Option<OrderId>>,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    // Lines never change; the list drops the card when the order is gone.
    let order = desk.board.with_untracked(|board| board.order(id).cloned())?;
    let number = order.short_number().to_owned();
    let (shown, named) = (number.clone(), number.clone());
    let last = order.status;
    let status = Memo::new(move |before: Option<&OrderStatus>| {
        let now = desk.board.with(|board| board.order(id).map(|order| order.status));
        now.or(before.copied()).unwrap_or(last)
    });
    let placed = order.created_at;
    Some(view! {
        <article class="card dr-order" data-testid="order-card" data-order=number>
            <header>
                <h3>{shown}</h3>
                <StatusBadge status text=words::text(move || words::status(status.get())) />
            </header>
            <ItemLines items=order.items note=order.note />
            <p class="small dim">
                <Placed placed status />
            </p>
            <footer>
                <NextStep id status next />
                <OtherActs id number=named status />
            </footer>
        </article>
    })
}

#[component]
fn Placed(placed: chrono::DateTime<chrono::Utc>, status: Memo<OrderStatus>) -> impl IntoView {
    let auth = expect_context::<Auth>();
    move || {
        let time = auth.timezone.with(|zone| format::time(placed, zone));
        let told = say!(order.placed, time = time);
        if status.get() == OrderStatus::Completed {
            return told;
        }
        let age = words::minutes(format::minutes_since(placed, auth.now_ms.get()));
        format!("{told} · {age}")
    }
}

#[component]
fn NextStep(id: OrderId, status: Memo<OrderStatus>, next: Memo<Option<OrderId>>) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let is_next = Memo::new(move |_| next.get() == Some(id));
    move || {
        status.get().next().map(|step| {
            let variant = if is_next.get() { ButtonVariant::Primary } else { ButtonVariant::Plain };
            let label = words::text(move || match step {
                OrderStatus::Completed => say!(order.complete),
                _ => say!(order.start),
            });
            view! {
                <Button
                    variant
                    size=ButtonSize::Large
                    busy=acts.is_busy(id)
                    on_press=move || acts.advance(id)
                    attr:data-testid="next-status"
                >
                    {label}
                </Button>
            }
        })
    }
}

#[component]
fn OtherActs(id: OrderId, number: String, status: Memo<OrderStatus>) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let is_open = RwSignal::new(false);
    let can_recall = Memo::new(move |_| status.get().previous().is_some());
    let recall = move || {
        is_open.set(false);
        acts.recall(id);
    };
    view! {
        <button
            type="button"
            class="btn icon"
            aria-expanded=move || if is_open.get() { "true" } else { "false" }
            aria-label=tr!(order.other, number = number.clone())
            data-testid="order-more"
            on:click=move |_| is_open.update(|open| *open = !*open)
        >
            <Svg icon=Icon::More />
        </button>
        <Show when=move || is_open.get()>
            <div class="other-acts">
                <Show when=move || can_recall.get()>
                    <Button
                        variant=ButtonVariant::Quiet
                        busy=acts.is_busy(id)
                        on_press=recall
                        attr:data-testid="recall-order"
                    >
                        <Svg icon=Icon::Undo />
                        {tr!(order.recall)}
                    </Button>
                </Show>
                <Button
                    variant=ButtonVariant::Danger
                    on_press=move || acts.deleting.set(Some(id))
                    attr:data-testid="delete-order"
                >
                    <Svg icon=Icon::Trash />
                    {tr!(order.delete)}
                </Button>
            </div>
        </Show>
    }
}
