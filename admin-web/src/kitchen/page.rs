//! `/kitchen`: every order that is not done, oldest first; one tap takes it a step further, one calls the last back.

use leptos::prelude::*;
use shared_types::orders::OrderStatus;
use web_kit::format;
use web_kit::lean::{choose, list, memo, part, show};
use web_kit::ui::{Icon, Svg};

use super::ticket::ticket;
use crate::auth::Auth;
use crate::board::{Desk, LoadError, Warning};
use crate::orders::Acts;
use crate::route::Page;
use crate::shell::Link;
use crate::shell::Live;
use crate::sound::SoundSwitch;
use crate::state::board::Board;
use crate::ui::{Press, boxes};
use crate::{say, tr, words};

/// The page.
#[component]
pub fn KitchenPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let only = RwSignal::new(None::<OrderStatus>);
    let is_loaded = memo(move || desk.board.with(Board::is_loaded));
    let waiting = move || {
        choose(
            move || desk.feed.failed.get(),
            || view! { <LoadError /> },
            || view! { <div class="ktickets" aria-busy="true" data-testid="loading">{boxes(6, "skel skel-table")}</div> },
        )
    };
    view! {
        <div class="kitchen">
            {head(desk, only)}
            <Warning />
            {choose(move || is_loaded.get(), move || queue(desk, only), waiting)}
        </div>
    }
}

fn head(desk: Desk, only: RwSignal<Option<OrderStatus>>) -> AnyView {
    let (auth, acts) = (expect_context::<Auth>(), expect_context::<Acts>());
    let last = memo(move || desk.board.with(Board::last_completed));
    let recall = move || {
        last.get().map(|(id, number)| {
            Press::new("btn", tr!(kitchen.recall, number = number.clone()))
                .icon(Icon::Undo)
                .busy(acts.is_busy(id))
                .id("recall-last")
                .act(move || acts.recall(id, OrderStatus::Completed))
        })
    };
    let filter = |status: Option<OrderStatus>| {
        let count = memo(move || desk.board.with(|board| board.to_make(status).len()));
        let label = words::text(move || {
            let name = status.map_or_else(|| say!(board.all), words::status);
            format!("{name} {}", count.get())
        });
        Press::new("chip", label)
            .pressed(move || only.get() == status)
            .id("kitchen-filter")
            .act(move || only.set(status))
    };
    let clock = memo(move || {
        let now = chrono::DateTime::from_timestamp_millis(auth.now_ms.get()).unwrap_or_default();
        auth.timezone.with(|zone| format::time(now, zone))
    });
    let all = [None, Some(OrderStatus::Pending), Some(OrderStatus::Preparing)];
    view! {
        <header class="admin-head">
            <Link to=Page::Board class="btn quiet icon">
                <Svg icon=Icon::Back />
                <span class="sr">{tr!(app.to_board)}</span>
            </Link>
            <h1>{tr!(kitchen.title)}</h1>
            <Live />
            <SoundSwitch />
            <div class="chips" role="group" aria-label=tr!(kitchen.filter)>
                {all.map(filter).into_iter().collect::<Vec<_>>()}
            </div>
            <div class="acts">
                {part(recall)}
                {Press::icon_only("btn quiet icon wide-only", Icon::Full, tr!(kitchen.full)).id("full-screen").act(fill_screen)}
            </div>
            <time class="clock">{part(move || clock.get())}</time>
        </header>
    }
    .into_any()
}

/// Nothing but the orders: without the browser's bars. Once more brings them back.
fn fill_screen() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(page) = document().document_element() {
        // A browser that cannot leaves everything as it is.
        let _ = page.request_fullscreen();
    }
}

fn queue(desk: Desk, only: RwSignal<Option<OrderStatus>>) -> AnyView {
    let counts = move || {
        let count = |(name, count): (String, u32)| view! { <li>{name} " " <b>{count}</b></li> }.into_any();
        desk.board.with(Board::still_to_make).into_iter().map(count).collect::<Vec<_>>()
    };
    let shown = memo(move || {
        desk.board.with(|board| board.to_make(only.get()).iter().map(|order| order.id).collect::<Vec<_>>())
    });
    let oldest = memo(move || shown.with(|shown| shown.first().copied()));
    let empty = || {
        view! {
            <div class="queue-empty" data-testid="kitchen-empty">
                <b>{tr!(kitchen.empty)}</b>
                <p>{tr!(board.queue_empty_text)}</p>
            </div>
        }
    };
    view! {
        <ul class="allday" tabindex="0" aria-label=tr!(kitchen.counts) data-testid="all-day">
            {part(counts)}
        </ul>
        <main class="page" id="main" tabindex="-1">
            {show(move || shown.with(Vec::is_empty), empty)}
            <ol class="ktickets" data-testid="kitchen-queue">
                {list(move || shown.get(), move |id| desk.at_its_table(id, move |id| ticket(desk, id, oldest)))}
            </ol>
        </main>
    }
    .into_any()
}
