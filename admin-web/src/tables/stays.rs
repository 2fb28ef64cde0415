//! What a manager can do with a party's stay: end it, move it. The screen changes when the server has agreed.

use leptos::prelude::*;
use shared_types::{ErrorCode, SessionId, TableId};
use web_kit::api::{self, Failure};
use web_kit::lean::{effect, memo, spawn};
use web_kit::ui::Toasts;
use web_kit::{format, i18n};

use crate::auth::Auth;
use crate::board::Desk;
use crate::route::Place;
use crate::say;
use crate::ui::told;

/// The part of the address that shows the question before a table is finished.
pub const FINISH: &str = "finish";
/// The same for the free tables to move to.
pub const MOVE: &str = "move";
/// The same for past visits.
pub const PAST: &str = "past";

/// The acts. Lives at the root, so that an answer finds it after the drawer was closed.
#[derive(Clone, Copy)]
pub struct Stays {
    desk: Desk,
    place: Place,
    toasts: Toasts,
    /// An act is under way.
    pub busy: RwSignal<bool>,
}

impl Stays {
    /// Makes `expect_context::<Stays>()` work below. Call it at the root.
    pub fn provide(desk: Desk, place: Place, toasts: Toasts) {
        provide_context(Self { desk, place, toasts, busy: RwSignal::new(false) });
    }

    /// The table whose `part` is shown above its drawer.
    #[must_use]
    pub fn shown(self, part: &'static str) -> Memo<Option<TableId>> {
        memo(move || self.desk.opened.get().filter(|_| self.place.shown().as_deref() == Some(part)))
    }

    /// The party that `part` asks about. Once another one sits there, or none, the question is over.
    #[must_use]
    pub fn party(self, part: &'static str, table: TableId) -> Option<SessionId> {
        let party = move || self.desk.board.with(|board| board.table(table)?.session.map(|stay| stay.id));
        let asked = untrack(party);
        effect(move || {
            let (now, busy) = (party(), self.busy.get());
            if now != asked && !busy && untrack(|| self.place.shown()).as_deref() == Some(part) {
                self.toasts.success(say!(order.conflict));
                self.place.close();
            }
        });
        asked
    }

    /// The party has left: its orders move to the past.
    pub fn finish(self, id: TableId, party: Option<SessionId>, number: String, auth: Auth) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn(async move {
            let answer = api::admin::tables::complete(id, party).await;
            self.busy.set(false);
            match answer {
                Ok(done) => {
                    let currency = auth.currency.get_untracked();
                    let amount = format::money(done.total_amount, &currency, i18n::lang_untracked());
                    self.toasts.success(say!(table.finished, number = number, amount = amount));
                    self.place.close_all();
                }
                Err(failure) => self.refused(&failure, |code| code == ErrorCode::NoOpenSession),
            }
        });
    }

    /// The party sits at another table now; its drawer is open afterwards.
    pub fn move_to(self, from: TableId, party: Option<SessionId>, to: TableId, number: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn(async move {
            let answer = api::admin::tables::move_to(from, to, party).await;
            self.busy.set(false);
            match answer {
                Ok(_) => {
                    self.toasts.success(say!(table.moved, number = number.clone()));
                    self.desk.feed.ask();
                    self.place.open_instead(number);
                }
                Err(failure) => self.refused(&failure, |code| {
                    matches!(code, ErrorCode::NoOpenSession | ErrorCode::TableOccupied)
                }),
            }
        });
    }

    /// Another screen was first: show what the server has, and say so. Or nothing happened: let them press again.
    fn refused(self, failure: &Failure, is_overtaken: fn(ErrorCode) -> bool) {
        self.desk.feed.ask();
        match failure.code() {
            Some(code) if is_overtaken(code) => {
                self.toasts.success(told(failure));
                self.place.close();
            }
            Some(code) if code.status() == 401 => {}
            _ => self.toasts.error(told(failure)),
        }
    }
}
