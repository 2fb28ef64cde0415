//! Waiting for what happens soon, without sleeping longer than it takes.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long what "happens within a second" may take: the polling backstop, and a slow machine.
pub const A_SECOND: Duration = Duration::from_millis(1500);

/// Asks again until the answer is yes; answers how long that took.
#[track_caller]
pub fn until(within: Duration, mut is_so: impl AsyncFnMut() -> bool) -> impl Future<Output = Duration> {
    let caller = std::panic::Location::caller();
    async move {
        let begin = Instant::now();
        while !is_so().await {
            assert!(begin.elapsed() < within, "not so after {within:?}, at {caller}");
            sleep(Duration::from_millis(10)).await;
        }
        begin.elapsed()
    }
}
