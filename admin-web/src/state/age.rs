//! How long an order has waited, and when that is too long.

use chrono::{DateTime, Utc};
use shared_types::auth::StoreInfo;

/// The store's patience, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From here a waiting order is a warning.
    pub warn: i64,
    /// From here it is late.
    pub late: i64,
}

impl From<&StoreInfo> for Patience {
    fn from(store: &StoreInfo) -> Self {
        Self { warn: store.warn_after_minutes.into(), late: store.late_after_minutes.into() }
    }
}

/// How bad a wait is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lateness {
    /// Nothing to see to.
    #[default]
    Fine,
    /// Getting long.
    Warn,
    /// Too long.
    Late,
}

/// A wait, in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// Since it began; never negative, whatever the clocks say.
    pub minutes: i64,
    /// What the store thinks of that.
    pub lateness: Lateness,
}

impl Age {
    /// The wait from `since` to `now`.
    #[must_use]
    pub fn between(since: DateTime<Utc>, now: DateTime<Utc>, patience: Patience) -> Self {
        let minutes = (now - since).num_minutes().max(0);
        let lateness = if minutes >= patience.late {
            Lateness::Late
        } else if minutes >= patience.warn {
            Lateness::Warn
        } else {
            Lateness::Fine
        };
        Self { minutes, lateness }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::at;
    use super::*;

    #[test]
    fn thresholds_are_the_stores() {
        let patience = Patience { warn: 5, late: 10 };
        let lateness = |minutes| Age::between(at(0), at(minutes), patience).lateness;
        assert_eq!(
            [-3, 4, 5, 9, 10].map(lateness),
            [Lateness::Fine, Lateness::Fine, Lateness::Warn, Lateness::Warn, Lateness::Late]
        );
        assert_eq!(Age::between(at(3), at(0), patience).minutes, 0);
    }
}
