//! When to open, when to give up, when to say so: the part of the stream that needs no browser.
//!
//! Times are milliseconds of the device's clock. It may jump; a jump costs one early or late reconnection.

use shared_types::events::HEARTBEAT_SECONDS;

/// Silence after which a connection counts as dead.
const WATCHDOG_MS: f64 = 2_000.0 * HEARTBEAT_SECONDS as f64;
/// A connection that is not there after so long is tried again.
const OPENING_MS: f64 = 10_000.0;
/// A connection that lived so long was a good one: the back-off starts over.
const GOOD_MS: f64 = 5_000.0;
/// The longest pause.
const LONGEST_MS: f64 = 30_000.0;

/// What the page may claim about how current it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    /// The first connection is being made.
    #[default]
    Connecting,
    /// Events arrive as they happen.
    Live,
    /// Not connected. What is shown is as of the last sign of life, so many seconds ago.
    Reconnecting {
        /// Seconds since the server was last heard.
        silent_seconds: u32,
    },
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Nothing.
    Rest,
    /// Open a connection, after this event.
    Open {
        /// The last event that was seen.
        after: Option<i64>,
    },
    /// Close the connection and call [`Machine::failed`].
    Close,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Opening { since: f64 },
    Open { since: f64 },
    Waiting { until: f64 },
}

/// The state of one stream.
#[derive(Debug, Clone)]
pub struct Machine {
    phase: Phase,
    failures: u32,
    ever_open: bool,
    last_sign: f64,
    last_id: Option<i64>,
}

impl Machine {
    /// A stream that is to begin at once, after an event that a snapshot named.
    #[must_use]
    pub fn new(now: f64, after: Option<i64>) -> Self {
        Self {
            phase: Phase::Waiting { until: now },
            failures: 0,
            ever_open: false,
            last_sign: now,
            last_id: after,
        }
    }

    /// The connection stands. True when there is no event to go on from: something may have been missed, and the
    /// snapshot must be fetched.
    pub fn opened(&mut self, now: f64) -> bool {
        self.phase = Phase::Open { since: now };
        self.ever_open = true;
        self.last_sign = now;
        self.last_id.is_none()
    }

    /// The server was heard (a heartbeat).
    pub fn heard(&mut self, now: f64) {
        self.last_sign = now;
    }

    /// An event came. False when it was already seen.
    pub fn event(&mut self, now: f64, id: Option<i64>) -> bool {
        self.heard(now);
        match (id, self.last_id) {
            (Some(id), Some(last)) if id <= last => false,
            (Some(id), _) => {
                self.last_id = Some(id);
                true
            }
            (None, _) => true,
        }
    }

    /// The server cannot go on from the last event.
    pub fn reset(&mut self, now: f64) {
        self.heard(now);
        self.last_id = None;
    }

    /// The stream goes on from the event that a snapshot names.
    pub fn resume_from(&mut self, id: i64) {
        self.last_id = Some(self.last_id.map_or(id, |last| last.max(id)));
    }

    /// The last event that was seen.
    #[must_use]
    pub fn last_id(&self) -> Option<i64> {
        self.last_id
    }

    /// The connection broke or never stood. `random` in 0 … 1 spreads the devices of a dining room.
    pub fn failed(&mut self, now: f64, random: f64) {
        if matches!(self.phase, Phase::Open { since } if now - since >= GOOD_MS) {
            self.failures = 0;
        }
        let pause = (1_000.0 * 2_f64.powi(self.failures.min(5).cast_signed())).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        self.phase = Phase::Waiting { until: now + pause * (0.75 + random / 4.0) };
    }

    /// Time has passed.
    pub fn tick(&mut self, now: f64) -> Step {
        // A clock that was set back must not make the silence negative, nor a pause endless.
        self.last_sign = self.last_sign.min(now);
        match self.phase {
            Phase::Opening { since } if now - since > OPENING_MS || now < since => Step::Close,
            Phase::Open { .. } if now - self.last_sign > WATCHDOG_MS => Step::Close,
            Phase::Waiting { until } if now >= until || until - now > LONGEST_MS => self.open(now),
            _ => Step::Rest,
        }
    }

    /// The network is back, or the page is looked at again: do not wait.
    pub fn wake(&mut self, now: f64) -> Step {
        match self.phase {
            Phase::Waiting { .. } => {
                self.failures = 0;
                self.open(now)
            }
            Phase::Open { .. } if now - self.last_sign > WATCHDOG_MS => {
                self.failures = 0;
                Step::Close
            }
            Phase::Open { .. } | Phase::Opening { .. } => Step::Rest,
        }
    }

    fn open(&mut self, now: f64) -> Step {
        self.phase = Phase::Opening { since: now };
        Step::Open { after: self.last_id }
    }

