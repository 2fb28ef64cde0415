//! The load: so many connections, each with one request under way, for so long.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::http::Client;
use crate::proc;

/// How much.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Kept connections, a thread each.
    pub connections: usize,
    /// How long a round lasts.
    pub time: Duration,
}

/// What a round gave.
#[derive(Debug, Default)]
pub struct Round {
    /// Answers per second.
    pub rate: f64,
    /// How long each took.
    pub latencies: Vec<Duration>,
}

impl Load {
    /// Runs a round against a port. `request` sends one request and returns the answer's status; it is
    /// made per connection from its number.
    ///
    /// # Errors
    /// When a request fails or is refused: a rate of refusals would mean nothing.
    pub fn round<F>(&self, port: u16, request: impl Fn(usize) -> F + Sync) -> Result<Round>
    where
        F: FnMut(&mut Client) -> Result<()>,
    {
        let begun = Instant::now();
        let worker = |number| drive(Client::open(port)?, request(number), begun + self.time);
        let results: Vec<_> = thread::scope(|scope| {
            let workers: Vec<_> =
                (0..self.connections).map(|number| scope.spawn(move || worker(number))).collect();
            workers.into_iter().map(thread::ScopedJoinHandle::join).collect()
        });
        let took = begun.elapsed();
        let mut latencies = Vec::new();
        for result in results {
            let Ok(result) = result else { bail!("a connection's thread failed") };
            latencies.extend(result.context("a request failed under load")?);
        }
        Ok(Round { rate: latencies.len() as f64 / took.as_secs_f64(), latencies })
    }
}

fn drive(
    mut client: Client,
    mut request: impl FnMut(&mut Client) -> Result<()>,
    end: Instant,
) -> Result<Vec<Duration>> {
    let mut latencies = Vec::new();
    let mut now = Instant::now();
    while now < end {
        if proc::interrupted() {
            return Err(proc::Interrupted.into());
        }
        request(&mut client)?;
        let after = Instant::now();
        latencies.push(after - now);
        now = after;
    }
    Ok(latencies)
}

/// The value that this share of a sorted list lies at or below.
#[must_use]
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// The middle of some numbers.
#[must_use]
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        count if count % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks() {
        let sorted: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&sorted, 0.50), Duration::from_millis(100));
        assert_eq!(percentile(&sorted, 0.99), Duration::from_millis(198));
        assert_eq!(percentile(&[], 0.99), Duration::ZERO);
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
    }
}
