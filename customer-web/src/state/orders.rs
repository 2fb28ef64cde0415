//! The orders of this visit, kept current by events.

use shared_types::orders::{Order, OrderPage, OrderStatus};
use shared_types::{Money, OrderId, SessionId};

/// The orders of this visit, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Orders {
    /// As far as they were fetched.
    pub list: Vec<Order>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// The sum of all of them, those not fetched too.
    pub total: Money,
}

impl Orders {
    /// The first page.
    #[must_use]
    pub fn of(page: OrderPage) -> Self {
        Self { list: page.orders, next_cursor: page.next_cursor, total: page.total_amount }
    }

    /// One more page. What an event brought meanwhile is not shown twice.
    pub fn append(&mut self, page: OrderPage) {
        for order in page.orders {
            if !self.list.iter().any(|known| known.id == order.id) {
                self.list.push(order);
            }
        }
        self.next_cursor = page.next_cursor;
        self.total = page.total_amount;
    }

    /// Takes up a new or changed order. Answers with the status when it is another than before.
    pub fn put(&mut self, order: Order) -> Option<OrderStatus> {
        if let Some(known) = self.list.iter_mut().find(|known| known.id == order.id) {
            // An answer may arrive after the event that overtook it.
            if order.updated_at < known.updated_at {
                return None;
            }
            let changed = (known.status != order.status).then_some(order.status);
            *known = order;
            return changed;
        }
        let older_than_fetched = self.next_cursor.is_some()
            && self.list.last().is_some_and(|last| order.created_at < last.created_at);
        if !older_than_fetched {
            self.total = self.total.checked_add(order.total_amount).unwrap_or(self.total);
            let place = self.list.partition_point(|known| known.created_at > order.created_at);
            self.list.insert(place, order);
        }
        None
    }

    /// Staff took an order away. False when it is not among those fetched, so that the sum must be asked anew.
    pub fn remove(&mut self, id: OrderId) -> bool {
        let Some(place) = self.list.iter().position(|order| order.id == id) else { return false };
        let order = self.list.remove(place);
        self.total = Money((self.total.0 - order.total_amount.0).max(0));
        true
    }

    /// The visit that is open, when something was ordered.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        self.list.first().map(|order| order.session_id)
    }

    /// How many are not brought yet.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.list.iter().filter(|order| order.status != OrderStatus::Completed).count()
    }

    /// The status that the header shows: of the order that is furthest behind.
    #[must_use]
    pub fn headline(&self) -> Option<OrderStatus> {
        self.list.iter().map(|order| order.status).filter(|status| *status != OrderStatus::Completed).min()
    }
}

#[cfg(test)]
mod tests {
    use shared_types::orders::OrderStatus::{Completed, Pending, Preparing};
    use uuid::Uuid;

    use super::*;

    fn order(n: u128, status: OrderStatus, updated: i64) -> Order {
        let at = |seconds| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        Order {
            id: Uuid::from_u128(n).into(),
            order_number: format!("ORD-20261122-{n:04}"),
            table_id: Uuid::nil().into(),
            table_number: "7".into(),
            session_id: Uuid::from_u128(9).into(),
            status,
            total_amount: Money(1_000),
            note: None,
            created_at: at(i64::try_from(n).unwrap()),
            updated_at: at(updated),
            acknowledged_at: None,
            items: vec![],
        }
    }

    fn page(orders: Vec<Order>, next_cursor: Option<&str>, total: i64) -> OrderPage {
        OrderPage { orders, next_cursor: next_cursor.map(Into::into), total_amount: Money(total) }
    }

    #[test]
    fn events_and_answers_may_overtake_each_other() {
        let mut orders = Orders::of(page(vec![order(1, Pending, 1)], None, 1_000));
        assert_eq!(orders.put(order(2, Pending, 2)), None);
        assert_eq!(orders.put(order(2, Pending, 2)), None, "the event after the answer");
        assert_eq!((orders.list.len(), orders.total), (2, Money(2_000)));
        assert_eq!(orders.put(order(1, Preparing, 5)), Some(Preparing));
        assert_eq!(orders.put(order(1, Pending, 1)), None, "an old one");
        assert_eq!(orders.list[1].status, Preparing);
        assert_eq!(orders.headline(), Some(Pending));
        assert_eq!(orders.list[0].id.0.as_u128(), 2, "newest first");
    }

    #[test]
    fn pages_and_events_meet() {
        let mut orders = Orders::of(page(vec![order(5, Pending, 5)], Some("c"), 3_000));
        assert_eq!(orders.put(order(3, Completed, 9)), None, "not fetched yet: comes with its page");
        assert_eq!(orders.list.len(), 1);
        orders.append(page(vec![order(4, Completed, 4), order(3, Completed, 9)], None, 3_000));
        assert_eq!((orders.list.len(), orders.total), (3, Money(3_000)));
        assert_eq!(orders.under_way(), 1);
        assert!(orders.remove(Uuid::from_u128(4).into()));
        assert!(!orders.remove(Uuid::from_u128(4).into()));
        assert_eq!((orders.list.len(), orders.total), (2, Money(2_000)));
    }
}
