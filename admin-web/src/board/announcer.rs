//! Says new orders to a screen reader.

use leptos::prelude::*;
use shared_types::orders::Order;
use web_kit::lean::{effect, part};

use super::Desk;
use crate::say;
use crate::state::arrivals::Arrivals;
use crate::state::tables::Brief;

/// Heard, not seen.
#[component]
pub fn Announcer() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let said = RwSignal::new(String::new());
    let arrivals = StoredValue::new(Arrivals::default());
    effect(move || {
        let arrived = desk.unseen.with(|unseen| {
            let mut new = Vec::new();
            arrivals.update_value(|arrivals| new = arrivals.look(unseen));
            new
        });
        if !arrived.is_empty() {
            let orders = desk.board.with_untracked(|board| {
                let orders = arrived.iter().filter_map(|id| board.order(*id));
                orders.map(arrival).collect::<Vec<_>>()
            });
            said.set(orders.join(". "));
        }
    });
    view! {
        <p class="sr" role="status" aria-live="polite" data-testid="announcer">
            {part(move || said.get())}
        </p>
    }
}

fn arrival(order: &Order) -> String {
    let brief = Brief::of(order);
    let more = if brief.more > 0 { say!(table.more_dishes, count = brief.more) } else { String::new() };
    let dishes = format!("{} {more}", brief.dishes);
    say!(board.arrived, table = order.table_number.clone(), dishes = dishes)
}
