//! `/dashboard`: what to take now, every table, every call.

use leptos::prelude::*;
use web_kit::lean::{attr, choose, memo, part};

use super::Desk;
use super::grid::Tables;
use super::head::Head;
use super::queue::Queue;
use super::states::{BoardSkeleton, LoadError, NoTables};
use super::toolbar::Toolbar;
use super::warning::Warning;
use crate::calls::CallStrip;
use crate::state::board::Board;
use crate::tables::{FinishDialog, MoveDialog, PastDialog, TableDrawer};
use crate::tr;

/// Tables beyond which the cards are small.
const ROOMY: usize = 20;

/// The page.
#[component]
pub fn BoardPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let is_loaded = memo(move || desk.board.with(Board::is_loaded));
    let has_failed = move || !is_loaded.get() && desk.feed.failed.get();
    let content = move || match (is_loaded.get(), has_failed()) {
        (true, _) => view! { <Content /> }.into_any(),
        (false, true) => view! { <LoadError /> }.into_any(),
        (false, false) => view! { <p class="sr" role="status">{tr!(board.loading)}</p> }.into_any(),
    };
    let is_known = move || is_loaded.get() || desk.feed.failed.get();
    let page = move || {
        view! {
            <Head />
            <Warning />
            <CallStrip />
            {part(content)}
        }
    };
    view! {
        {choose(is_known, page, || view! { <BoardSkeleton /> })}
        <TableDrawer />
        <FinishDialog />
        <MoveDialog />
        <PastDialog />
    }
}

#[component]
fn Content() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let count = memo(move || desk.board.with(|board| board.tables().len()));
    let class = move || if count.get() > ROOMY { "board-tables dense" } else { "board-tables" };
    view! {
        <main class="board" id="main" tabindex="-1">
            <Queue />
            <section class=attr(class) aria-labelledby="tables-title">
                <h2 id="tables-title" class="sr">
                    {tr!(board.filters)}
                </h2>
                {choose(
                    move || count.get() != 0,
                    || view! { <Toolbar /> <Tables /> },
                    || view! { <NoTables /> },
                )}
            </section>
        </main>
    }
}
