//! One order: how long still, then the lines and the sum.

use leptos::prelude::*;
use shared_types::OrderId;
use shared_types::orders::{Order, OrderItem, OrderStatus};
use web_kit::format;
use web_kit::lean::memo;
use web_kit::ui::{Button, ButtonSize, ButtonVariant, Icon, Svg, status_class, use_toasts};

use super::again::order_again;
use super::{OrdersStore, names};
use crate::cart::CartStore;
use crate::login::Account;
use crate::menu::MenuStore;
use crate::shell::Price;
use crate::{tr, txt, words};

/// An order's card. It follows the order's events.
#[component]
pub fn OrderCard(
    /// Which one.
    id: OrderId,
    /// The server's time.
    now: ReadSignal<i64>,
) -> impl IntoView {
    let orders = OrdersStore::expect();
    // What was ordered and when never changes; only its status does.
    let order = untrack(|| orders.read(id, Order::clone));
    let status = memo(move || orders.read(id, |order| order.status));
    let heading = format!("order-{id}");
    let labelled = heading.clone();
    let say = move || {
        status.get().map(|status| match status {
            OrderStatus::Pending => txt!(orders.say_pending),
            OrderStatus::Preparing => txt!(orders.say_preparing),
            OrderStatus::Completed => txt!(orders.say_completed),
        })
    };
    view! {
        <article
            class="card order"
            aria-labelledby=labelled
            data-testid="order-card"
            data-status=move || status.get().map(OrderStatus::as_str)
        >
            <h2 id=heading>{move || say()}</h2>
            {view_steps(status)}
            {order.as_ref().map(view_lines)}
            {order.map(|order| view! { <Foot order now /> }.into_any())}
        </article>
    }
    .into_any()
}

/// Three shapes on a line.
fn view_steps(status: Memo<Option<OrderStatus>>) -> AnyView {
    let label = move || status.get().map(|status| txt!(orders.status_of, status = words::status(status)));
    let step = |step: &OrderStatus| {
        let step = *step;
        let class = move || {
            let done = status.get().is_some_and(|now| now > step || now == OrderStatus::Completed);
            format!("{}{}", status_class(step), if done { " done" } else { "" })
        };
        let current = move || (status.get() == Some(step)).then_some("step");
        view! {
            <li class=class aria-current=current>
                <i></i>
                {move || words::status(step)}
            </li>
        }
        .into_any()
    };
    let steps: Vec<_> = OrderStatus::ALL.iter().map(step).collect();
    view! {
        <ol class="steps" aria-label=label data-testid="order-status">
            {steps}
        </ol>
    }
    .into_any()
}

fn view_lines(order: &Order) -> impl IntoView + use<> {
    let lines: Vec<_> = order.items.iter().map(view_line).collect();
    view! { <ul class="order-items">{lines}</ul> }
}

fn view_line(item: &OrderItem) -> impl IntoView + use<> {
    let menu = MenuStore::expect();
    let (count, subtotal, note) = (item.quantity, item.subtotal, item.note.clone());
    let options = (!item.options.is_empty()).then(|| {
        let item = item.clone();
        view! { <small>{move || names::options(menu, &item)}</small> }.into_any()
    });
    let item = item.clone();
    view! {
        <li>
            <span>
                {move || txt!(orders.line, name = names::dish(menu, &item), count = count)}
                {options}
                {note.map(|note| view! { <small class="note">{note}</small> }.into_any())}
            </span>
            <Price amount=subtotal />
        </li>
    }
}

/// When it was ordered, what it costs, and the same again.
#[component]
fn Foot(order: Order, now: ReadSignal<i64>) -> impl IntoView {
    let account = Account::expect();
    let (cart, menu, toasts) = (CartStore::expect(), MenuStore::expect(), use_toasts());
    let total = order.total_amount;
    let (number, at) = (order.order_number.clone(), order.created_at);
    let short = order.short_number().to_owned();
    let when = move || {
        let time = format::time(at, &account.timezone());
        match format::minutes_since(at, now.get()) {
            0 => txt!(orders.when_now, number = short.clone(), time = time.clone()),
            minutes => txt!(orders.when, number = short.clone(), time = time.clone(), minutes = minutes),
        }
    };
    let again = move |()| order_again(&order, cart, menu, toasts);
    view! {
        <footer class="order-foot">
            <span class="small dim" title=number data-testid="order-when">
                {move || when()}
            </span>
            <Button
                variant=ButtonVariant::Quiet
                size=ButtonSize::Small
                disabled=cart.frozen()
                on_press=again
                attr:data-testid="order-again"
            >
                <Svg icon=Icon::Repeat />
                {tr!(orders.again)}
            </Button>
            <Price amount=total />
        </footer>
    }
}
