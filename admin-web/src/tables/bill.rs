//! The foot of the drawer: how much is left to do, how much is due, and what can be done with the stay.

use leptos::prelude::*;
use web_kit::lean::{memo, show};
use web_kit::ui::{Icon, Won};

use super::stays::{FINISH, MOVE, PAST};
use crate::auth::Auth;
use crate::board::Desk;
use crate::route::Place;
use crate::state::tables::TableView;
use crate::ui::Press;
use crate::{say, tr, words};

/// The bill so far.
#[component]
pub fn Bill(
    /// The table.
    view: Memo<Option<TableView>>,
) -> impl IntoView {
    let (auth, desk, place) = (expect_context::<Auth>(), expect_context::<Desk>(), expect_context::<Place>());
    let counts = memo(move || view.with(|view| view.as_ref().map(|view| view.counts).unwrap_or_default()));
    let is_taken = memo(move || view.with(|view| view.as_ref().is_some_and(|view| view.session.is_some())));
    let total = Signal::derive(move || view.with(|view| view.as_ref().map(|v| v.total).unwrap_or_default()));
    let dishes = move || {
        let table = view.with(|view| view.as_ref().map(|view| view.id));
        desk.board.with(|board| {
            let orders = table.map(|table| board.orders_of(table)).unwrap_or_default();
            orders.iter().flat_map(|order| &order.items).map(|item| item.quantity).sum::<u32>()
        })
    };
    let made = move || {
        let counts = counts.get();
        format!("{} · {}", say!(table.orders, count = counts.all()), say!(table.dishes, count = dishes()))
    };
    let left = move || match counts.get().open() {
        0 => say!(table.all_done),
        open => say!(table.left, count = open),
    };
    let sum = move || {
        view! {
            <dl class="sum">
                <dt>{words::text(made)}</dt>
                <dd>{words::text(left)}</dd>
                <dt class="big">{tr!(table.due)}</dt>
                <dd class="big" data-testid="drawer-total">
                    <Won amount=total currency=auth.currency />
                </dd>
            </dl>
        }
    };
    let is_done = memo(move || counts.get().open() == 0);
    let acts = move || {
        // The next thing to press only when nothing is left to make.
        let class = if is_done.get() { "btn primary grow" } else { "btn grow" };
        let finish = Press::new(class, tr!(table.finish)).id("finish-table").act(move || place.show(FINISH));
        let moving = Press::new("btn quiet", tr!(table.move_visit)).icon(Icon::Move);
        view! {
            {moving.id("move-visit").act(move || place.show(MOVE))}
            {finish}
        }
    };
    let past = Press::new("btn quiet", tr!(past.open)).icon(Icon::Clock).id("past-visits");
    view! {
        <footer class="dr-foot">
            {show(move || { counts.get().all() != 0 }, sum)}
            <div class="row">
                {past.act(move || place.show(PAST))}
                {show(move || is_taken.get(), acts)}
            </div>
        </footer>
    }
}
