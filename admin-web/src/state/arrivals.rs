//! New orders, told once: to a screen reader, and to the ear.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use shared_types::OrderId;

/// While someone still has to see an order, the bell repeats this often.
const REPEAT_SECONDS: i64 = 30;

/// Tells which unseen orders are new since the last look.
#[derive(Debug, Clone, Default)]
pub struct Arrivals {
    known: BTreeSet<OrderId>,
}

impl Arrivals {
    /// Those of `unseen` that were not there at the last look.
    pub fn look(&mut self, unseen: &BTreeSet<OrderId>) -> Vec<OrderId> {
        let arrived = unseen.difference(&self.known).copied().collect();
        self.known.clone_from(unseen);
        arrived
    }
}

/// When the bell rings. It follows what is on the board, not what came over the network: an order that came
/// with a snapshot after an outage rings like any other, and one event that is replayed does not.
#[derive(Debug, Clone, Default)]
pub struct Bell {
    arrivals: Arrivals,
    rang_at: Option<DateTime<Utc>>,
}

impl Bell {
    /// Whether to ring now: for what arrived, and again while something is unseen.
    pub fn is_due(&mut self, unseen: &BTreeSet<OrderId>, now: DateTime<Utc>) -> bool {
        let arrived = !self.arrivals.look(unseen).is_empty();
        let repeat = self.rang_at.is_none_or(|rang| now - rang >= TimeDelta::seconds(REPEAT_SECONDS));
        let due = arrived || (repeat && !unseen.is_empty());
        if due {
            self.rang_at = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{at, order};
    use super::*;

    #[test]
    fn rings_for_each_arrival_and_repeats_until_seen() {
        let ids = |numbers: &[u32]| numbers.iter().map(|n| order(*n, 1, 1, 0).id).collect::<BTreeSet<_>>();
        let second = |s| at(0) + TimeDelta::seconds(s);
        let mut bell = Bell::default();
        assert!(!bell.is_due(&ids(&[]), second(0)));
        assert!(bell.is_due(&ids(&[1]), second(1)));
        assert!(!bell.is_due(&ids(&[1]), second(2)), "the same order, told again");
        assert!(bell.is_due(&ids(&[1, 2]), second(3)));
        assert!(!bell.is_due(&ids(&[2]), second(32)));
        assert!(bell.is_due(&ids(&[2]), second(33)), "still unseen");
        assert!(!bell.is_due(&ids(&[]), second(90)));
    }

    #[test]
    fn arrivals_are_told_once() {
        let id = order(1, 1, 1, 0).id;
        let mut arrivals = Arrivals::default();
        assert_eq!(arrivals.look(&[id].into()), [id]);
        assert!(arrivals.look(&[id].into()).is_empty());
        assert!(arrivals.look(&BTreeSet::new()).is_empty());
        assert_eq!(arrivals.look(&[id].into()), [id], "recalled to waiting");
    }
}
