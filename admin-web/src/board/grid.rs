//! Right: every table in its place.

use leptos::prelude::*;
use web_kit::lean::{list, show};

use super::Desk;
use crate::state::filter::Filter;
use crate::tables::TableCard;
use crate::tr;
use crate::ui::Press;

/// The tables under the filter and the search.
#[component]
pub fn Tables() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let shown = desk.shown_tables();
    let show_all = move || {
        desk.filter.set(Filter::All);
        desk.search.set(String::new());
    };
    let empty = move || {
        view! {
            <div class="queue-empty" data-testid="no-match">
                <b>{tr!(board.no_match)}</b>
                {Press::new("btn", tr!(board.show_all)).act(show_all)}
            </div>
        }
    };
    view! {
        {show(move || shown.with(Vec::is_empty), empty)}
        <ul class="tables" data-testid="tables">
            {list(move || shown.get(), |id| view! { <TableCard id /> })}
        </ul>
    }
}
