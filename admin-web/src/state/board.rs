//! What the board knows: one snapshot, kept up to date by the store's events.
//!
//! Events are applied in the order of their gap-free ids, each once. One that does not follow on waits, and
//! the board asks for a snapshot; whatever the network does, it ends in the server's state.

use std::collections::{BTreeMap, BTreeSet};

use shared_types::calls::Call;
use shared_types::events::{SessionClosed, StoreEvent};
use shared_types::orders::{BoardSnapshot, Order};
use shared_types::tables::{BoardTable, TableSession};
use shared_types::{CallId, OrderId, TableId};

use super::natural::natural_cmp;

/// Events held back while a snapshot is awaited; the snapshot covers the oldest first.
const WAITING_MAX: usize = 1000;

/// What became of an event or a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fed {
    /// The board is newer now.
    Applied,
    /// Nothing that the board did not know.
    Ignored,
    /// The board cannot go on from here: fetch `GET /api/admin/orders` and [`Board::load`] it.
    Refetch,
}

/// Orders of open sessions, tables and open calls of one store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    orders: BTreeMap<OrderId, Order>,
    tables: Vec<BoardTable>,
    calls: BTreeMap<CallId, Call>,
    /// The last event that is part of the state. Absent: nothing here is to be trusted.
    last_event_id: Option<i64>,
    /// Events that came before the one they follow on, or that need facts of a snapshot.
    waiting: BTreeMap<i64, StoreEvent>,
    /// Removed by this screen; their event is still on its way and a snapshot under way may still have them.
    removed_orders: BTreeSet<OrderId>,
    taken_calls: BTreeSet<CallId>,
}

