//! The orders that nobody has begun, oldest first: what to take next.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use shared_types::OrderId;
use shared_types::orders::{Order, OrderStatus};

use super::age::{Age, Patience};
use super::board::Board;

/// One waiting order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The order.
    pub order: Order,
    /// Its wait.
    pub age: Age,
    /// Nobody has confirmed having seen it.
    pub fresh: bool,
    /// It waits longest: the one to take now.
    pub first: bool,
}

impl Board {
    /// Pending orders, oldest first.
    #[must_use]
    pub fn queue(&self, now: DateTime<Utc>, patience: Patience) -> Vec<Ticket> {
        let mut waiting: Vec<&Order> =
            self.orders().filter(|order| order.status == OrderStatus::Pending).collect();
        waiting.sort_by_key(|order| (order.created_at, order.id));
        waiting
            .into_iter()
            .enumerate()
            .map(|(place, order)| Ticket {
                order: order.clone(),
                age: Age::between(order.created_at, now, patience),
                fresh: is_fresh(order),
                first: place == 0,
            })
            .collect()
    }

    /// Orders that nobody has seen to yet: neither confirmed nor begun.
    #[must_use]
    pub fn unacknowledged(&self) -> BTreeSet<OrderId> {
        self.orders().filter(|order| is_fresh(order)).map(|order| order.id).collect()
    }
}

/// Whether an order stands out as new: until someone acknowledges it or changes its status.
#[must_use]
pub fn is_fresh(order: &Order) -> bool {
    order.status == OrderStatus::Pending && order.acknowledged_at.is_none()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{at, order, seated, snapshot};
    use super::*;

    #[test]
    fn oldest_pending_first_and_seen_ones_stand_back() {
        let mut seen = order(1, 1, 1, 2);
        seen.acknowledged_at = Some(at(3));
        let begun = Order { status: OrderStatus::Preparing, ..order(2, 1, 1, 0) };
        let mut board = Board::default();
        board.load(snapshot(vec![seated(1, 1, 0)], vec![order(3, 1, 1, 4), seen, begun], 1));
        let queue = board.queue(at(12), Patience { warn: 5, late: 10 });
        let seen: Vec<_> =
            queue.iter().map(|t| (t.order.short_number(), t.age.minutes, t.fresh, t.first)).collect();
        assert_eq!(seen, [("0001", 10, false, true), ("0003", 8, true, false)]);
        assert_eq!(board.unacknowledged().len(), 1);
    }
}
