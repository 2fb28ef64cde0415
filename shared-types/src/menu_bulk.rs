//! Changing many dishes at once.

use serde::{Deserialize, Serialize};

use crate::errors::FieldErrors;
use crate::{ErrorCode, MenuId, Money};

/// Dishes that are changed at once, at most.
pub const BULK_MAX: usize = 500;
/// Units that a price may be rounded to.
pub const ROUNDINGS: [i64; 4] = [1, 10, 100, 1000];

/// `POST /api/admin/menus/bulk`: all of them or none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuBulk {
    /// 1 to 500 dishes.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    pub menu_ids: Vec<MenuId>,
    /// False: sold out; absent: stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_available: Option<bool>,
    /// How the prices change; absent: they stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<PriceChange>,
    /// The menu's version that the manager saw. If the menu has changed since: `409 menu_changed`, nothing is changed, so
    /// that a rise which is sent again is one rise. Absent: whatever the menu is. A `dry_run` does not look at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, example = 42))]
    pub version: Option<i64>,
    /// True: nothing is changed, the answer says what would be.
    #[serde(default)]
    pub dry_run: bool,
}

/// A change of a price: by an amount or by a part of it, one of the two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceChange {
    /// Added; below zero: taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = -100_000_000, maximum = 100_000_000, example = -500))]
    pub amount: Option<i64>,
    /// Per cent added; below zero: taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = -99, maximum = 1000, example = 5))]
    pub percent: Option<i64>,
    /// The new price is rounded to the nearest multiple of 1, 10, 100 or 1000; a half goes up.
    #[serde(default = "one")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000, example = 100))]
    pub round_to: i64,
}

fn one() -> i64 {
    1
}

/// What became of it, or would.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    /// Whether this was only a preview.
    pub dry_run: bool,
    /// The menu's version now.
    pub version: i64,
    /// The dishes in the order of the request, each once.
    pub menus: Vec<BulkLine>,
}

/// One dish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkLine {
    /// The dish.
    pub menu_id: MenuId,
    /// Its name; absent when there is no such dish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub menu_name: Option<String>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_price: Option<Money>,
    /// What it will cost; absent where that is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_price: Option<Money>,
    /// Why it is refused: `not_found`, or `out_of_range` for the new price. Only in a preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorCode>,
}

impl MenuBulk {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.menu_ids.is_empty() {
            errors.add("menu_ids", ErrorCode::Required);
        } else if self.menu_ids.len() > BULK_MAX {
            errors.add("menu_ids", ErrorCode::TooLong);
        }
        if self.version.is_some_and(|version| version < 0) {
            errors.add("version", ErrorCode::OutOfRange);
        }
        match &self.price {
            Some(price) => price.check(&mut errors),
            None if self.is_available.is_none() => errors.add("price", ErrorCode::Required),
            None => {}
        }
        errors
    }
}

impl PriceChange {
    fn check(&self, errors: &mut FieldErrors) {
        match (self.amount, self.percent) {
            (None, None) => errors.add("price.amount", ErrorCode::Required),
            (Some(_), Some(_)) => errors.add("price.percent", ErrorCode::InvalidFormat),
            (Some(amount), None) if amount.unsigned_abs() > Money::MAX_PRICE.0.unsigned_abs() => {
                errors.add("price.amount", ErrorCode::OutOfRange);
            }
            (None, Some(percent)) if !(-99..=1000).contains(&percent) => {
                errors.add("price.percent", ErrorCode::OutOfRange);
            }
            _ => {}
        }
        if !ROUNDINGS.contains(&self.round_to) {
            errors.add("price.round_to", ErrorCode::OutOfRange);
        }
    }

    /// The new price of what costs `old`; `None` where no dish may cost that.
    #[must_use]
    pub fn apply(&self, old: Money) -> Option<Money> {
        // In hundredths until it is rounded, once.
        let hundredths =
            (old.0.checked_add(self.amount.unwrap_or(0))?).checked_mul(100 + self.percent.unwrap_or(0))?;
        let unit = self.round_to.max(1).checked_mul(100)?;
        let rounded = Money(hundredths.checked_add(unit / 2)?.div_euclid(unit).checked_mul(unit / 100)?);
        (Money(1)..=Money::MAX_PRICE).contains(&rounded).then_some(rounded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(amount: Option<i64>, percent: Option<i64>, round_to: i64) -> PriceChange {
        PriceChange { amount, percent, round_to }
    }

    #[test]
    fn prices() {
        for (change, old, new) in [
            (change(Some(500), None, 1), 9_000, Some(9_500)),
            (change(Some(-500), None, 1000), 9_000, Some(9_000)),
            (change(None, Some(5), 100), 9_900, Some(10_400)),
            (change(None, Some(5), 10), 9_900, Some(10_400)),
            (change(None, Some(-10), 100), 9_900, Some(8_900)),
            (change(None, Some(5), 1), 9_990, Some(10_490)),
            (change(None, Some(-99), 1), 30, None),
            (change(None, Some(-50), 1000), 600, None),
            (change(None, Some(-50), 1000), 1_000, Some(1_000)),
            (change(Some(-9_000), None, 1), 9_000, None),
            (change(None, Some(1000), 1), 100_000_000, None),
        ] {
            assert_eq!(change.apply(Money(old)), new.map(Money), "{change:?} of {old}");
        }
    }

    #[test]
    fn one_kind_of_change() {
        let of = |price| MenuBulk { menu_ids: vec![MenuId(uuid::Uuid::nil())], price, ..MenuBulk::default() };
        let field = |price, name: &str| of(Some(price)).check().of(name);
        assert_eq!(of(None).check().of("price"), Some(ErrorCode::Required));
        assert_eq!(field(change(None, None, 1), "price.amount"), Some(ErrorCode::Required));
        assert_eq!(field(change(Some(1), Some(1), 1), "price.percent"), Some(ErrorCode::InvalidFormat));
        assert_eq!(field(change(Some(i64::MIN), None, 1), "price.amount"), Some(ErrorCode::OutOfRange));
        assert_eq!(field(change(None, Some(-100), 1), "price.percent"), Some(ErrorCode::OutOfRange));
        assert_eq!(field(change(None, Some(5), 50), "price.round_to"), Some(ErrorCode::OutOfRange));
        assert!(of(Some(change(None, Some(5), 100))).check().is_empty());
    }
}
