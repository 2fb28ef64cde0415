//! Wake-ups for the other instances, gathered for a few milliseconds and sent together: one NOTIFY naming the
//! stores, never one per order, because NOTIFY takes a lock of the whole cluster at commit.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use shared_types::StoreId;
use tokio::sync::{Notify, mpsc, watch};

use super::wake::WakeChannel;
use crate::app::AppState;

/// How long wake-ups are gathered.
const GATHER: Duration = Duration::from_millis(4);
/// How long to wait before listening again after the connection broke.
const AGAIN: Duration = Duration::from_secs(1);

/// The stores whose wake-up has not been sent yet.
#[derive(Default)]
pub struct Outgoing {
    stores: Mutex<HashSet<StoreId>>,
    some: Notify,
}

impl Outgoing {
    /// Sends a wake-up soon.
    pub fn add(&self, store: StoreId) {
        self.stores.lock().unwrap_or_else(PoisonError::into_inner).insert(store);
        self.some.notify_one();
    }

    fn take(&self) -> Vec<StoreId> {
        self.stores.lock().unwrap_or_else(PoisonError::into_inner).drain().collect()
    }
}

/// Sends wake-ups until the server stops, then what is left. What cannot be sent is found by the others' poll.
pub async fn send(state: Arc<AppState>, channel: Arc<dyn WakeChannel>) {
    let mut stopping = state.stopping.subscribe();
    loop {
        let stop = tokio::select! {
            () = state.events.outgoing.some.notified() => false,
            _ = stopping.wait_for(|stopping| *stopping) => true,
        };
        tokio::time::sleep(GATHER).await;
        let stores = state.events.outgoing.take();
        if !stores.is_empty()
            && let Err(error) = channel.send(&stores).await
        {
            tracing::warn!(error.cause = %error, "a wake-up could not be sent");
        }
        if stop {
            return;
        }
    }
}

/// Listens to the other instances until the server stops.
pub async fn listen(state: Arc<AppState>, channel: Arc<dyn WakeChannel>) {
    let (to, mut from) = mpsc::channel(1024);
    let mut stopping: watch::Receiver<bool> = state.stopping.subscribe();
    let listener = async {
        loop {
            if let Err(error) = channel.listen(&to).await {
                tracing::warn!(error.cause = %error, "not listening to other instances; trying again");
            }
            tokio::time::sleep(AGAIN).await;
        }
    };
    let waker = async {
        while let Some(store) = from.recv().await {
            state.events.wake(store);
            let recently = state.clock.now() - super::poll::OVERLAP;
            let looked = async {
                super::poll::look_at(&state, &[store]).await?;
                state.revocations.refresh(&state.pool, recently).await
            };
            if let Err(error) = looked.await {
                tracing::debug!(error.cause = %error, "could not look at a woken store");
            }
        }
    };
    tokio::select! {
        () = listener => {}
        () = waker => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}
