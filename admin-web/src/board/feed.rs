//! Brings the board its snapshots and events, and keeps asking until it has them.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared_types::events::StoreEvent;
use web_kit::api::{self, Failure};
use web_kit::clock;
use web_kit::lean::{effect, memo};
use web_kit::stream::{self, Connection, EventStream, Incoming};

use crate::state::board::{Board, Fed};

/// Pauses between attempts to fetch a snapshot, in milliseconds; the last repeats.
const PAUSES: [u32; 5] = [1_000, 2_000, 5_000, 10_000, 15_000];

/// Where the board comes from.
#[derive(Clone, Copy)]
pub struct Feed {
    board: RwSignal<Board>,
    stream: RwSignal<Option<EventStream>>,
    /// Goes up when what was asked for no longer matters.
    round: StoredValue<u32>,
    fetching: StoredValue<bool>,
    /// The last attempt to fetch a snapshot failed.
    pub failed: RwSignal<bool>,
    /// Goes up when the menu is another.
    pub menu_changes: RwSignal<u32>,
    /// Since when the board knows that it misses something, in milliseconds of the server's time.
    pub behind_since: RwSignal<Option<i64>>,
}

impl Feed {
    pub(super) fn new(board: RwSignal<Board>) -> Self {
        Self {
            board,
            stream: RwSignal::new(None),
            round: StoredValue::new(0),
            fetching: StoredValue::new(false),
            failed: RwSignal::new(false),
            menu_changes: RwSignal::new(0),
            behind_since: RwSignal::new(None),
        }
    }

    /// What the stream says of itself.
    #[must_use]
    pub fn connection(self) -> Connection {
        self.stream.get().map_or(Connection::Connecting, |stream| stream.connection().get())
    }

    /// Fetches the snapshot and follows the stream from there, until the current owner ends.
    pub fn follow(self) {
        self.ask();
        let is_loaded = memo(move || self.board.with(Board::is_loaded));
        effect(move || {
            if !is_loaded.get() {
                return;
            }
            let options = stream::Options {
                path: "/api/admin/sse/orders",
                after: self.board.with_untracked(Board::last_event_id),
                refused: probe,
            };
            self.stream.set(Some(EventStream::follow(options, move |incoming| self.take(incoming))));
        });
        on_cleanup(move || self.end());
    }

    /// Stops following; what is under way is dropped when it arrives.
    pub fn end(self) {
        self.round.update_value(|round| *round = round.wrapping_add(1));
        self.fetching.set_value(false);
        if let Some(stream) = self.stream.get_untracked() {
            stream.close();
            self.stream.set(None);
        }
        self.failed.set(false);
        self.behind_since.set(None);
    }

    /// The manager does not want to wait for the next attempt.
    pub fn hurry(self) {
        if let Some(stream) = self.stream.get_untracked() {
            stream.wake();
        }
        self.round.update_value(|round| *round = round.wrapping_add(1));
        self.fetching.set_value(false);
        self.failed.set(false);
        self.ask();
    }

    /// Fetches a snapshot, unless one is on its way.
    pub fn ask(self) {
        if self.fetching.get_value() {
            return;
        }
        self.fetching.set_value(true);
        if self.behind_since.get_untracked().is_none() {
            self.behind_since.set(Some(clock::now_ms()));
        }
        spawn_local(self.fetch(self.round.get_value()));
    }

    async fn fetch(self, round: u32) {
        for attempt in 0.. {
            let answer = api::admin::orders::snapshot().await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            match answer {
                Ok(snapshot) => {
                    if self.load(snapshot) != Fed::Refetch {
                        break;
                    }
                }
                Err(Failure::Api(_, 401)) => break,
                Err(_) => self.failed.set(true),
            }
            TimeoutFuture::new(PAUSES[attempt.min(PAUSES.len() - 1)]).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
        }
        self.fetching.set_value(false);
    }

    fn load(self, snapshot: shared_types::orders::BoardSnapshot) -> Fed {
        let (mut fed, mut last) = (Fed::Ignored, None);
        self.board.update(|board| {
            fed = board.load(snapshot);
            last = board.last_event_id();
        });
        if let (Some(stream), Some(last)) = (self.stream.get_untracked(), last) {
            stream.resume_from(last);
        }
        self.failed.set(false);
        if fed != Fed::Refetch {
            self.behind_since.set(None);
        }
        fed
    }

    fn take(self, incoming: Incoming) {
        let id = self.stream.get_untracked().and_then(|stream| stream.last_id());
        if matches!(incoming, Incoming::Snapshot | Incoming::Event(StoreEvent::MenuChanged(_))) {
            self.menu_changes.update(|changes| *changes = changes.wrapping_add(1));
        }
        let mut fed = Fed::Ignored;
        self.board.update(|board| {
            fed = match incoming {
                Incoming::Event(event) => board.apply(id, event),
                Incoming::Snapshot => {
                    board.distrust();
                    Fed::Refetch
                }
            };
        });
        if fed == Fed::Refetch {
            self.ask();
        }
    }
}

/// Finds out why the stream was refused: a 401 here ends the login.
fn probe() {
    spawn_local(async {
        // Only the 401 matters, and that is reported by itself.
        let _ = api::admin::auth::me().await;
    });
}
