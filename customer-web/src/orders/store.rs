//! The orders of this visit.

use leptos::prelude::*;
use shared_types::orders::{Order, OrderStatus};
use shared_types::{OrderId, SessionId};
use web_kit::api::{self, Failure};

use crate::root::Root;
use crate::state::orders::Orders;

const PAGE: u32 = 20;

/// The orders of this visit; none while they were never fetched.
#[derive(Clone, Copy)]
pub struct OrdersStore {
    orders: RwSignal<Option<Orders>>,
    failure: RwSignal<Option<Failure>>,
    /// The order that was just placed, while its number fills the screen.
    pub placed: RwSignal<Option<OrderId>>,
}

impl OrdersStore {
    /// Nothing fetched yet.
    pub fn new() -> Self {
        Self { orders: RwSignal::new(None), failure: RwSignal::new(None), placed: RwSignal::new(None) }
    }

    /// The orders of this page.
    pub fn expect() -> Self {
        Root::expect().orders
    }

    /// Reads the orders; `None` while they were never fetched.
    pub fn with<T>(self, read: impl FnOnce(Option<&Orders>) -> T) -> T {
        self.orders.with(|orders| read(orders.as_ref()))
    }

    /// Why the last fetch brought nothing.
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Reads an order; `None` when it is no longer there. Follows its events.
    pub fn read<T>(self, id: OrderId, read: impl FnOnce(&Order) -> T) -> Option<T> {
        self.with(|orders| orders?.list.iter().find(|order| order.id == id).map(read))
    }

    /// The order that was just placed.
    pub fn placed_order(self) -> Option<Order> {
        let id = self.placed.get()?;
        untrack(|| self.read(id, Order::clone))
    }

    /// The status of the order that is furthest behind.
    pub fn headline(self) -> Option<OrderStatus> {
        self.with(|orders| orders?.headline())
    }

    /// The open visit, as far as is known; asked outside of any view.
    pub fn session(self) -> Option<SessionId> {
        self.orders.with_untracked(|orders| orders.as_ref()?.session())
    }

    /// Whether they were never fetched; asked outside of any view.
    pub fn is_unknown(self) -> bool {
        self.orders.with_untracked(Option::is_none)
    }

    /// Fetches the first page.
    pub async fn refetch(self) -> Result<(), Failure> {
        let answer = api::orders::list(None, PAGE).await;
        self.failure.try_set(answer.as_ref().err().cloned());
        self.orders.try_set(Some(Orders::of(answer?)));
        Ok(())
    }

    /// Fetches one more page.
    pub async fn more(self) -> Result<(), Failure> {
        let Some(cursor) = self.orders.with_untracked(|orders| orders.as_ref()?.next_cursor.clone()) else {
            return Ok(());
        };
        let page = api::orders::list(Some(&cursor), PAGE).await?;
        self.orders.try_update(|orders| orders.get_or_insert_default().append(page));
        Ok(())
    }

    /// Takes up a new or changed order. Answers with the status when it is another than before.
    pub fn put(self, order: Order) -> Option<OrderStatus> {
        self.orders.try_update(|orders| orders.get_or_insert_default().put(order)).flatten()
    }

    /// Staff took an order away. False when the sum must be asked anew.
    pub fn remove(self, id: OrderId) -> bool {
        self.orders.try_update(|orders| orders.get_or_insert_default().remove(id)).unwrap_or_default()
    }

    /// The party has left.
    pub fn forget(self) {
        self.orders.set(Some(Orders::default()));
        self.failure.set(None);
        self.placed.set(None);
    }
}
