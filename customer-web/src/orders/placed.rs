//! The order's number fills the screen for five seconds. Nothing to decide: any tap leaves.

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use shared_types::orders::Order;
use web_kit::lean::on;
use web_kit::ui::{Dialog, DialogShape, Icon, Svg};

use super::{OrdersStore, names};
use crate::menu::MenuStore;
use crate::route::{Place, Route};
use crate::shell::Price;
use crate::{tr, txt};

/// How long the number stays.
const SECONDS: u32 = 5;

/// Shows the number of the order that was just placed.
#[component]
pub fn PlacedScreen() -> impl IntoView {
    let orders = OrdersStore::expect();
    let place = Place::expect();
    let open = Signal::derive(move || orders.placed.with(Option::is_some));
    let leave = Callback::new(move |to: Route| {
        if orders.placed.try_get_untracked().flatten().is_some() {
            orders.placed.set(None);
            place.go(to);
        }
    });
    let close = Callback::new(move |()| leave.run(Route::Menu));
    view! {
        <Dialog open on_close=close labelled_by="placed-h" shape=DialogShape::Full testid="order-placed">
            {move || orders.placed_order().map(|order| view! { <Placed order leave /> }.into_any())}
        </Dialog>
    }
}

#[component]
fn Placed(order: Order, leave: Callback<Route>) -> impl IntoView {
    let menu = MenuStore::expect();
    let left = RwSignal::new(SECONDS);
    // Dropped with this view: whoever leaves early is not brought back later.
    StoredValue::new_local(Interval::new(1_000, move || {
        let now = left.try_update(|left| {
            *left = left.saturating_sub(1);
            *left
        });
        if now == Some(0) {
            leave.run(Route::Menu);
        }
    }));
    let short = order.short_number().to_owned();
    let number = order.order_number.clone();
    let total = order.total_amount;
    view! {
        <div class="placed" on:click=on(move |_| leave.run(Route::Menu))>
            <div class="placed-hero">
                <span class="placed-tick">
                    <Svg icon=Icon::Check />
                </span>
                <h1 id="placed-h" tabindex="-1" autofocus=true>
                    {tr!(placed.title)}
                </h1>
                <p class="placed-no" data-testid="order-number" data-number=order.order_number.clone()>
                    {short}
                </p>
                <p class="dim">{move || txt!(placed.number, number = number.clone())}</p>
            </div>
            <div class="placed-foot">
                <div class="card placed-sum">
                    <span>{move || what(menu, &order)}</span>
                    <Price amount=total />
                </div>
                <button type="button" class="btn primary lg wide" data-testid="placed-leave">
                    {tr!(placed.back)}
                    <svg class="ring" viewBox="0 0 28 28" aria-hidden="true">
                        <circle cx="14" cy="14" r="11"></circle>
                        <circle cx="14" cy="14" r="11"></circle>
                    </svg>
                </button>
                <p class="placed-hint small dim">{move || txt!(placed.countdown, seconds = left.get())}</p>
                <button
                    type="button"
                    class="btn quiet"
                    data-testid="placed-see"
                    on:click=on(move |event: leptos::ev::MouseEvent| {
                        event.stop_propagation();
                        leave.run(Route::Orders);
                    })
                >
                    {tr!(placed.see)}
                </button>
            </div>
        </div>
    }
}

/// 소불고기 외 2개 · 7번 테이블.
fn what(menu: MenuStore, order: &Order) -> String {
    let name = order.items.first().map(|item| names::dish(menu, item)).unwrap_or_default();
    let table = order.table_number.clone();
    match order.items.len() {
        0 | 1 => txt!(placed.one, name = name.clone(), table = table.clone()),
        lines => txt!(placed.many, name = name.clone(), count = lines - 1, table = table.clone()),
    }
}
