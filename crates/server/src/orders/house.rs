//! A store's open house in memory: every table, order and call of the moment, as the board and the guests read
//! them.
//!
//! Whatever changes it writes an event in the same transaction, and a store's events are numbered without
//! gaps. So one cheap question, the number of the last event, says whether what is here still holds; only then
//! is everything read again, once for all who wait. What is answered is never older than the question.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use db::Pool;
use db::cursor::Cursor;
use shared_types::orders::{BoardSnapshot, Order, OrderPage};
use shared_types::{Money, SessionId, StoreId};

use crate::error::{AppError, Result};
use crate::http::encoded::Encoded;

/// What nobody has asked for during this time is forgotten.
const IDLE: Duration = Duration::from_secs(5 * 60);

/// How well the board is compressed: quickly, because it changes all evening.
const BROTLI: i32 = 4;

/// A store as of one event.
#[derive(Debug)]
pub struct House {
    /// Everything.
    pub board: BoardSnapshot,
    /// The same, ready to send.
    pub encoded: Encoded,
    /// What guests begin with, by session and length, ready to send once one of them has asked.
    first_pages: Mutex<HashMap<(SessionId, i64), Arc<Encoded>>>,
}

impl House {
    fn new(board: BoardSnapshot) -> Result<Self> {
        let plain = serde_json::to_vec(&board).map_err(AppError::internal)?;
        Ok(Self { board, encoded: Encoded::new(plain, BROTLI), first_pages: Mutex::default() })
    }

    /// The first page of a session's orders, ready to send.
    ///
    /// # Errors
    /// `internal`, never in practice.
    pub fn first_page(&self, session: SessionId, limit: i64) -> Result<Arc<Encoded>> {
        let mut pages = self.first_pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = pages.get(&(session, limit)) {
            return Ok(Arc::clone(page));
        }
        let plain = serde_json::to_vec(&self.page(session, None, limit)).map_err(AppError::internal)?;
        let page = Arc::new(Encoded::new(plain, BROTLI));
        pages.insert((session, limit), Arc::clone(&page));
        Ok(page)
    }

    /// A page of a session's orders, newest first, with the sum of all of them.
    #[must_use]
    pub fn page(&self, session: SessionId, cursor: Option<Cursor>, limit: i64) -> OrderPage {
        let own = || self.board.orders.iter().filter(|order| order.session_id == session);
        let key = |order: &Order| (order.created_at, order.id.0);
        let after = |order: &&Order| cursor.is_none_or(|cursor| key(order) < (cursor.created_at, cursor.id));
        let one_more = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        let mut orders: Vec<_> = own().filter(after).take(one_more).cloned().collect();
        let next_cursor = Cursor::after_page(&mut orders, limit, key);
        let total_amount = Money(own().map(|order| order.total_amount.0).sum());
        OrderPage { orders, next_cursor, total_amount }
    }
}

/// One store's place: what is known, and the turn to read it anew.
struct Place {
    known: RwLock<Option<Arc<House>>>,
    reading: tokio::sync::Mutex<()>,
    asked: Mutex<Instant>,
}

/// The houses of the stores that are asked for.
#[derive(Default)]
pub struct Houses {
    places: Mutex<HashMap<StoreId, Arc<Place>>>,
}

impl Houses {
    /// The store as of an event, or later.
    ///
    /// # Errors
    /// `unavailable`, `internal`.
    pub async fn at(&self, pool: &Pool, store: StoreId, event: i64) -> Result<Arc<House>> {
        let place = self.place(store);
        if let Some(house) = place.known(event) {
            return Ok(house);
        }
        let _turn = place.reading.lock().await;
        // Whoever read while this one waited may have read enough.
        if let Some(house) = place.known(event) {
            return Ok(house);
        }
        let board = db::orders::board(&mut *pool.acquire().await?, store).await?;
        let house = Arc::new(House::new(board)?);
        *place.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&house));
        Ok(house)
    }

    /// Forgets what nobody asks for.
    pub fn forget_idle(&self) {
        self.places()
            .retain(|_, place| place.asked.lock().unwrap_or_else(PoisonError::into_inner).elapsed() < IDLE);
    }

    fn place(&self, store: StoreId) -> Arc<Place> {
        let mut places = self.places();
        let place = places.entry(store).or_insert_with(|| {
            Arc::new(Place {
                known: RwLock::default(),
                reading: tokio::sync::Mutex::default(),
                asked: Mutex::new(Instant::now()),
            })
        });
        *place.asked.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Arc::clone(place)
    }

    fn places(&self) -> std::sync::MutexGuard<'_, HashMap<StoreId, Arc<Place>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    fn known(&self, event: i64) -> Option<Arc<House>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.clone().filter(|house| house.board.last_event_id >= event)
    }
}
