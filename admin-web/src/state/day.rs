//! A business day's figures as the page draws them.

use shared_types::Money;
use shared_types::reports::{DayReport, HourSum};

/// Dishes that the page names.
const TOP: usize = 8;

/// The hours to draw: from the first with an order to the last, and one around them, in the day's order.
#[must_use]
pub fn hours(report: &DayReport) -> &[HourSum] {
    let busy = |hour: &HourSum| hour.orders > 0;
    let first = report.hours.iter().position(busy);
    let last = report.hours.iter().rposition(busy);
    match (first, last) {
        (Some(first), Some(last)) => {
            let end = (last + 2).min(report.hours.len());
            &report.hours[first.saturating_sub(1)..end]
        }
        _ => &[],
    }
}

/// The hour with most sales; none on a day without orders.
#[must_use]
pub fn busiest(report: &DayReport) -> Option<&HourSum> {
    // Of equals, the first.
    report.hours.iter().rev().filter(|hour| hour.orders > 0).max_by_key(|hour| hour.sales)
}

/// What a party has paid on average; none without parties.
#[must_use]
pub fn per_party(report: &DayReport) -> Option<Money> {
    let parties = report.total.sessions;
    (parties > 0).then(|| Money(report.total.sales.0 / parties))
}

/// The dishes that brought most, with each one's share of the first in percent.
#[must_use]
pub fn top_dishes(report: &DayReport) -> Vec<(String, i64, Money, i64)> {
    let mut dishes: Vec<_> = report.dishes.iter().collect();
    dishes.sort_by_key(|dish| std::cmp::Reverse(dish.sales));
    let most = dishes.first().map_or(1, |dish| dish.sales.0.max(1));
    let top = dishes.into_iter().take(TOP);
    top.map(|dish| {
        (dish.menu_name.clone(), dish.quantity, dish.sales, dish.sales.0.saturating_mul(100) / most)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};
    use shared_types::reports::{DaySum, DishSum};
    use uuid::Uuid;

    use super::*;

    fn report(busy: &[(usize, i64)]) -> DayReport {
        let hour = |hour: usize| {
            let sales = busy.iter().find(|(at, _)| *at == hour).map_or(0, |(_, sales)| *sales);
            let starts_at = NaiveTime::from_hms_opt(u32::try_from((hour + 5) % 24).unwrap(), 0, 0).unwrap();
            HourSum { starts_at, orders: i64::from(sales > 0), sales: Money(sales) }
        };
        let total: i64 = busy.iter().map(|(_, sales)| sales).sum();
        let total = DaySum { sessions: 2, orders: 3, sales: Money(total) };
        let dish = |name: &str, quantity, sales| DishSum {
            menu_id: Uuid::nil().into(),
            menu_name: name.into(),
            quantity,
            sales: Money(sales),
        };
        DayReport {
            date: NaiveDate::MIN,
            total,
            finished: total,
            open: DaySum::default(),
            hours: (0..24).map(hour).collect(),
            dishes: vec![dish("콜라", 9, 18_000), dish("소불고기", 3, 51_000)],
            preparation: None,
        }
    }

    #[test]
    fn the_quiet_ends_of_the_day_are_left_out() {
        let report = report(&[(7, 10_000), (14, 30_000)]);
        let shown: Vec<_> = hours(&report).iter().map(|hour| hour.starts_at.to_string()).collect();
        assert_eq!((shown.len(), shown[0].as_str(), shown[9].as_str()), (10, "11:00:00", "20:00:00"));
        assert_eq!(busiest(&report).unwrap().starts_at.to_string(), "19:00:00");
        assert_eq!(per_party(&report), Some(Money(20_000)));
    }

    #[test]
    fn the_last_hour_has_none_after_it() {
        assert_eq!(hours(&report(&[(23, 1)])).len(), 2);
        assert_eq!(hours(&report(&[(0, 1)])).len(), 2);
    }

    #[test]
    fn a_day_without_orders_has_no_best() {
        let mut empty = report(&[]);
        empty.total = DaySum::default();
        assert!(hours(&empty).is_empty() && busiest(&empty).is_none());
        assert_eq!(per_party(&empty), None);
    }

    #[test]
    fn dishes_by_what_they_brought() {
        let top = top_dishes(&report(&[]));
        assert_eq!(top[0], ("소불고기".to_owned(), 3, Money(51_000), 100));
        assert_eq!(top[1], ("콜라".to_owned(), 9, Money(18_000), 35));
    }
}
