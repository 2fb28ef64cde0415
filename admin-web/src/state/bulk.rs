//! Many dishes at once: what was typed, what it means, and what would come of it.

use std::collections::BTreeSet;

use shared_types::errors::FieldErrors;
use shared_types::menu::Menu;
use shared_types::menu_bulk::{MenuBulk, PriceChange};
use shared_types::{ErrorCode, MenuId, Money};

use super::draft::number;

/// What is to change, as the form's list names it.
pub const ACTS: [&str; 4] = ["sold_out", "on_sale", "raise", "lower"];
/// By won, or by a part of the price.
pub const UNITS: [&str; 2] = ["amount", "percent"];

/// The form as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkForm {
    /// One of [`ACTS`].
    pub act: String,
    /// By how much.
    pub by: String,
    /// One of [`UNITS`].
    pub unit: String,
    /// What new prices are rounded to.
    pub round_to: String,
}

/// What is shown of a dish before anything changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkLine {
    /// Its name.
    pub name: String,
    /// What changes.
    pub effect: Effect,
}

/// What becomes of a dish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It stays as it is.
    Same,
    /// It is on sale from now on, or no longer.
    Sale(bool),
    /// Another price; none where no dish may cost that.
    Price(Money, Option<Money>),
}

impl Default for BulkForm {
    fn default() -> Self {
        let [act, unit, round_to] = [ACTS[0], UNITS[0], "100"].map(str::to_owned);
        Self { act, by: String::new(), unit, round_to }
    }
}

impl BulkForm {
    /// Whether the prices change.
    #[must_use]
    pub fn is_price(&self) -> bool {
        self.act == ACTS[2] || self.act == ACTS[3]
    }

    /// What to ask of the server.
    ///
    /// # Errors
    /// What is wrong with the field `by`.
    pub fn finish(&self, chosen: &BTreeSet<MenuId>) -> Result<MenuBulk, FieldErrors> {
        let mut bulk = MenuBulk { menu_ids: chosen.iter().copied().collect(), ..MenuBulk::default() };
        if !self.is_price() {
            bulk.is_available = Some(self.act == ACTS[1]);
            return Ok(bulk);
        }
        let wrong = |code| {
            let mut faults = FieldErrors::default();
            faults.add("by", code);
            faults
        };
        if self.by.trim().is_empty() {
            return Err(wrong(ErrorCode::Required));
        }
        let by = number(&self.by).filter(|by| *by > 0).ok_or_else(|| wrong(ErrorCode::InvalidFormat))?;
        let by = Some(if self.act == ACTS[3] { -by } else { by });
        let (amount, percent) = if self.unit == UNITS[1] { (None, by) } else { (by, None) };
        bulk.price = Some(PriceChange { amount, percent, round_to: self.round_to.parse().unwrap_or(1) });
        // Without a dish there is no preview; every other fault is the amount's.
        match bulk.check().0.into_iter().find(|(field, _)| field != "menu_ids") {
            Some((_, codes)) => Err(wrong(codes.first().copied().unwrap_or(ErrorCode::OutOfRange))),
            None => Ok(bulk),
        }
    }
}

/// What would become of the chosen dishes, in the menu's order.
#[must_use]
pub fn preview(bulk: &MenuBulk, menus: &[Menu]) -> Vec<BulkLine> {
    let chosen = menus.iter().filter(|menu| bulk.menu_ids.contains(&menu.id));
    let line = |menu: &Menu| {
        let effect = match (bulk.price, bulk.is_available) {
            (Some(change), _) => match change.apply(menu.price) {
                Some(price) if price == menu.price => Effect::Same,
                price => Effect::Price(menu.price, price),
            },
            (None, Some(sale)) if sale != menu.is_available => Effect::Sale(sale),
            _ => Effect::Same,
        };
        BulkLine { name: menu.name.clone(), effect }
    };
    chosen.map(line).collect()
}

/// How many would change; none when one of them must not.
#[must_use]
pub fn changes(lines: &[BulkLine]) -> Option<usize> {
    let refused = lines.iter().any(|line| matches!(line.effect, Effect::Price(_, None)));
    (!refused).then(|| lines.iter().filter(|line| line.effect != Effect::Same).count())
}

#[cfg(test)]
mod tests {
    use super::super::sample::menu;
    use super::*;

    fn form(act: &str, by: &str, unit: &str, round_to: &str) -> BulkForm {
        let [act, by, unit, round_to] = [act, by, unit, round_to].map(str::to_owned);
        BulkForm { act, by, unit, round_to }
    }

    fn effects(form: &BulkForm, menus: &[Menu]) -> Vec<Effect> {
        let chosen = menus.iter().map(|menu| menu.id).collect();
        let bulk = form.finish(&chosen).unwrap();
        preview(&bulk, menus).into_iter().map(|line| line.effect).collect()
    }

    #[test]
    fn a_preview_tells_what_changes_and_what_cannot() {
        let menus = [menu(1, 9_900, true), menu(2, 500, false)];
        assert_eq!(
            effects(&form("raise", "5", "percent", "100"), &menus),
            [Effect::Price(Money(9_900), Some(Money(10_400))), Effect::Same]
        );
        let lowered = effects(&form("lower", "1,000", "amount", "1"), &menus);
        assert_eq!(
            lowered,
            [Effect::Price(Money(9_900), Some(Money(8_900))), Effect::Price(Money(500), None)]
        );
        assert_eq!(
            effects(&form("sold_out", "", "amount", "1"), &menus),
            [Effect::Sale(false), Effect::Same]
        );
        assert_eq!(effects(&form("on_sale", "", "amount", "1"), &menus), [Effect::Same, Effect::Sale(true)]);
    }

    #[test]
    fn nothing_is_sent_while_one_dish_must_not_cost_that() {
        let line = |effect| BulkLine { name: String::new(), effect };
        assert_eq!(changes(&[line(Effect::Same), line(Effect::Sale(true))]), Some(1));
        assert_eq!(changes(&[line(Effect::Sale(true)), line(Effect::Price(Money(1), None))]), None);
    }

    #[test]
    fn what_is_typed_is_checked_where_it_is_typed() {
        let wrong = |by: &str, unit: &str| {
            form("lower", by, unit, "100").finish(&BTreeSet::new()).unwrap_err().of("by")
        };
        assert_eq!(wrong(" ", "amount"), Some(ErrorCode::Required));
        assert_eq!(wrong("abc", "amount"), Some(ErrorCode::InvalidFormat));
        assert_eq!(wrong("-5", "amount"), Some(ErrorCode::InvalidFormat));
        assert_eq!(wrong("100", "percent"), Some(ErrorCode::OutOfRange));
        assert!(form("lower", "99", "percent", "100").finish(&BTreeSet::new()).is_ok());
    }
}
