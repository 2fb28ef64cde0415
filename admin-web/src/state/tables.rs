//! The tables as the board draws them: counts, totals, the newest orders, who waits.

use chrono::{DateTime, Utc};
use shared_types::orders::{Order, OrderStatus};
use shared_types::tables::TableSession;
use shared_types::{Money, OrderId, TableId};

use super::age::{Age, Patience};
use super::board::Board;
use super::queue::is_fresh;

/// Orders that a card names.
const NEWEST: usize = 3;
/// Dishes that an order's one line names, if they are all.
const NAMED: usize = 2;

/// Orders by status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// 대기중.
    pub pending: usize,
    /// 준비중.
    pub preparing: usize,
    /// 완료.
    pub completed: usize,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn all(self) -> usize {
        self.pending + self.preparing + self.completed
    }

    /// Those that someone still has to see to.
    #[must_use]
    pub fn open(self) -> usize {
        self.pending + self.preparing
    }

    fn add(&mut self, status: OrderStatus) {
        match status {
            OrderStatus::Pending => self.pending += 1,
            OrderStatus::Preparing => self.preparing += 1,
            OrderStatus::Completed => self.completed += 1,
        }
    }
}

/// An order in one line: `소불고기 1, 콜라 2` or `소불고기 1 외 2개`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The order.
    pub id: OrderId,
    /// Where it stands.
    pub status: OrderStatus,
    /// `name quantity`, joined.
    pub dishes: String,
    /// Lines that are not named.
    pub more: usize,
}

impl Brief {
    /// The line for one order.
    #[must_use]
    pub fn of(order: &Order) -> Self {
        let named = if order.items.len() > NAMED { 1 } else { order.items.len() };
        let dishes: Vec<_> = order
            .items
            .iter()
            .take(named)
            .map(|item| format!("{} {}", item.menu_name, item.quantity))
            .collect();
        Self {
            id: order.id,
            status: order.status,
            dishes: dishes.join(", "),
            more: order.items.len() - named,
        }
    }
}

/// One table's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableView {
    /// The table.
    pub id: TableId,
    /// Its number.
    pub number: String,
    /// The party's stay; absent while the table is free.
    pub session: Option<TableSession>,
    /// The stay's orders.
    pub counts: Counts,
    /// Their sum.
    pub total: Money,
    /// The longest wait among orders that are not completed.
    pub age: Option<Age>,
    /// The newest orders, newest first.
    pub newest: Vec<Brief>,
    /// Orders beyond those.
    pub more: usize,
    /// An order that nobody has seen.
    pub fresh: bool,
    /// The oldest order that is being made, if nothing is pending: it can be completed from the card.
    pub finishing: Option<(OrderId, String)>,
}

/// The sum of all orders that are on the board, and how many are not completed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Orders not completed.
    pub orders: usize,
    /// The sum of every order of every open session.
    pub total: Money,
}

impl Board {
    /// One table's orders, newest first.
    #[must_use]
    pub fn orders_of(&self, table: TableId) -> Vec<&Order> {
        let Some(session) = self.table(table).and_then(|table| table.session) else { return vec![] };
        let mut orders: Vec<_> = self.orders().filter(|order| order.session_id == session.id).collect();
        orders.sort_by_key(|order| std::cmp::Reverse((order.created_at, order.id)));
        orders
    }

    /// The one order of a table to see to next: the oldest that nobody has begun, else the oldest in the making.
    #[must_use]
    pub fn next_of(&self, table: TableId) -> Option<OrderId> {
        let open = self.orders_of(table).into_iter().filter(|order| order.status.next().is_some());
        open.min_by_key(|order| (order.status, order.created_at, order.id)).map(|order| order.id)
    }

    /// One table's card.
    #[must_use]
    pub fn table_view(&self, id: TableId, now: DateTime<Utc>, patience: Patience) -> Option<TableView> {
        let table = self.table(id)?;
        let orders = self.orders_of(id);
        let mut counts = Counts::default();
        for order in &orders {
            counts.add(order.status);
        }
        let unfinished = || orders.iter().filter(|order| order.status != OrderStatus::Completed);
        let finishing = unfinished().next_back().filter(|_| counts.pending == 0);
        Some(TableView {
            id,
            number: table.table_number.clone(),
            session: table.session,
            counts,
            total: sum(orders.iter().copied()),
            age: unfinished()
                .map(|order| order.created_at)
                .min()
                .map(|since| Age::between(since, now, patience)),
            newest: orders.iter().take(NEWEST).map(|order| Brief::of(order)).collect(),
            more: orders.len().saturating_sub(NEWEST),
            fresh: orders.iter().any(|order| is_fresh(order)),
            finishing: finishing.map(|order| (order.id, order.short_number().to_owned())),
        })
    }

