//! Ended stays of a table, as far as they were fetched, by business day.

use chrono::NaiveDate;
use shared_types::Money;
use shared_types::history::{HistoryPage, PastSession};
use shared_types::orders::OrderItem;

/// Ended stays, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// As far as they were fetched.
    pub stays: Vec<PastSession>,
    /// Where the next page begins; absent when these are all.
    pub next_cursor: Option<String>,
}

/// The stays that began on one business day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day; absent for stays without orders.
    pub date: Option<NaiveDate>,
    /// Newest first.
    pub stays: Vec<PastSession>,
    /// What they paid.
    pub total: Money,
}

impl Past {
    /// Takes the next page in.
    pub fn append(&mut self, page: HistoryPage) {
        for stay in page.sessions {
            // A stay that ended meanwhile moves the pages on by one.
            if self.stays.iter().all(|known| known.session_id != stay.session_id) {
                self.stays.push(stay);
            }
        }
        self.next_cursor = page.next_cursor;
    }

    /// What all fetched stays paid.
    #[must_use]
    pub fn total(&self) -> Money {
        sum(&self.stays)
    }

    /// By the business day of their first order, newest first.
    #[must_use]
    pub fn days(&self) -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        for stay in &self.stays {
            let date = stay.orders.iter().map(|order| order.business_date).min();
            match days.last_mut().filter(|day| day.date == date) {
                Some(day) => day.stays.push(stay.clone()),
                None => days.push(Day { date, stays: vec![stay.clone()], total: Money::ZERO }),
            }
        }
        for day in &mut days {
            day.total = sum(&day.stays);
        }
        days
    }
}

impl From<HistoryPage> for Past {
    fn from(page: HistoryPage) -> Self {
        let mut past = Self::default();
        past.append(page);
        past
    }
}

/// An order's dishes in one line: `소불고기 2, 공기밥 1`.
#[must_use]
pub fn dishes(items: &[OrderItem]) -> String {
    let names: Vec<_> = items.iter().map(|item| format!("{} {}", item.menu_name, item.quantity)).collect();
    names.join(", ")
}

/// Bounded like the orders themselves; the largest number is better than a wrong small one.
fn sum(stays: &[PastSession]) -> Money {
    Money::checked_sum(stays.iter().map(|stay| stay.total_amount)).unwrap_or(Money(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{at, item, stay};
    use super::*;

    fn page(numbers: &[u32], next: Option<&str>) -> HistoryPage {
        HistoryPage {
            sessions: numbers.iter().map(|number| stay(*number)).collect(),
            next_cursor: next.map(str::to_owned),
        }
    }

    #[test]
    fn pages_join_and_a_stay_that_comes_twice_counts_once() {
        let mut past = Past::from(page(&[5, 4], Some("x")));
        assert_eq!(past.next_cursor.as_deref(), Some("x"));
        past.append(page(&[4, 3], None));
        assert_eq!(past.stays.len(), 3);
        assert_eq!(past.total(), Money(12_000));
        assert_eq!(past.next_cursor, None);
    }

    #[test]
    fn days_are_business_days() {
        let mut past = Past::from(page(&[5, 4, 3], None));
        let before = at(0).date_naive().pred_opt().unwrap();
        past.stays[2].orders[0].business_date = before;
        let days: Vec<_> = past.days().into_iter().map(|day| (day.stays.len(), day.total)).collect();
        assert_eq!(days, [(2, Money(9_000)), (1, Money(3_000))]);
        assert_eq!(past.days()[1].date, Some(before));
    }

    #[test]
    fn an_order_in_one_line() {
        assert_eq!(dishes(&[item("소불고기", 2, 1), item("공기밥", 1, 1)]), "소불고기 2, 공기밥 1");
    }
}
