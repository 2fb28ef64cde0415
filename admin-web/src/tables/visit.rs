//! A business day's past visits: each in one line, its orders behind it.

use leptos::prelude::*;
use shared_types::history::{PastOrder, PastSession};
use shared_types::orders::OrderStatus;
use web_kit::format;
use web_kit::ui::{Icon, Svg, Won};

use crate::auth::Auth;
use crate::orders::timeline;
use crate::state::past::{Day, dishes};
use crate::{say, tr, words};

/// The day.
pub fn day(auth: Auth, day: Day) -> AnyView {
    let date = day.date.map(|date| date.to_string()).unwrap_or_default();
    view! {
        <section class="stack">
            <h3 class="split-line">
                {date}
                <Won amount=Signal::stored(day.total) currency=auth.currency />
            </h3>
            {day.stays.into_iter().map(|entry| visit(auth, entry)).collect::<Vec<_>>()}
        </section>
    }
    .into_any()
}

fn visit(auth: Auth, stay: PastSession) -> AnyView {
    let zone = auth.timezone.get_untracked();
    let hours =
        format!("{} – {}", format::time(stay.opened_at, &zone), format::time(stay.completed_at, &zone));
    let minutes = format::minutes_since(stay.opened_at, stay.completed_at.timestamp_millis());
    let count = stay.orders.len();
    let about =
        words::text(move || format!("{} · {}", words::minutes(minutes), say!(table.orders, count = count)));
    let row = |order: PastOrder| {
        let number = order.order_number.rsplit('-').next().unwrap_or_default().to_owned();
        let undone = (order.status != OrderStatus::Completed).then(|| words::status(order.status));
        view! {
            <tr>
                <td>{number}</td>
                <td>{format::time(order.ordered_at, &zone)}</td>
                <td>
                    {dishes(&order.items)} {undone.map(|text| view! { <small class="dim">" " {text}</small> }.into_any())}
                    {timeline(order.id, tr!(order.timeline))}
                </td>
                <td class="num">
                    <Won amount=Signal::stored(order.total_amount) currency=auth.currency />
                </td>
            </tr>
        }
        .into_any()
    };
    view! {
        <details class="card visit" data-testid="past-visit">
            <summary>
                <b>{hours}</b>
                <span class="small dim grow">{about}</span>
                <Won amount=Signal::stored(stay.total_amount) currency=auth.currency />
                <Svg icon=Icon::Down />
            </summary>
            <table class="tbl">
                <thead>
                    <tr>
                        <th scope="col">{tr!(past.number)}</th>
                        <th scope="col">{tr!(past.time)}</th>
                        <th scope="col">{tr!(past.dishes)}</th>
                        <th scope="col" class="num">{tr!(past.amount)}</th>
                    </tr>
                </thead>
                <tbody>{stay.orders.into_iter().map(row).collect::<Vec<_>>()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
