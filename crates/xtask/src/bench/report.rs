//! The numbers, for people and for programs.

use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::load::{Load, Round, median, percentile};
use super::reading::MANAGERS;
use crate::bundles::{self, Size};
use crate::ui;

/// Orders per second, at least this share of what the bare database does.
const ORDERS_MIN: f64 = 0.4;
/// The slowest of a hundred reads in a full house, at most.
const READING_MAX: Duration = Duration::from_millis(50);

/// One side of a ratio: several rounds.
#[derive(Debug)]
pub struct Side {
    rate: f64,
    p50: Duration,
    p99: Duration,
}

/// Everything.
#[derive(Debug)]
pub struct Report {
    /// Over HTTP, and by pgbench.
    pub orders: (Side, Side),
    /// The menu, and the bare handler.
    pub menus: (Side, Side),
    /// What the readers of a full house asked for, and how long they waited.
    pub reading: Vec<(&'static str, Side)>,
    /// Of both apps.
    pub sizes: Vec<Size>,
    /// Under this load.
    pub load: Load,
}

impl Side {
    /// The rounds' median rate, and percentiles of all their requests.
    #[must_use]
    pub fn of(rounds: Vec<Round>) -> Self {
        let rate = median(rounds.iter().map(|round| round.rate).collect());
        let mut all: Vec<_> = rounds.into_iter().flat_map(|round| round.latencies).collect();
        all.sort();
        Self { rate, p50: percentile(&all, 0.50), p99: percentile(&all, 0.99) }
    }

    fn row(&self, name: &str, ratio: &str) -> Vec<String> {
        vec![name.to_owned(), format!("{:.0}", self.rate), ms(self.p50), ms(self.p99), ratio.to_owned()]
    }

    fn json(&self) -> Value {
        json!({"per_second": self.rate, "p50_ms": millis(self.p50), "p99_ms": millis(self.p99)})
    }
}

impl Report {
    /// As tables.
    #[must_use]
    pub fn text(&self) -> String {
        let head = ["", "per second", "p50", "p99", "ratio"].map(str::to_owned).to_vec();
        let shown = |pair: &(Side, Side)| format!("{:.2}", ratio(pair));
        let speed = ui::table(&[
            head,
            self.orders.0.row("orders over HTTP", &shown(&self.orders)),
            self.orders.1.row("the same by pgbench", ""),
            self.menus.0.row("menus over HTTP", &shown(&self.menus)),
            self.menus.1.row("the same bytes, bare", ""),
        ]);
        let head = ["fifty readers", "per second", "p50", "p99", ""].map(str::to_owned).to_vec();
        let rows = self.reading.iter().map(|(name, side)| side.row(name, ""));
        let reading = ui::table(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
        format!("{speed}\n{reading}\n{}", ui::table(&bundles::rows(&self.sizes)))
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let pair =
            |pair: &(Side, Side)| json!({"ours": pair.0.json(), "bare": pair.1.json(), "ratio": ratio(pair)});
        let size =
            |size: &Size| (size.app.name.to_owned(), json!({"brotli": size.brotli, "budget": size.budget()}));
        let report = json!({
            "connections": self.load.connections,
            "round_seconds": self.load.time.as_secs(),
            "cores": std::thread::available_parallelism().map_or(0, usize::from),
            "orders": pair(&self.orders),
            "menus": pair(&self.menus),
            "reading": self.reading.iter().map(|(name, side)| ((*name).to_owned(), side.json())).collect::<serde_json::Map<_, _>>(),
            "bundles": self.sizes.iter().map(size).collect::<serde_json::Map<_, _>>(),
        });
        format!("{report:#}\n")
    }

    /// Holds the numbers to their targets.
    ///
    /// # Errors
    /// Every target that was missed.
    pub fn check(&self) -> Result<()> {
        let mut missed: Vec<_> = self.sizes.iter().filter_map(Size::excess).collect();
        if ratio(&self.orders) < ORDERS_MIN {
            missed.push(format!("orders reach {:.2} of pgbench, not {ORDERS_MIN}", ratio(&self.orders)));
        }
        let held = self.reading.iter().filter(|(name, _)| *name != MANAGERS);
        for (name, side) in held.filter(|(_, side)| side.p99 > READING_MAX) {
            missed.push(format!("{name} took {} at p99, not {}", ms(side.p99), ms(READING_MAX)));
        }
        if missed.is_empty() {
            return Ok(());
        }
        bail!("missed: {}; repeat on a quiet machine, then look for what changed", missed.join("; "))
    }
}

fn ratio((ours, bare): &(Side, Side)) -> f64 {
    if bare.rate > 0.0 { ours.rate / bare.rate } else { 0.0 }
}

fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", millis(time))
}
