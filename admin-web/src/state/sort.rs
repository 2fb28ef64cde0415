//! In which order the board shows its tables.

use std::cmp::Reverse;

use super::tables::TableView;

/// The order. [`Sort::Number`] keeps every table in its place; the others move cards as orders come and go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the table's number.
    #[default]
    Number,
    /// Who waits longest comes first.
    Wait,
    /// The newest order comes first.
    Newest,
    /// The largest sum comes first.
    Total,
}

impl Sort {
    /// Every order, as the list names it.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Number, "number"), (Self::Wait, "wait"), (Self::Newest, "newest"), (Self::Total, "total")];

    /// The order of this name; that of the numbers for any other.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(sort, _)| sort).unwrap_or_default()
    }

    /// Arranges tables that come by number. Those that are alike stay so.
    pub fn arrange(self, tables: &mut [&TableView]) {
        match self {
            Self::Number => {}
            Self::Wait => tables.sort_by_key(|table| Reverse(table.age.map(|age| age.minutes))),
            // Ids of orders grow with time.
            Self::Newest => {
                tables.sort_by_key(|table| Reverse(table.newest.first().map(|order| order.id)));
            }
            Self::Total => tables.sort_by_key(|table| Reverse(table.total)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::age::Patience;
    use super::super::board::Board;
    use super::super::sample::{at, order, seated, snapshot, table};
    use super::*;

    #[test]
    fn tables_by_what_matters_now() {
        let mut board = Board::default();
        let mut dear = order(3, 3, 3, 4);
        dear.total_amount = shared_types::Money(99_000);
        let orders = vec![order(1, 2, 2, 0), order(5, 2, 2, 9), dear];
        board.load(snapshot(vec![table(1), seated(2, 2, 0), seated(3, 3, 0)], orders, 1));
        let patience = Patience { warn: 5, late: 10 };
        let views: Vec<_> =
            board.tables().iter().filter_map(|table| board.table_view(table.id, at(12), patience)).collect();
        let arranged = |name: &str| {
            let mut tables: Vec<_> = views.iter().collect();
            Sort::of(name).arrange(&mut tables);
            tables.iter().map(|table| table.number.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(arranged("number"), "1 2 3");
        assert_eq!(arranged("wait"), "2 3 1");
        assert_eq!(arranged("newest"), "2 3 1");
        assert_eq!(arranged("total"), "3 2 1");
        assert_eq!(arranged("nonsense"), "1 2 3");
    }
}