    /// What is open now, over all tables.
    #[must_use]
    pub fn open(&self) -> Open {
        Open {
            orders: self.orders().filter(|order| order.status != OrderStatus::Completed).count(),
            total: sum(self.orders()),
        }
    }
}

/// Dishes of several orders together, as a bill lists them: name, how many, how much.
pub fn quantities<'a>(orders: impl Iterator<Item = &'a Order>) -> Vec<(String, u32, Money)> {
    let mut lines: Vec<(String, u32, Money)> = Vec::new();
    for item in orders.flat_map(|order| &order.items) {
        match lines.iter_mut().find(|(name, ..)| *name == item.menu_name) {
            Some((_, count, amount)) => {
                *count += item.quantity;
                *amount = amount.checked_add(item.subtotal).unwrap_or(Money(i64::MAX));
            }
            None => lines.push((item.menu_name.clone(), item.quantity, item.subtotal)),
        }
    }
    lines
}

/// The sum of orders. Prices and quantities are bounded, so that it never reaches the limit; if it did,
/// showing the largest number is better than a wrong small one.
fn sum<'a>(orders: impl Iterator<Item = &'a Order>) -> Money {
    Money::checked_sum(orders.map(|order| order.total_amount)).unwrap_or(Money(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::age::Lateness;
    use super::super::sample::{at, item, order, seated, snapshot, table, table_id};
    use super::*;

    const PATIENCE: Patience = Patience { warn: 5, late: 10 };

    fn board(orders: Vec<Order>) -> Board {
        let mut board = Board::default();
        board.load(snapshot(vec![seated(1, 1, 0), table(2)], orders, 1));
        board
    }

    fn preparing(order: Order) -> Order {
        Order { status: OrderStatus::Preparing, ..order }
    }

    #[test]
    fn a_card_counts_sums_and_names_the_newest() {
        let done = Order { status: OrderStatus::Completed, ..order(1, 1, 1, 0) };
        let board =
            board(vec![done, preparing(order(2, 1, 1, 2)), order(3, 1, 1, 8), preparing(order(4, 1, 1, 9))]);
        let view = board.table_view(table_id(1), at(12), PATIENCE).unwrap();
        assert_eq!(view.counts, Counts { pending: 1, preparing: 2, completed: 1 });
        assert_eq!(view.total, Money(10_000));
        assert_eq!(view.age, Some(Age { minutes: 10, lateness: Lateness::Late }));
        assert_eq!((view.newest.len(), view.more, view.fresh), (3, 1, true));
        assert_eq!(view.finishing, None, "pending comes first");
        assert_eq!(board.next_of(table_id(1)), Some(order(3, 1, 1, 8).id));
        assert_eq!(board.open(), Open { orders: 3, total: Money(10_000) });
    }

    #[test]
    fn the_oldest_dish_in_the_making_is_finished_first() {
        let board = board(vec![preparing(order(2, 1, 1, 2)), preparing(order(4, 1, 1, 9))]);
        let view = board.table_view(table_id(1), at(12), PATIENCE).unwrap();
        assert_eq!(view.finishing.map(|(_, number)| number).as_deref(), Some("0002"));
    }

    #[test]
    fn a_free_table_has_nothing() {
        let view = board(vec![]).table_view(table_id(2), at(12), PATIENCE).unwrap();
        assert_eq!((view.counts.all(), view.total, view.age), (0, Money::ZERO, None));
        assert_eq!(board(vec![]).table_view(table_id(9), at(12), PATIENCE), None);
    }

    #[test]
    fn a_bill_names_each_dish_once() {
        let mut first = order(1, 1, 1, 0);
        first.items = vec![item("소불고기", 1, 17_000), item("콜라", 2, 2_000)];
        let mut second = order(2, 1, 1, 5);
        second.items = vec![item("콜라", 1, 2_000)];
        assert_eq!(
            quantities([&first, &second].into_iter()),
            [("소불고기".to_owned(), 1, Money(17_000)), ("콜라".to_owned(), 3, Money(6_000))]
        );
    }

    #[test]
    fn three_lines_and_more_are_one_and_the_rest() {
        let mut long = order(1, 1, 1, 0);
        long.items = vec![item("소불고기", 1, 1), item("콜라", 2, 1)];
        assert_eq!(Brief::of(&long).dishes, "소불고기 1, 콜라 2");
        long.items.push(item("공기밥", 1, 1));
        let brief = Brief::of(&long);
        assert_eq!((brief.dishes.as_str(), brief.more), ("소불고기 1", 2));
    }
}
