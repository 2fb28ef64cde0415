//! `/`: what to take now, every table, every call.

use leptos::prelude::*;

use super::Desk;
use super::announcer::Announcer;
use super::grid::Tables;
use super::head::Head;
use super::queue::Queue;
use super::states::{BoardSkeleton, LoadError, NoTables};
use super::toolbar::Toolbar;
use super::warning::Warning;
use crate::calls::CallStrip;
use crate::shell::Rail;
use crate::state::board::Board;
use crate::tables::TableDrawer;
use crate::tr;

/// Tables beyond which the cards are small.
const ROOMY: usize = 20;

/// The page.
#[component]
pub fn BoardPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    desk.feed.follow();
    let is_loaded = Memo::new(move |_| desk.board.with(Board::is_loaded));
    let has_failed = move || !is_loaded.get() && desk.feed.failed.get();
    let content = move || match is_loaded.get() {
        true => view! { <Content /> }.into_any(),
        false if has_failed() => view! { <LoadError /> }.into_any(),
        false => view! { <p class="sr" role="status">{tr!(board.loading)}</p> }.into_any(),
    };
    view! {
        <Announcer />
        <Show when=move || is_loaded.get() || desk.feed.failed.get() fallback=BoardSkeleton>
            <div class="admin">
                <Rail />
                <div class="admin-main">
                    <Head />
                    <Warning />
                    <CallStrip />
                    {content}
                </div>
            </div>
        </Show>
        <TableDrawer />
    }
}

#[component]
fn Content() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let count = Memo::new(move |_| desk.board.with(|board| board.tables().len()));
    let class = move || if count.get() > ROOMY { "board-tables dense" } else { "board-tables" };
    view! {
        <main class="board" id="main" tabindex="-1">
            <Queue />
            <section class=class aria-labelledby="tables-title">
                <h2 id="tables-title" class="sr">
                    {tr!(board.filters)}
                </h2>
                <Show when=move || { count.get() != 0 } fallback=NoTables>
                    <Toolbar />
                    <Tables />
                </Show>
            </section>
        </main>
    }
}
