//! What the kitchen has to make, oldest first, and of which dish how many.

use shared_types::OrderId;
use shared_types::orders::{Order, OrderStatus};

use super::board::Board;

impl Board {
    /// Orders that are not completed, oldest first; of one status only where one is chosen.
    #[must_use]
    pub fn to_make(&self, only: Option<OrderStatus>) -> Vec<&Order> {
        let open = self.orders().filter(|order| order.status != OrderStatus::Completed);
        let mut open: Vec<_> = open.filter(|order| only.is_none_or(|only| order.status == only)).collect();
        open.sort_by_key(|order| (order.created_at, order.id));
        open
    }

    /// How many of each dish are not done yet, most first.
    #[must_use]
    pub fn still_to_make(&self) -> Vec<(String, u32)> {
        let mut counts: Vec<(String, u32)> = Vec::new();
        for item in self.to_make(None).into_iter().flat_map(|order| &order.items) {
            match counts.iter_mut().find(|(name, _)| *name == item.menu_name) {
                Some((_, count)) => *count += item.quantity,
                None => counts.push((item.menu_name.clone(), item.quantity)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    /// The order that was completed last, which can be called back.
    #[must_use]
    pub fn last_completed(&self) -> Option<(OrderId, String)> {
        let done = self.orders().filter(|order| order.status == OrderStatus::Completed);
        let last = done.max_by_key(|order| (order.updated_at, order.id))?;
        Some((last.id, last.short_number().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{at, item, order, seated, snapshot};
    use super::*;

    fn board() -> Board {
        let mut second = Order { status: OrderStatus::Preparing, ..order(2, 1, 1, 1) };
        second.items = vec![item("콜라", 2, 1), item("소불고기", 1, 1)];
        let done = |number, minute| Order {
            status: OrderStatus::Completed,
            updated_at: at(minute),
            ..order(number, 1, 1, 0)
        };
        let mut board = Board::default();
        let orders = vec![order(3, 1, 1, 5), second, done(1, 9), done(4, 7)];
        board.load(snapshot(vec![seated(1, 1, 0)], orders, 1));
        board
    }

    #[test]
    fn oldest_first_whatever_their_status() {
        let board = board();
        let numbers = |only| board.to_make(only).iter().map(|o| o.short_number()).collect::<Vec<_>>();
        assert_eq!(numbers(None), ["0002", "0003"]);
        assert_eq!(numbers(Some(OrderStatus::Pending)), ["0003"]);
    }

    #[test]
    fn each_dish_once_most_first() {
        assert_eq!(board().still_to_make(), [("콜라".to_owned(), 2), ("소불고기".to_owned(), 2)]);
    }

    #[test]
    fn the_last_completed_is_called_back() {
        assert_eq!(board().last_completed().unwrap().1, "0001");
        assert_eq!(Board::default().last_completed(), None);
    }
}
