//! The event streams that each device and user has open, and how many they may have.
//!
//! The newest stream wins: a tablet whose network broke comes back while its old stream still looks alive, and
//! must not be turned away by it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared_types::{DeviceId, StoreId};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::auth::tokens::Claims;

type Owner = (StoreId, Uuid);
/// Whether the owner is a device, and its streams with their numbers.
type Own = (bool, VecDeque<(u64, oneshot::Sender<()>)>);

#[derive(Default)]
struct Open {
    by_owner: HashMap<Owner, Own>,
    count: u32,
    last: u64,
}

/// See the module.
pub struct Streams {
    of_device: usize,
    of_user: usize,
    open: Arc<Mutex<Open>>,
}

/// One open stream's place. Dropping it gives it back.
pub struct Place {
    owner: Owner,
    number: u64,
    lost: oneshot::Receiver<()>,
    open: Arc<Mutex<Open>>,
}

impl Streams {
    /// None is open yet.
    #[must_use]
    pub fn new(of_device: usize, of_user: usize) -> Self {
        Self { of_device, of_user, open: Arc::default() }
    }

    /// A place for one more stream of a credential. Where it has too many, its oldest ends.
    #[must_use]
    pub fn open(&self, claims: &Claims, device: bool) -> Place {
        let owner = (claims.store_id, claims.sub);
        let most = if device { self.of_device } else { self.of_user };
        let (ends, lost) = oneshot::channel();
        let mut open = lock(&self.open);
        open.last += 1;
        open.count += 1;
        let number = open.last;
        let (_, own) = open.by_owner.entry(owner).or_insert_with(|| (device, VecDeque::new()));
        own.push_back((number, ends));
        if own.len() > most {
            // Its receiver hears that the sender is gone.
            own.pop_front();
        }
        report(open.count);
        Place { owner, number, lost, open: Arc::clone(&self.open) }
    }

    /// The devices that have streams open.
    #[must_use]
    pub fn devices(&self) -> Vec<(StoreId, DeviceId)> {
        let open = lock(&self.open);
        let devices = open.by_owner.iter().filter(|(_, (device, _))| *device);
        devices.map(|((store, id), _)| (*store, DeviceId(*id))).collect()
    }
}

impl Place {
    /// Waits until a newer stream takes the place.
    pub async fn lost(&mut self) {
        // Nothing is ever sent: the sender goes.
        let _ = (&mut self.lost).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        open.count -= 1;
        if let Some(own) = open.by_owner.get_mut(&self.owner) {
            own.1.retain(|(number, _)| *number != self.number);
            if own.1.is_empty() {
                open.by_owner.remove(&self.owner);
            }
        }
        report(open.count);
    }
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

fn report(count: u32) {
    metrics::gauge!(crate::metrics::EVENT_STREAMS).set(f64::from(count));
}
