//! Which tables and tickets are shown: one filter chip and a search by table or order number.

use shared_types::orders::Order;

use super::age::Lateness;
use super::board::Board;
use super::queue::Ticket;
use super::tables::TableView;

/// One filter chip.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Every table.
    #[default]
    All,
    /// With an order that nobody has begun.
    Pending,
    /// With an order in the making.
    Preparing,
    /// With an order that waits too long.
    Late,
    /// Tables in use.
    Taken,
    /// Free tables.
    Free,
}

impl Filter {
    /// The chips, in order.
    pub const ALL: [Self; 6] =
        [Self::All, Self::Pending, Self::Preparing, Self::Late, Self::Taken, Self::Free];

    /// Whether a table belongs under the chip.
    #[must_use]
    pub fn takes(self, table: &TableView) -> bool {
        match self {
            Self::All => true,
            Self::Pending => table.counts.pending > 0,
            Self::Preparing => table.counts.preparing > 0,
            Self::Late => table.age.is_some_and(|age| age.lateness == Lateness::Late),
            Self::Taken => table.session.is_some(),
            Self::Free => table.session.is_none(),
        }
    }
}

/// What staff typed: part of a table's or an order's number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// Case and surrounding blanks do not count.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(typed.trim().to_lowercase())
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a table is meant, by its number or by one of its orders'.
    #[must_use]
    pub fn finds_table(&self, board: &Board, table: &TableView) -> bool {
        self.is_in(&table.number) || board.orders_of(table.id).iter().any(|order| self.means(order))
    }

    /// Whether a ticket is meant.
    #[must_use]
    pub fn finds_ticket(&self, ticket: &Ticket) -> bool {
        self.is_in(&ticket.order.table_number) || self.means(&ticket.order)
    }

    /// The number as people say it, or the whole one; not today's date, which every order has.
    fn means(&self, order: &Order) -> bool {
        let long = self.0.chars().count() > order.short_number().chars().count();
        self.is_in(if long { &order.order_number } else { order.short_number() })
    }

    fn is_in(&self, number: &str) -> bool {
        number.to_lowercase().contains(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::age::Patience;
    use super::super::sample::{at, order, seated, snapshot, table};
    use super::*;

    #[test]
    fn chips_and_search_pick_tables() {
        let mut board = Board::default();
        board.load(snapshot(vec![seated(1, 1, 0), table(2), table(12)], vec![order(42, 1, 1, 0)], 1));
        let patience = Patience { warn: 5, late: 10 };
        let views: Vec<_> =
            board.tables().iter().filter_map(|table| board.table_view(table.id, at(11), patience)).collect();
        let count = |filter: Filter| views.iter().filter(|view| filter.takes(view)).count();
        assert_eq!(Filter::ALL.map(count), [3, 1, 0, 1, 1, 2]);
        let found = |typed: &str| {
            let search = Search::new(typed);
            let tables = views.iter().filter(|view| search.finds_table(&board, view));
            let tables: Vec<_> = tables.map(|view| view.number.as_str()).collect();
            let tickets =
                board.queue(at(11), patience).iter().filter(|ticket| search.finds_ticket(ticket)).count();
            (tables.join(" "), tickets)
        };
        assert_eq!(found(" ord-2026"), ("1".to_owned(), 1));
        assert_eq!(found("0042"), ("1".to_owned(), 1));
        assert_eq!(found("22"), (String::new(), 0), "the date is in every order's number");
        assert_eq!(found("2"), ("1 2 12".to_owned(), 1));
        assert!(Search::new("  ").is_empty());
    }
}
