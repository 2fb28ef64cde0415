//! When devices were last seen. Noted in memory with every request and open stream, written once a minute: a
//! request never writes for it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use db::auth::Sighting;
use shared_types::{DeviceId, StoreId};

use crate::app::AppState;

type Last = (DateTime<Utc>, Option<String>);

/// What has not been written yet.
#[derive(Default)]
pub struct Seen(Mutex<HashMap<(StoreId, DeviceId), Last>>);

impl Seen {
    /// A device has asked for something, with this version of the app if it said so.
    pub fn note(&self, store: StoreId, device: DeviceId, version: Option<&str>, now: DateTime<Utc>) {
        let mut seen = self.lock();
        let (at, known) = seen.entry((store, device)).or_insert_with(|| (now, None));
        *at = now;
        if version.is_some() && known.as_deref() != version {
            *known = version.map(str::to_owned);
        }
    }

    fn take(&self) -> Vec<Sighting> {
        let seen = std::mem::take(&mut *self.lock());
        let sightings = seen.into_iter();
        sightings.map(|((store, device), (at, version))| Sighting { store, device, at, version }).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(StoreId, DeviceId), Last>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes what was noted since the last time, and that the devices whose streams are open are there.
///
/// # Errors
/// Database errors only. What was noted is then lost; the next request of a device notes it again.
pub async fn write(state: &AppState) -> db::Result<()> {
    let now = state.clock.now();
    for (store, device) in state.streams.devices() {
        state.seen.note(store, device, None, now);
    }
    let sightings = state.seen.take();
    if sightings.is_empty() {
        return Ok(());
    }
    db::auth::note_sightings(&mut *state.pool.acquire().await?, &sightings).await
}