    /// What the page may claim.
    #[must_use]
    pub fn connection(&self, now: f64) -> Connection {
        match self.phase {
            Phase::Open { .. } if now - self.last_sign <= WATCHDOG_MS => Connection::Live,
            _ if !self.ever_open && self.failures == 0 => Connection::Connecting,
            _ => Connection::Reconnecting { silent_seconds: seconds(now - self.last_sign) },
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
fn seconds(ms: f64) -> u32 {
    (ms / 1_000.0).clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn opened_at(now: f64) -> Machine {
        let mut machine = Machine::new(now, None);
        assert_eq!(machine.tick(now), Step::Open { after: None });
        assert!(machine.opened(now));
        machine
    }

    #[test]
    fn first_connection_is_not_called_broken() {
        let mut machine = Machine::new(0.0, None);
        assert_eq!(machine.connection(0.0), Connection::Connecting);
        machine.tick(0.0);
        machine.failed(500.0, 0.0);
        assert_eq!(machine.connection(3_000.0), Connection::Reconnecting { silent_seconds: 3 });
    }

    #[test]
    fn pauses_double_up_to_half_a_minute() {
        let mut machine = Machine::new(0.0, None);
        let mut now = 0.0;
        for pause in [1, 2, 4, 8, 16, 30, 30, 30] {
            assert!(matches!(machine.tick(now), Step::Open { .. }));
            machine.failed(now, 1.0);
            now += f64::from(pause) * 1_000.0 - 1.0;
            assert_eq!(machine.tick(now), Step::Rest, "too early after {pause} s");
            now += 1.0;
        }
    }

    #[test]
    fn a_good_connection_starts_the_back_off_over() {
        let mut machine = opened_at(0.0);
        machine.failed(100.0, 1.0);
        machine.tick(1_100.0);
        machine.opened(1_100.0);
        machine.failed(10_000.0, 1.0);
        assert!(matches!(machine.tick(11_000.0), Step::Open { .. }));
    }

    #[test]
    fn silence_is_noticed_and_told() {
        let mut machine = opened_at(0.0);
        machine.heard(15_000.0);
        assert_eq!(machine.tick(45_000.0), Step::Rest);
        assert_eq!(machine.connection(45_000.0), Connection::Live);
        assert_eq!(machine.connection(45_001.0), Connection::Reconnecting { silent_seconds: 30 });
        assert_eq!(machine.tick(45_001.0), Step::Close);
    }

    #[test]
    fn goes_on_after_the_last_event_and_drops_what_it_knows() {
        let mut machine = opened_at(0.0);
        assert!(machine.event(1.0, Some(7)));
        assert!(!machine.event(2.0, Some(7)));
        assert!(!machine.event(3.0, Some(6)));
        assert!(machine.event(4.0, None));
        machine.failed(6_000.0, 0.0);
        assert_eq!(machine.wake(6_001.0), Step::Open { after: Some(7) });
        assert!(!machine.opened(6_010.0), "nothing was missed");
        machine.reset(6_020.0);
        assert!(machine.event(6_030.0, Some(3)), "after a reset the numbering may start over");
    }

    #[test]
    fn wakes_at_once_but_not_twice() {
        let mut machine = opened_at(0.0);
        machine.failed(1.0, 1.0);
        assert!(matches!(machine.wake(2.0), Step::Open { .. }));
        assert_eq!(machine.wake(3.0), Step::Rest);
        machine.opened(4.0);
        assert_eq!(machine.wake(5.0), Step::Rest);
        // The laptop was asleep: the timers were, too.
        assert_eq!(machine.wake(600_000.0), Step::Close);
    }

    #[test]
    fn a_clock_set_back_does_not_stop_it() {
        let mut machine = opened_at(3_600_000.0);
        machine.failed(3_600_000.0, 1.0);
        assert!(matches!(machine.tick(0.0), Step::Open { .. }));
    }

    proptest! {
        /// Whatever happens in whatever order: never live after the watchdog, never waiting beyond the longest pause.
        #[test]
        fn never_lies_and_never_sticks(acts in prop::collection::vec((0_u8..6, 0_u32..40_000, 0.0..1.0_f64), 1..200)) {
            let (mut machine, mut now, mut heard) = (Machine::new(0.0, None), 0.0, 0.0);
            for (act, pass, random) in acts {
                now += f64::from(pass);
                match act {
                    0 if matches!(machine.phase, Phase::Opening { .. }) => { machine.opened(now); heard = now; }
                    1 if matches!(machine.phase, Phase::Open { .. }) => { machine.heard(now); heard = now; }
                    2 if matches!(machine.phase, Phase::Open { .. }) => { machine.event(now, Some(i64::from(pass))); heard = now; }
                    3 => machine.failed(now, random),
                    4 => if machine.wake(now) == Step::Close { machine.failed(now, random) },
                    _ => if machine.tick(now) == Step::Close { machine.failed(now, random) },
                }
                if machine.connection(now) == Connection::Live {
                    prop_assert!(now - heard <= WATCHDOG_MS);
                }
                if let Phase::Waiting { until } = machine.phase {
                    prop_assert!(until - now <= LONGEST_MS);
                }
            }
        }
    }
}
