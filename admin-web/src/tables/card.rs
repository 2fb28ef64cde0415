//! One table on the board. Its own width decides how much it shows.

use leptos::prelude::*;
use shared_types::{Money, TableId};
use web_kit::lean::{attr, memo, on, part};
use web_kit::ui::Won;

use super::preview::{Counts, Newest};
use crate::auth::Auth;
use crate::board::Desk;
use crate::orders::{Acts, AgeBadge};
use crate::state::age::Lateness;
use crate::state::tables::TableView;
use crate::ui::Press;
use crate::{say, tr, words};

/// One table.
#[component]
pub fn TableCard(
    /// Which one.
    id: TableId,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let view = desk.table(id);
    let number =
        memo(move || view.with(|view| view.as_ref().map(|view| view.number.clone()).unwrap_or_default()));
    let is_free = memo(move || view.with(|view| view.as_ref().is_none_or(|view| view.session.is_none())));
    let class = move || view.with(|view| view.as_ref().map_or("table idle", class_of));
    let age = Signal::derive(move || view.with(|view| view.as_ref().and_then(|view| view.age)));
    let label = words::text(move || match is_free.get() {
        true => say!(table.open_free, number = number.get()),
        false => say!(table.open, number = number.get()),
    });
    let body = move || match is_free.get() {
        true => view! { <p class="small">{tr!(table.free)}</p> }.into_any(),
        false => view! {
            <Newest view />
            <Counts view />
            <Foot view />
        }
        .into_any(),
    };
    view! {
        <li>
            <article class=attr(class) data-testid=words::text(move || format!("table-card-{}", number.get()))>
                <div class="table-head">
                    <h3>
                        <button
                            type="button"
                            class="table-open"
                            aria-label=label
                            on:click=on(move |_| desk.open(id))
                        >
                            {part(move || number.get())}
                            <small>{tr!(table.number)}</small>
                        </button>
                    </h3>
                    <AgeBadge age />
                </div>
                {part(body)}
            </article>
        </li>
    }
}

/// Colour only where someone has to act.
fn class_of(view: &TableView) -> &'static str {
    let is_late = view.age.is_some_and(|age| age.lateness == Lateness::Late);
    match view.session {
        None => "table idle",
        Some(_) if is_late && view.fresh => "table overdue fresh",
        Some(_) if is_late => "table overdue",
        Some(_) if view.fresh => "table due fresh",
        Some(_) if view.counts.pending > 0 => "table due",
        Some(_) => "table",
    }
}

#[component]
fn Foot(view: Memo<Option<TableView>>) -> impl IntoView {
    let (auth, acts) = (expect_context::<Auth>(), expect_context::<Acts>());
    let count = move || view.with(|view| view.as_ref().map_or(0, |view| view.counts.all()));
    let total =
        Signal::derive(move || view.with(|view| view.as_ref().map_or(Money::ZERO, |view| view.total)));
    let finishing = memo(move || view.with(|view| view.as_ref().and_then(|view| view.finishing.clone())));
    let button = move || {
        finishing.get().map(|(order, number)| {
            view! {
                {Press::new("btn sm", tr!(table.complete, number = number.clone())).single()
                    .busy(acts.is_busy(order))
                    .id("next-status")
                    .act(move || acts.advance(order))}
            }
        })
    };
    view! {
        <div class="table-foot">
            <span>
                <span class="dim">{tr!(table.orders, count = count())} " "</span>
                <span data-testid="table-total">
                    <Won amount=total currency=auth.currency />
                </span>
            </span>
            {part(button)}
        </div>
    }
}
