//! The foot of the drawer: how much is left to do, how much is due.

use leptos::prelude::*;
use shared_types::Money;
use web_kit::ui::Won;

use crate::auth::Auth;
use crate::board::Desk;
use crate::state::tables::TableView;
use crate::{say, tr, words};

/// The bill so far.
#[component]
pub fn Bill(
    /// The table.
    view: Memo<Option<TableView>>,
) -> impl IntoView {
    let (auth, desk) = (expect_context::<Auth>(), expect_context::<Desk>());
    let counts = move || view.with(|view| view.as_ref().map(|view| view.counts).unwrap_or_default());
    let total =
        Signal::derive(move || view.with(|view| view.as_ref().map_or(Money::ZERO, |view| view.total)));
    let dishes = move || {
        let table = view.with(|view| view.as_ref().map(|view| view.id));
        desk.board.with(|board| {
            let orders = table.map(|table| board.orders_of(table)).unwrap_or_default();
            orders.iter().flat_map(|order| &order.items).map(|item| item.quantity).sum::<u32>()
        })
    };
    let made = move || {
        format!("{} · {}", say!(table.orders, count = counts().all()), say!(table.dishes, count = dishes()))
    };
    let left = move || match counts().open() {
        0 => say!(table.all_done),
        open => say!(table.left, count = open),
    };
    view! {
        <Show when=move || { counts().all() != 0 }>
            <footer class="dr-foot">
                <dl class="sum">
                    <dt>{words::text(made)}</dt>
                    <dd>{words::text(left)}</dd>
                    <dt class="big">{tr!(table.due)}</dt>
                    <dd class="big" data-testid="drawer-total">
                        <Won amount=total currency=auth.currency />
                    </dd>
                </dl>
            </footer>
        </Show>
    }
}
