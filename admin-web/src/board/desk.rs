//! The board as signals. Lives at the root, so that an answer that comes late finds it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared_types::{OrderId, TableId};
use web_kit::lean::{anew, effect, memo};
use web_kit::storage;
use web_kit::stream::Connection;

use super::feed::Feed;
use crate::auth::Auth;
use crate::route::{Page, Place};
use crate::state::board::Board;
use crate::state::filter::{Filter, Search};
use crate::state::live::honest;
use crate::state::queue::Ticket;
use crate::state::sort::Sort;
use crate::state::tables::{Open, TableView};

/// Where a screen keeps the order of its tables.
const SORT_KEY: &str = "tableorder.admin.sort";

/// What the board page shows, and what the manager has chosen on it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The store's orders, tables and calls.
    pub board: RwSignal<Board>,
    /// Where they come from.
    pub feed: Feed,
    /// The table whose drawer is open, as the address bar says.
    pub opened: Memo<Option<TableId>>,
    place: Place,
    /// The filter chip.
    pub filter: RwSignal<Filter>,
    /// In which order the tables stand, by the name that [`Sort::of`] knows. Each screen keeps its own.
    pub sort: RwSignal<String>,
    /// What is typed in the search field.
    pub search: RwSignal<String>,
    /// Orders that nobody has begun, oldest first.
    pub queue: Memo<Vec<Ticket>>,
    /// Every table's card.
    pub tables: Memo<Vec<TableView>>,
    /// Orders that nobody has seen.
    pub unseen: Memo<BTreeSet<OrderId>>,
    /// What is open over all tables.
    pub open: Memo<Open>,
    /// What the page may claim about how current it is.
    pub connection: Memo<Connection>,
}

impl Desk {
    /// Makes `expect_context::<Desk>()` work below. Call it at the root.
    #[must_use]
    pub fn provide(auth: Auth, place: Place) -> Self {
        let board = RwSignal::new(Board::default());
        let feed = Feed::new(board);
        let now = move || instant(auth.now_ms.get());
        let desk = Self {
            board,
            feed,
            opened: memo(move || {
                let number = place.opened().filter(|_| place.page.get() == Page::Board)?;
                board.with(|board| board.tables().iter().find(|t| t.table_number == number).map(|t| t.id))
            }),
            place,
            filter: RwSignal::new(Filter::All),
            sort: RwSignal::new(storage::load(SORT_KEY).unwrap_or_default()),
            search: RwSignal::new(String::new()),
            queue: memo(move || board.with(|board| board.queue(now(), auth.patience.get()))),
            tables: memo(move || {
                let (now, patience) = (now(), auth.patience.get());
                board.with(|board| {
                    let ids = board.tables().iter().map(|table| table.id);
                    ids.filter_map(|id| board.table_view(id, now, patience)).collect()
                })
            }),
            unseen: memo(move || board.with(Board::unacknowledged)),
            open: memo(move || board.with(Board::open)),
            connection: memo(move || {
                // The tick lets the seconds go on while the board waits for a snapshot.
                let now_ms = auth.now_ms.get();
                let behind = feed.behind_since.get().map(|since| ((now_ms - since).max(0) / 1_000) as u32);
                honest(feed.connection(), behind)
            }),
        };
        provide_context(desk);
        // Nothing of one manager's board may be there for the next.
        effect(move || {
            if !auth.is_signed_in() {
                desk.clear();
            }
        });
        desk
    }

    /// Opens a table's drawer.
    pub fn open(self, id: TableId) {
        let number = self.board.with_untracked(|board| board.table(id).map(|t| t.table_number.clone()));
        if let Some(number) = number {
            self.place.open(number);
        }
    }

    /// Forgets the board and the choices made on it.
    fn clear(self) {
        self.feed.end();
        self.board.set(Board::default());
        self.filter.set(Filter::All);
        self.search.set(String::new());
    }

    /// One table's card, as long as it is on the board.
    #[must_use]
    pub fn table(self, id: TableId) -> Memo<Option<TableView>> {
        memo(move || self.tables.with(|tables| tables.iter().find(|table| table.id == id).cloned()))
    }

    /// Sorts the tables from now on, on this screen.
    pub fn sort_by(self, name: String) {
        storage::save(SORT_KEY, &name);
        self.sort.set(name);
    }

    /// A view of an order that is made anew when its party moves to another table; all else of it follows by itself.
    pub fn at_its_table<V: IntoView + 'static>(
        self,
        id: OrderId,
        view: impl Fn(OrderId) -> V + Send + 'static,
    ) -> AnyView {
        let table = move || self.board.with(|board| board.order(id).map(|order| order.table_id));
        anew(table, move || view(id)).into_any()
    }

    /// The tables under the filter and the search, as they are sorted.
    #[must_use]
    pub fn shown_tables(self) -> Memo<Vec<TableId>> {
        memo(move || {
            let (filter, search) = (self.filter.get(), Search::new(&self.search.get()));
            self.board.with(|board| {
                self.tables.with(|tables| {
                    let shown = tables.iter().filter(|table| filter.takes(table));
                    let found = shown.filter(|table| search.is_empty() || search.finds_table(board, table));
                    let mut found: Vec<_> = found.collect();
                    self.sort.with(|sort| Sort::of(sort).arrange(&mut found));
                    found.into_iter().map(|table| table.id).collect()
                })
            })
        })
    }

    /// The queue under the search.
    #[must_use]
    pub fn shown_tickets(self) -> Memo<Vec<OrderId>> {
        memo(move || {
            let search = Search::new(&self.search.get());
            self.queue.with(|queue| {
                let found = queue.iter().filter(|ticket| search.is_empty() || search.finds_ticket(ticket));
                found.map(|ticket| ticket.order.id).collect()
            })
        })
    }
}

/// Milliseconds as an instant; 1970 for numbers that are none.
fn instant(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
