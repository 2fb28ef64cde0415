//! Filter chips and the search above the tables.

use leptos::prelude::*;
use shared_types::orders::OrderStatus;
use web_kit::lean::{attr, memo, on, part};
use web_kit::ui::{Icon, Svg};

use super::Desk;
use crate::state::filter::Filter;
use crate::state::sort::Sort;
use crate::{say, tr, words};

/// Chips and search.
#[component]
pub fn Toolbar() -> impl IntoView {
    let desk = expect_context::<Desk>();
    view! {
        <div class="toolbar">
            <div class="chips" role="group" aria-label=tr!(board.filters)>
                {Filter::ALL.map(|filter| view! { <Chip filter /> }).into_iter().collect::<Vec<_>>()}
            </div>
            <select
                class="input sort"
                aria-label=tr!(board.sort)
                data-testid="sort"
                on:change=on(move |event| desk.sort_by(event_target_value(&event)))
            >
                {part(move || sorts(desk))}
            </select>
            <div class="search">
                <Svg icon=Icon::Search />
                <input
                    class="input"
                    type="search"
                    inputmode="search"
                    autocomplete="off"
                    aria-label=tr!(board.search)
                    placeholder=tr!(board.search)
                    data-testid="search"
                    prop:value=desk.search
                    on:input=on(move |event| desk.search.set(event_target_value(&event)))
                />
            </div>
        </div>
    }
}

fn sorts(desk: Desk) -> Vec<AnyView> {
    let now = desk.sort.with(|sort| Sort::of(sort));
    let option = |(sort, name): (Sort, &'static str)| {
        let words = match sort {
            Sort::Number => say!(board.sort_number),
            Sort::Wait => say!(board.sort_wait),
            Sort::Newest => say!(board.sort_newest),
            Sort::Total => say!(board.sort_total),
        };
        view! { <option value=name selected=sort == now>{words}</option> }.into_any()
    };
    Sort::ALL.map(option).into()
}

#[component]
fn Chip(filter: Filter) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let count =
        memo(move || desk.tables.with(|tables| tables.iter().filter(|table| filter.takes(table)).count()));
    let mark = match filter {
        Filter::All | Filter::Taken | Filter::Free => None,
        Filter::Pending => Some("mark pending"),
        Filter::Preparing => Some("mark preparing"),
        Filter::Late => Some("mark late"),
    };
    let name = words::text(move || match filter {
        Filter::All => say!(board.all),
        Filter::Pending => words::status(OrderStatus::Pending),
        Filter::Preparing => words::status(OrderStatus::Preparing),
        Filter::Late => say!(board.late),
        Filter::Taken => say!(tables.taken),
        Filter::Free => say!(board.free),
    });
    let testid = match filter {
        Filter::All => "filter-all",
        Filter::Pending => "filter-pending",
        Filter::Preparing => "filter-preparing",
        Filter::Late => "filter-late",
        Filter::Taken => "filter-taken",
        Filter::Free => "filter-free",
    };
    let pressed = move || if desk.filter.get() == filter { "true" } else { "false" };
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=attr(pressed)
            data-testid=testid
            on:click=on(move |_| desk.filter.set(filter))
        >
            {mark.map(|class| view! { <span class=class></span> })}
            {name}
            " "
            <b>{part(move || count.get())}</b>
        </button>
    }
}
