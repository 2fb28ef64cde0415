//! Right: every table in its place.

use leptos::prelude::*;
use web_kit::ui::Button;

use super::Desk;
use crate::state::filter::Filter;
use crate::tables::TableCard;
use crate::tr;

/// The tables under the filter and the search.
#[component]
pub fn Tables() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let shown = desk.shown_tables();
    let show_all = move || {
        desk.filter.set(Filter::All);
        desk.search.set(String::new());
    };
    view! {
        <Show when=move || shown.with(Vec::is_empty)>
            <div class="queue-empty" data-testid="no-match">
                <b>{tr!(board.no_match)}</b>
                <Button on_press=show_all>{tr!(board.show_all)}</Button>
            </div>
        </Show>
        <ul class="tables" data-testid="tables">
            <For each=move || shown.get() key=|id| *id children=|id| view! { <TableCard id /> } />
        </ul>
    }
}
