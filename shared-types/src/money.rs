//! Money: whole minor units of the store's currency. The won has none, so 12000 is 12,000원.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in the store currency's minor unit. Never fractional, never negative on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = i64, minimum = 0, example = 12000))]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The dearest dish or option that can be stored.
    pub const MAX_PRICE: Self = Self(100_000_000);
    /// 2^53 - 1: the largest amount that every reader of JSON holds exactly.
    pub const MAX_EXACT: Self = Self(9_007_199_254_740_991);

    /// Sum, or `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// `self × quantity`, or `None` on overflow.
    #[must_use]
    pub fn checked_mul(self, quantity: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(quantity)).map(Self)
    }

    /// The sum of all amounts, or `None` on overflow.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

/// Grouped by thousands, without a unit: `12,000`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        for (place, digit) in digits.bytes().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                f.write_str(",")?;
            }
            fmt::Write::write_char(f, char::from(digit))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn groups_thousands() {
        for (amount, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (-12_345_678, "-12,345,678"), (100_000, "100,000")]
        {
            assert_eq!(Money(amount).to_string(), text);
        }
    }

    #[test]
    fn refuses_to_overflow() {
        assert_eq!(Money(i64::MAX).checked_add(Money(1)), None);
        assert_eq!(Money(i64::MAX).checked_mul(2), None);
    }

    proptest::proptest! {
        #[test]
        fn grouping_keeps_the_digits(amount: i64) {
            proptest::prop_assert_eq!(Money(amount).to_string().replace(',', ""), amount.to_string());
        }
    }
}
