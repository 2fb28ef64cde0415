//! The backstop: once a second, one query for all stores that matter here says whether events, menus or
//! credentials have changed unnoticed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use shared_types::StoreId;

use crate::app::AppState;
use crate::auth::revocations::Revocations;

/// How long a lost wake-up can cost.
const EVERY: Duration = Duration::from_secs(1);

/// Clocks of instances differ a little, and a transaction takes time to commit.
pub(super) const OVERLAP: TimeDelta = TimeDelta::seconds(30);

/// Looks once a second until the server stops.
pub async fn run(state: Arc<AppState>) {
    let mut stopping = state.stopping.subscribe();
    let mut since = Revocations::horizon(state.clock.now());
    loop {
        let now = state.clock.now();
        let stores: Vec<StoreId> = state
            .menus
            .stores()
            .into_iter()
            .chain(state.events.listening().into_iter().map(|(s, _)| s))
            .collect();
        let looked = async {
            look_at(&state, &stores).await?;
            state.revocations.refresh(&state.pool, since).await
        };
        match looked.await {
            Ok(()) => {
                since = now - OVERLAP;
                state.compared.now();
            }
            Err(error) => tracing::debug!(error.cause = %error, "poll failed"),
        }
        state.events.end_idle_feeds();
        state.houses.forget_idle();
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

/// Wakes the feeds that are behind and drops the menus that are old.
///
/// # Errors
/// Database errors only.
pub async fn look_at(state: &AppState, stores: &[StoreId]) -> db::Result<()> {
    if stores.is_empty() {
        return Ok(());
    }
    let heads: HashMap<StoreId, i64> = state.events.listening().into_iter().collect();
    let ids: Vec<_> = stores.iter().map(|store| store.0).collect();
    for (store, last_seq, menu_version) in
        db::events::positions(&mut *state.pool.acquire().await?, &ids).await?
    {
        if heads.get(&store).is_some_and(|head| *head != last_seq) {
            state.events.wake(store);
        }
        state.menus.expire(store, menu_version);
    }
    Ok(())
}

/// When what is in memory was last compared with the database.
pub struct Compared(Mutex<Instant>);

impl Default for Compared {
    fn default() -> Self {
        Self(Mutex::new(Instant::now()))
    }
}

impl Compared {
    /// Just now.
    fn now(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// How long ago.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}
