//! What a manager can do with orders and calls. The screen changes when the server has agreed, not before.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared_types::orders::{Order, OrderStatus};
use shared_types::{CallId, OrderId};
use web_kit::api::{self, Failure};
use web_kit::lean::effect;
use web_kit::ui::Toasts;

use super::outcome::Refusal;
use crate::auth::Auth;
use crate::board::Desk;
use crate::say;

/// The acts. Lives at the root, so that an answer finds it after the drawer was closed.
#[derive(Clone, Copy)]
pub struct Acts {
    desk: Desk,
    toasts: Toasts,
    busy: RwSignal<BTreeSet<OrderId>>,
    acknowledging: StoredValue<BTreeSet<OrderId>>,
    /// The order whose deletion is being confirmed.
    pub deleting: RwSignal<Option<OrderId>>,
}

impl Acts {
    /// Makes `expect_context::<Acts>()` work below. Call it at the root.
    pub fn provide(auth: Auth, desk: Desk, toasts: Toasts) {
        let acts = Self {
            desk,
            toasts,
            busy: RwSignal::default(),
            acknowledging: StoredValue::default(),
            deleting: RwSignal::new(None),
        };
        provide_context(acts);
        effect(move || {
            if !auth.is_signed_in() {
                acts.deleting.set(None);
                acts.acknowledging.set_value(BTreeSet::new());
            }
        });
    }

    /// Whether a change of this order is under way.
    #[must_use]
    pub fn is_busy(self, id: OrderId) -> Signal<bool> {
        Signal::derive(move || self.busy.with(|busy| busy.contains(&id)))
    }

    /// One status step forward, which can be undone for a few seconds.
    pub fn advance(self, id: OrderId) {
        let next =
            self.desk.board.with_untracked(|board| board.order(id).and_then(|order| order.status.next()));
        let (Some(next), true) = (next, self.begin(id)) else { return };
        spawn_local(async move {
            let answer = api::admin::orders::set_status(id, next).await;
            if let Some(order) = self.settle(id, answer) {
                let number = order.short_number();
                let text = match next {
                    OrderStatus::Completed => say!(order.completed, number = number),
                    _ => say!(order.started, number = number),
                };
                self.toasts.undo(text, say!(order.undo), move || self.recall(id, next));
            }
        });
    }

    /// One status step back from `from`; what another screen has done since stays.
    pub fn recall(self, id: OrderId, from: OrderStatus) {
        if !self.begin(id) {
            return;
        }
        spawn_local(async move {
            let answer = api::admin::orders::recall(id, from).await;
            if let Some(order) = self.settle(id, answer) {
                self.toasts.success(say!(order.recalled, number = order.short_number()));
            }
        });
    }

    /// Takes the order out of the table's orders and total.
    pub fn delete(self, id: OrderId, reason: Option<String>) {
        let number = self
            .desk
            .board
            .with_untracked(|board| board.order(id).map(|order| order.short_number().to_owned()));
        let (Some(number), true) = (number, self.begin(id)) else { return };
        spawn_local(async move {
            let answer = api::admin::orders::delete(id, reason).await;
            self.end(id);
            match answer {
                Ok(()) => {
                    self.desk.board.update(|board| board.remove(id));
                    self.deleting.set(None);
                    self.toasts.success(say!(order.deleted, number = number));
                }
                Err(failure) => self.refused(id, &failure),
            }
        });
    }

    /// Somebody has seen the order. Tells the server once; if that fails, the next look tries again.
    pub fn acknowledge(self, id: OrderId) {
        let mut is_new = false;
        self.acknowledging.update_value(|ids| is_new = ids.insert(id));
        if !is_new {
            return;
        }
        spawn_local(async move {
            match api::admin::orders::acknowledge(id).await {
                Ok(order) => self.desk.board.update(|board| board.merge(order)),
                Err(_) => self.acknowledging.update_value(|ids| {
                    ids.remove(&id);
                }),
            }
        });
    }

    /// Somebody goes to the table that calls.
    pub fn take_call(self, id: CallId, table: String) {
        spawn_local(async move {
            match api::admin::calls::acknowledge(id).await {
                Ok(_) => {
                    self.desk.board.update(|board| board.take_call(id));
                    self.toasts.success(say!(call.taken, number = table));
                }
                Err(failure) => match Refusal::from(&failure) {
                    Refusal::Gone | Refusal::Overtaken => {
                        self.desk.board.update(|board| board.take_call(id));
                        self.toasts.success(say!(call.gone));
                    }
                    Refusal::SignedOut => {}
                    Refusal::Failed => self.toasts.error(say!(order.failed)),
                },
            }
        });
    }

    /// Marks the order as under way; false when it is already.
    fn begin(self, id: OrderId) -> bool {
        let mut is_free = false;
        self.busy.update(|busy| is_free = busy.insert(id));
        is_free
    }

    fn end(self, id: OrderId) {
        self.busy.update(|busy| {
            busy.remove(&id);
        });
    }

    fn settle(self, id: OrderId, answer: Result<Order, Failure>) -> Option<Order> {
        self.end(id);
        match answer {
            Ok(order) => {
                self.desk.board.update(|board| board.merge(order.clone()));
                Some(order)
            }
            Err(failure) => {
                self.refused(id, &failure);
                None
            }
        }
    }

    fn refused(self, id: OrderId, failure: &Failure) {
        match Refusal::from(failure) {
            Refusal::Overtaken => {
                self.desk.feed.ask();
                self.toasts.success(say!(order.conflict));
            }
            Refusal::Gone => {
                self.desk.board.update(|board| board.remove(id));
                self.deleting.set(None);
                self.toasts.success(say!(order.gone));
            }
            Refusal::SignedOut => self.deleting.set(None),
            Refusal::Failed => {
                self.desk.feed.ask();
                self.toasts.error(say!(order.failed));
            }
        }
    }
}
