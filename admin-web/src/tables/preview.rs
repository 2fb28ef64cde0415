//! What a table's card says of its orders: the newest in words, or all as counts where there is no room.

use leptos::prelude::*;
use shared_types::orders::OrderStatus;
use web_kit::lean::part;

use crate::state::tables::{Brief, TableView};
use crate::{say, tr, words};

/// The newest orders, one line each.
#[component]
pub fn Newest(
    /// The table.
    view: Memo<Option<TableView>>,
) -> impl IntoView {
    let line = |brief: Brief| {
        let status = brief.status;
        let class = if status == OrderStatus::Completed { "is-done" } else { "" };
        let more = (brief.more > 0)
            .then_some(words::text(move || format!(" {}", say!(table.more_dishes, count = brief.more))));
        view! {
            <li class=class>
                <span class=format!("mark {}", status.as_str())></span>
                <span>{brief.dishes} {more}</span>
                <span class="sr">{words::text(move || words::status(status))}</span>
            </li>
        }
        .into_any()
    };
    let newest = move || view.with(|view| view.as_ref().map(|view| view.newest.clone()).unwrap_or_default());
    let more = move || view.with(|view| view.as_ref().map_or(0, |view| view.more));
    let more_line = move || {
        (more() > 0)
            .then(|| view! { <li class="more">{tr!(table.more_orders, count = more())}</li> }.into_any())
    };
    view! {
        <ul class="table-orders">
            {part(move || newest().into_iter().map(line).collect::<Vec<_>>())}
            {part(more_line)}
        </ul>
    }
}

/// How many orders stand where: drawn where the card is too narrow for words.
#[component]
pub fn Counts(
    /// The table.
    view: Memo<Option<TableView>>,
) -> impl IntoView {
    let counts = move || {
        let counts = view.with(|view| view.as_ref().map(|view| view.counts).unwrap_or_default());
        let all = [
            (OrderStatus::Pending, counts.pending),
            (OrderStatus::Preparing, counts.preparing),
            (OrderStatus::Completed, counts.completed),
        ];
        let shown = all.into_iter().filter(|(_, count)| *count > 0);
        shown
            .map(|(status, count)| {
                view! {
                    <span>
                        <i class=format!("mark {}", status.as_str())></i>
                        {count}
                        <span class="sr">{words::text(move || words::status(status))}</span>
                    </span>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    };
    view! { <p class="table-short">{part(counts)}</p> }
}
