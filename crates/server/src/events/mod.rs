//! Live events: from a committed transaction to every open stream, on every instance.
//!
//! A writer commits, then calls [`Events::changed`]. That wakes the store's [`feed::Feed`] on this instance at
//! once and queues a wake-up for the other instances, which a [`relay`] sends in batches. A feed reads new
//! events from the table by sequence, once for all its streams. Should a wake-up get lost, [`poll`] notices
//! within a second.

pub mod feed;
pub mod poll;
pub mod relay;
pub mod stream;
pub mod streams;
pub mod wake;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use db::Pool;
use shared_types::StoreId;

use crate::clock::Clock;
use feed::Feed;
use relay::Outgoing;

/// The feeds of this instance and the wake-ups for the others.
#[derive(Default)]
pub struct Events {
    feeds: Mutex<HashMap<StoreId, Arc<Feed>>>,
    /// Wake-ups waiting to be sent to the other instances.
    pub outgoing: Outgoing,
}

impl Events {
    /// Call after every commit that wrote an event.
    pub fn changed(&self, store: StoreId) {
        metrics::counter!(crate::metrics::EVENTS_WRITTEN).increment(1);
        self.wake(store);
        self.outgoing.add(store);
    }

    /// Lets the store's streams on this instance look for news.
    pub fn wake(&self, store: StoreId) {
        if let Some(feed) = self.feeds().get(&store) {
            feed.wake();
        }
    }

    /// The store's feed, begun if need be.
    #[must_use]
    pub fn feed(&self, pool: &Pool, clock: &Clock, store: StoreId) -> Arc<Feed> {
        Arc::clone(
            self.feeds().entry(store).or_insert_with(|| Feed::begin(pool.clone(), clock.clone(), store)),
        )
    }

    /// The stores that somebody listens to, and up to where each feed has read.
    #[must_use]
    pub fn listening(&self) -> Vec<(StoreId, i64)> {
        self.feeds().iter().map(|(store, feed)| (*store, feed.head())).collect()
    }

    /// Ends the feeds that nobody listens to.
    pub fn end_idle_feeds(&self) {
        // A feed is held by this map, by its reader task, and by each stream.
        self.feeds().retain(|_, feed| {
            let listened = Arc::strong_count(feed) > 2;
            if !listened {
                feed.end();
            }
            listened
        });
    }

    fn feeds(&self) -> std::sync::MutexGuard<'_, HashMap<StoreId, Arc<Feed>>> {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
