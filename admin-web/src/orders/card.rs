//! One order in a table's drawer.

use leptos::prelude::*;
use shared_types::OrderId;
use shared_types::orders::OrderStatus;
use web_kit::format;
use web_kit::lean::{attr, memo, on, part, show};
use web_kit::ui::{Icon, StatusBadge, Svg};

use super::Acts;
use super::items::ItemLines;
use super::timeline::timeline;
use crate::auth::Auth;
use crate::board::Desk;
use crate::ui::Press;
use crate::words::Text;
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
    let at = order.created_at;
    Some(view! {
        <article class="card dr-order" data-testid="order-card" data-order=number>
            <header>
                <h3>{shown}</h3>
                <StatusBadge status text=words::text(move || words::status(status.get())) />
            </header>
            <ItemLines items=order.items note=order.note />
            {timeline(id, placed(at, status))}
            <footer>
                {next_step(id, status, next)}
                {other_acts(id, named, status)}
            </footer>
        </article>
    })
}

fn placed(at: chrono::DateTime<chrono::Utc>, status: Memo<OrderStatus>) -> Text {
    let auth = expect_context::<Auth>();
    words::text(move || {
        let time = auth.timezone.with(|zone| format::time(at, zone));
        let told = say!(order.placed, time = time);
        if status.get() == OrderStatus::Completed {
            return told;
        }
        let age = words::minutes(format::minutes_since(at, auth.now_ms.get()));
        format!("{told} · {age}")
    })
}

fn next_step(id: OrderId, status: Memo<OrderStatus>, next: Memo<Option<OrderId>>) -> AnyView {
    let acts = expect_context::<Acts>();
    let is_next = memo(move || next.get() == Some(id));
    let button = move || {
        status.get().next().map(|step| {
            let class = if is_next.get() { "btn primary lg" } else { "btn lg" };
            let label = words::text(move || match step {
                OrderStatus::Completed => say!(order.complete),
                _ => say!(order.start),
            });
            Press::new(class, label)
                .single()
                .busy(acts.is_busy(id))
                .id("next-status")
                .act(move || acts.advance(id))
        })
    };
    part(button).into_any()
}

fn other_acts(id: OrderId, number: String, status: Memo<OrderStatus>) -> AnyView {
    let acts = expect_context::<Acts>();
    let is_open = RwSignal::new(false);
    let can_recall = memo(move || status.get().previous().is_some());
    let recall = move || {
        let act = move || {
            is_open.set(false);
            acts.recall(id, status.get_untracked());
        };
        let press = Press::new("btn quiet", tr!(order.recall)).icon(Icon::Undo);
        press.busy(acts.is_busy(id)).id("recall-order").act(act)
    };
    let more = move || {
        let delete = Press::new("btn danger", tr!(order.delete)).icon(Icon::Trash).id("delete-order");
        view! {
            <div class="other-acts">
                {show(move || can_recall.get(), recall)}
                {delete.act(move || acts.deleting.set(Some(id)))}
            </div>
        }
    };
    view! {
        <button
            type="button"
            class="btn icon"
            aria-expanded=attr(move || if is_open.get() { "true" } else { "false" })
            aria-label=tr!(order.other, number = number.clone())
            data-testid="order-more"
            on:click=on(move |_| is_open.update(|open| *open = !*open))
        >
            <Svg icon=Icon::More />
        </button>
        {show(move || is_open.get(), more)}
    }
    .into_any()
}
