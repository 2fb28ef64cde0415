//! The board before it is there, when it cannot be had, and when there is nothing to put on it.

use leptos::prelude::*;
use web_kit::ui::{Icon, Svg};

use super::Desk;
use crate::tr;
use crate::ui::{Press, boxes};

/// Boxes of the size of what replaces them, as `index.html` draws them before the program is there.
#[component]
pub fn BoardSkeleton() -> impl IntoView {
    view! {
        <div class="whole" data-testid="board-skeleton" aria-busy="true">
            <div class="admin-head">
                {boxes(1, "skel skel-title")}
                {boxes(1, "skel skel-badge")}
            </div>
            <div class="board">
                <div class="queue">
                    {boxes(1, "skel skel-heading")}
                    {boxes(3, "skel skel-ticket")}
                </div>
                <div class="board-tables">
                    {boxes(1, "skel skel-heading")}
                    <div class="tables">
                        {boxes(12, "skel skel-table")}
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The first snapshot could not be fetched. It is asked for again by itself, too.
#[component]
pub fn LoadError() -> impl IntoView {
    let desk = expect_context::<Desk>();
    view! {
        <main class="lone" id="main" role="alert" data-testid="board-error">
            <Svg icon=Icon::Offline />
            <h2>{tr!(board.error)}</h2>
            <p>{tr!(auth.network_text)}</p>
            {Press::new("btn primary", tr!(board.retry)).id("retry").act(move || desk.feed.hurry())}
        </main>
    }
}

/// A store without tables.
#[component]
pub fn NoTables() -> impl IntoView {
    view! {
        <div class="queue-empty" data-testid="no-tables">
            <b>{tr!(board.no_tables)}</b>
            <p>{tr!(board.no_tables_text)}</p>
        </div>
    }
}
