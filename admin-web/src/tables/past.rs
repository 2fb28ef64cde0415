//! Past visits of a table, newest first, by business day.

use leptos::prelude::*;
use shared_types::TableId;
use web_kit::api;
use web_kit::lean::{effect, part, spawn};
use web_kit::ui::{Won, use_toasts};

use super::stays::{PAST, Stays};
use super::visit::day;
use crate::auth::Auth;
use crate::board::Desk;
use crate::route::Place;
use crate::state::past::Past;
use crate::ui::{Press, Remote, Sheet, date, remote_view, told};
use crate::{say, tr};

/// The visits of the table in the drawer, while the address says so.
#[component]
pub fn PastDialog() -> impl IntoView {
    let (place, stays) = (expect_context::<Place>(), expect_context::<Stays>());
    let table = stays.shown(PAST);
    let open = Signal::derive(move || table.get().is_some());
    let close = Callback::new(move |()| place.close());
    let content = move || table.get().map(visits);
    view! {
        <Sheet open on_close=close id="past-title" title=title testid="past-dialog">
            {content()}
        </Sheet>
    }
}

fn title() -> String {
    let desk = expect_context::<Desk>();
    let number = desk
        .opened
        .get()
        .and_then(|id| desk.board.with(|board| board.table(id).map(|table| table.table_number.clone())));
    say!(past.title, number = number.unwrap_or_default())
}

/// What is looked at, and what came of it.
#[derive(Clone, Copy)]
struct Search {
    table: TableId,
    from: RwSignal<String>,
    to: RwSignal<String>,
    found: Remote<Past>,
    busy: RwSignal<bool>,
}

impl Search {
    fn fetch(self) {
        let (from, to) = (self.from.get_untracked(), self.to.get_untracked());
        self.found.load(async move {
            api::admin::tables::history(self.table, &from, &to, None).await.map(Past::from)
        });
    }

    fn fetch_more(self) {
        let cursor = self.found.value.with_untracked(|past| past.as_ref()?.next_cursor.clone());
        let (Some(cursor), false) = (cursor, self.busy.get_untracked()) else { return };
        let (from, to, toasts) = (self.from.get_untracked(), self.to.get_untracked(), use_toasts());
        self.busy.set(true);
        spawn(async move {
            let page = api::admin::tables::history(self.table, &from, &to, Some(&cursor)).await;
            // The dialog may have been closed meanwhile.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match page {
                Ok(page) => self.found.value.update(|past| {
                    if let Some(past) = past {
                        past.append(page);
                    }
                }),
                Err(failure) => toasts.error(told(&failure)),
            }
        });
    }
}

fn visits(table: TableId) -> AnyView {
    let search = Search {
        table,
        from: RwSignal::default(),
        to: RwSignal::default(),
        found: Remote::new(),
        busy: RwSignal::new(false),
    };
    // A new range is a new search.
    effect(move || {
        search.from.track();
        search.to.track();
        search.found.clear();
        search.fetch();
    });
    let content = remote_view(search.found, "skel skel-row", move || search.fetch(), move || found(search));
    view! {
        <div class="wide dialog-body stack" tabindex="0" aria-labelledby="past-title">
            <div class="two">
                {date("past-from", tr!(past.from), search.from)}
                {date("past-to", tr!(past.to), search.to)}
            </div>
            {content}
        </div>
    }
    .into_any()
}

fn found(search: Search) -> AnyView {
    let auth = expect_context::<Auth>();
    let past = move || search.found.value.get().unwrap_or_default();
    let total = Signal::derive(move || past().total());
    let summary = move || {
        let past = past();
        if past.stays.is_empty() {
            return view! { <p class="queue-empty" data-testid="past-empty">{tr!(past.empty)}</p> }
                .into_any();
        }
        view! {
            <p class="split-line" data-testid="past-sum">
                <span>{tr!(past.count, count = past.stays.len())}</span>
                <Won amount=total currency=auth.currency />
            </p>
        }
        .into_any()
    };
    let days = move || past().days().into_iter().map(|entry| day(auth, entry)).collect::<Vec<_>>();
    let more = move || {
        past().next_cursor.map(|_| {
            Press::new("btn wide", tr!(past.more))
                .busy(search.busy)
                .id("past-more")
                .act(move || search.fetch_more())
        })
    };
    view! {
        {part(summary)}
        {part(days)}
        {part(more)}
    }
    .into_any()
}
