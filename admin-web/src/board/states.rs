//! The board before it is there, when it cannot be had, and when there is nothing to put on it.

use leptos::prelude::*;
use web_kit::ui::{Button, ButtonVariant, Icon, Skeleton, Svg};

use super::Desk;
use crate::tr;

/// Boxes of the size of what replaces them, as `index.html` draws them before the program is there.
#[component]
pub fn BoardSkeleton() -> impl IntoView {
    view! {
        <div class="admin" data-testid="board-skeleton" aria-busy="true">
            <div class="rail"></div>
            <div class="admin-main">
                <div class="admin-head">
                    <Skeleton class="skel-title" />
                    <Skeleton class="skel-badge" />
                </div>
                <div class="board">
                    <div class="queue">
                        <Skeleton class="skel-heading" />
                        {(0..3).map(|_| view! { <Skeleton class="skel-ticket" /> }).collect_view()}
                    </div>
                    <div class="board-tables">
                        <Skeleton class="skel-heading" />
                        <div class="tables">
                            {(0..12).map(|_| view! { <Skeleton class="skel-table" /> }).collect_view()}
                        </div>
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
            <Button
                variant=ButtonVariant::Primary
                on_press=move || desk.feed.hurry()
                attr:data-testid="retry"
            >
                {tr!(board.retry)}
            </Button>
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
