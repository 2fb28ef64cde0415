//! One store's menu in memory: for pricing orders, and as bytes that are ready to send.
//!
//! A snapshot is dropped as soon as this instance learns that the menu's version has grown (`events::poll`).
//! Until then it may be up to a second old; `place_order` compares the version, so an order is never priced
//! against an old menu.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use db::Pool;
use shared_types::menu::{Menu, MenuBoard};
use shared_types::{ErrorCode, MenuId, StoreId};

use crate::error::{AppError, Result};
use crate::http::encoded::Encoded;

/// How long a request waits for its turn to load and for the load together: while the database is away, the
/// sixtieth guest must not wait for the fifty-nine before.
const PATIENCE: Duration = Duration::from_secs(3);

/// How well the menu is compressed: it changes seldom.
const BROTLI: i32 = 7;

/// One version of a store's menu.
#[derive(Debug)]
pub struct Snapshot {
    /// The version.
    pub version: i64,
    /// Everything, sold-out dishes included.
    pub all: Encoded,
    /// Without sold-out dishes.
    pub available: Encoded,
    menus: HashMap<MenuId, Menu>,
}

impl Snapshot {
    fn new(mut board: MenuBoard) -> Result<Self> {
        for menu in &mut board.menus {
            menu.image_url = menu.image_url.take().map(|key| crate::media::url_of(&key));
        }
        let all = encode(&board)?;
        let mut menus = HashMap::with_capacity(board.menus.len());
        let everything = std::mem::take(&mut board.menus);
        board.menus = everything.iter().filter(|menu| menu.is_available).cloned().collect();
        let available = encode(&board)?;
        menus.extend(everything.into_iter().map(|menu| (menu.id, menu)));
        Ok(Self { version: board.version, all, available, menus })
    }

    /// A snapshot for tests.
    ///
    /// # Errors
    /// The menu cannot be serialised.
    #[cfg(test)]
    pub fn of(board: MenuBoard) -> Result<Self> {
        Self::new(board)
    }

    /// A dish by its id.
    #[must_use]
    pub fn menu(&self, id: MenuId) -> Option<&Menu> {
        self.menus.get(&id)
    }
}

fn encode(board: &MenuBoard) -> Result<Encoded> {
    let plain = serde_json::to_vec(board).map_err(AppError::internal)?;
    Ok(Encoded::new(plain, BROTLI))
}

/// The snapshots of the stores that are open.
#[derive(Default)]
pub struct MenuCache {
    snapshots: RwLock<HashMap<StoreId, Arc<Snapshot>>>,
    /// One load at a time: a changed menu must not be read by sixty tablets at once.
    loading: tokio::sync::Mutex<()>,
}

impl MenuCache {
    /// The store's menu, read from the database only if it is not here.
    ///
    /// # Errors
    /// `unavailable`, `internal`.
    pub async fn get(&self, pool: &Pool, store: StoreId) -> Result<Arc<Snapshot>> {
        if let Some(snapshot) = self.known(store) {
            return Ok(snapshot);
        }
        tokio::time::timeout(PATIENCE, self.load(pool, store)).await.map_err(|_| ErrorCode::Unavailable)?
    }

    async fn load(&self, pool: &Pool, store: StoreId) -> Result<Arc<Snapshot>> {
        let _one = self.loading.lock().await;
        if let Some(snapshot) = self.known(store) {
            return Ok(snapshot);
        }
        let board = db::menu::board(&mut *pool.acquire().await?, store).await?;
        let board = board.ok_or_else(|| AppError::internal("a token without a store"))?;
        let snapshot = Arc::new(Snapshot::new(board)?);
        self.snapshots.write().unwrap_or_else(PoisonError::into_inner).insert(store, Arc::clone(&snapshot));
        Ok(snapshot)
    }

    fn known(&self, store: StoreId) -> Option<Arc<Snapshot>> {
        self.snapshots.read().unwrap_or_else(PoisonError::into_inner).get(&store).cloned()
    }

    /// Drops a snapshot that is older than a version.
    pub fn expire(&self, store: StoreId, version: i64) {
        let mut snapshots = self.snapshots.write().unwrap_or_else(PoisonError::into_inner);
        if snapshots.get(&store).is_some_and(|snapshot| snapshot.version != version) {
            snapshots.remove(&store);
        }
    }

    /// Drops a snapshot that turned out to be old.
    pub fn forget(&self, old: &Arc<Snapshot>, store: StoreId) {
        let mut snapshots = self.snapshots.write().unwrap_or_else(PoisonError::into_inner);
        if snapshots.get(&store).is_some_and(|snapshot| Arc::ptr_eq(snapshot, old)) {
            snapshots.remove(&store);
        }
    }

    /// The stores whose menus are here.
    #[must_use]
    pub fn stores(&self) -> Vec<StoreId> {
        self.snapshots.read().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }
}