impl Board {
    /// Whether a snapshot was ever loaded.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.last_event_id.is_some() || !self.tables.is_empty()
    }

    /// Whether only a snapshot brings the board up to date.
    #[must_use]
    pub fn needs_snapshot(&self) -> bool {
        self.last_event_id.is_none() || !self.waiting.is_empty()
    }

    /// Where the stream goes on: `Last-Event-ID`.
    #[must_use]
    pub fn last_event_id(&self) -> Option<i64> {
        self.last_event_id
    }

    /// Every table, in the order of its number.
    #[must_use]
    pub fn tables(&self) -> &[BoardTable] {
        &self.tables
    }

    /// One table.
    #[must_use]
    pub fn table(&self, id: TableId) -> Option<&BoardTable> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// Every order of an open session, in no order that means anything.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// One order.
    #[must_use]
    pub fn order(&self, id: OrderId) -> Option<&Order> {
        self.orders.get(&id)
    }

    /// Open calls.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.values()
    }

    /// Open calls, oldest first.
    #[must_use]
    pub fn calls_by_age(&self) -> Vec<Call> {
        let mut calls: Vec<_> = self.calls().cloned().collect();
        calls.sort_by_key(|call| (call.created_at, call.id));
        calls
    }

    /// Takes over a snapshot. One that is older than the board changes nothing.
    pub fn load(&mut self, snapshot: BoardSnapshot) -> Fed {
        if self.last_event_id.is_some_and(|last| snapshot.last_event_id < last) {
            return if self.needs_snapshot() { Fed::Refetch } else { Fed::Ignored };
        }
        // An answer to this screen's own change may have overtaken the snapshot. After a reset nothing old counts.
        let known = match self.last_event_id {
            Some(_) => std::mem::take(&mut self.orders),
            None => BTreeMap::new(),
        };
        self.removed_orders.retain(|id| snapshot.orders.iter().any(|order| order.id == *id));
        self.taken_calls.retain(|id| snapshot.calls.iter().any(|call| call.id == *id));
        self.orders = snapshot
            .orders
            .into_iter()
            .filter(|order| !self.removed_orders.contains(&order.id))
            .map(|order| (order.id, newer(known.get(&order.id), order)))
            .collect();
        self.calls = snapshot
            .calls
            .into_iter()
            .filter(|call| !self.taken_calls.contains(&call.id))
            .map(|call| (call.id, call))
            .collect();
        self.tables = snapshot.tables;
        self.tables.sort_by(|a, b| natural_cmp(&a.table_number, &b.table_number));
        self.last_event_id = Some(snapshot.last_event_id);
        self.waiting = self.waiting.split_off(&(snapshot.last_event_id + 1));
        self.catch_up();
        if self.needs_snapshot() { Fed::Refetch } else { Fed::Applied }
    }

    /// Takes in one event of the stream. `id` is its `id:` line; a reset has none.
    pub fn apply(&mut self, id: Option<i64>, event: StoreEvent) -> Fed {
        let (Some(id), false) = (id, event == StoreEvent::Reset) else {
            self.distrust();
            return Fed::Refetch;
        };
        if self.last_event_id.is_some_and(|last| id <= last) {
            return Fed::Ignored;
        }
        self.waiting.insert(id, event);
        while self.waiting.len() > WAITING_MAX {
            self.waiting.pop_first();
        }
        self.catch_up();
        if self.needs_snapshot() { Fed::Refetch } else { Fed::Applied }
    }

    /// The stream cannot say what was missed: what is shown stays until the next snapshot, whichever it is.
    pub fn distrust(&mut self) {
        self.last_event_id = None;
        self.waiting.clear();
    }

    /// The answer to a change made on this screen, which may be ahead of the stream.
    pub fn merge(&mut self, order: Order) {
        if let Some(known) = self.orders.get_mut(&order.id) {
            *known = newer(Some(known), order);
        }
    }

    /// The server removed it for this screen, or says that it is gone.
    pub fn remove(&mut self, id: OrderId) {
        if self.orders.remove(&id).is_some() {
            self.removed_orders.insert(id);
        }
    }

    /// The server took the call for this screen, or says that it is gone.
    pub fn take_call(&mut self, id: CallId) {
        if self.calls.remove(&id).is_some() {
            self.taken_calls.insert(id);
        }
    }

    fn catch_up(&mut self) {
        while let Some(next) = self.last_event_id.and_then(|last| last.checked_add(1)) {
            let Some(event) = self.waiting.remove(&next) else { return };
            if !self.knows_enough_for(&event) {
                self.waiting.insert(next, event);
                return;
            }
            self.take_in(event);
            self.last_event_id = Some(next);
        }
    }

    /// Whether the event can be applied without asking: it names a table or order that the board has.
    fn knows_enough_for(&self, event: &StoreEvent) -> bool {
        match event {
            StoreEvent::OrderCreated(order) => self
                .table(order.table_id)
                .is_some_and(|table| table.session.is_none_or(|session| session.id == order.session_id)),
            StoreEvent::OrderUpdated(order) => {
                self.orders.contains_key(&order.id) || self.removed_orders.contains(&order.id)
            }
            StoreEvent::CallCreated(call) => self.table(call.table_id).is_some(),
            // A table that is new, gone, renumbered or moved: only the snapshot says which.
            StoreEvent::TableChanged(_) | StoreEvent::Reset => false,
            StoreEvent::OrderDeleted(_)
            | StoreEvent::CallAcknowledged(_)
            | StoreEvent::SessionClosed(_)
            | StoreEvent::MenuChanged(_) => true,
        }
    }

    fn take_in(&mut self, event: StoreEvent) {
        match event {
            StoreEvent::OrderCreated(order) => self.seat(order),
            StoreEvent::OrderUpdated(order) => self.merge(order),
            StoreEvent::OrderDeleted(gone) => {
                self.orders.remove(&gone.order_id);
                self.removed_orders.remove(&gone.order_id);
            }
            StoreEvent::CallCreated(call) => {
                if !self.taken_calls.contains(&call.id) {
                    self.calls.insert(call.id, call);
                }
            }
            StoreEvent::CallAcknowledged(call) => {
                self.calls.remove(&call.id);
                self.taken_calls.remove(&call.id);
            }
            StoreEvent::SessionClosed(closed) => self.close(&closed),
            StoreEvent::TableChanged(_) | StoreEvent::MenuChanged(_) | StoreEvent::Reset => {}
        }
    }

    fn seat(&mut self, order: Order) {
        if self.removed_orders.contains(&order.id) {
            return;
        }
        if let Some(table) = self.tables.iter_mut().find(|table| table.id == order.table_id) {
            match &mut table.session {
                Some(session) if session.id == order.session_id => {
                    session.last_order_at = session.last_order_at.max(order.created_at);
                }
                // The party's first order opens its session, in the same transaction.
                other => {
                    *other = Some(TableSession {
                        id: order.session_id,
                        opened_at: order.created_at,
                        last_order_at: order.created_at,
                    });
                }
            }
        }
        let order = newer(self.orders.get(&order.id), order);
        self.orders.insert(order.id, order);
    }

    fn close(&mut self, closed: &SessionClosed) {
        self.orders.retain(|_, order| order.session_id != closed.session_id);
        for table in &mut self.tables {
            table.session = table.session.filter(|session| session.id != closed.session_id);
        }
    }
}

/// The later of two states of one order. Having been seen is never undone.
fn newer(known: Option<&Order>, mut order: Order) -> Order {
    let Some(known) = known else { return order };
    if known.updated_at > order.updated_at {
        return Order { acknowledged_at: known.acknowledged_at.or(order.acknowledged_at), ..known.clone() };
    }
    order.acknowledged_at = order.acknowledged_at.or(known.acknowledged_at);
    order
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;
