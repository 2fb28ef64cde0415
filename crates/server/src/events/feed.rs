//! One store's events on this instance: read once, kept in a short ring, pulled by every stream at its own
//! pace. A stream holds no queue of its own; one that falls behind the ring is ended and resumes by id.

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{Arc, PoisonError, RwLock};

use bytes::{BufMut, Bytes, BytesMut};
use db::Pool;
use db::events::EventRow;
use shared_types::{StoreId, TableId};
use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::metrics::{EVENT_DELAY_SECONDS, EVENTS_DELIVERED};

/// Events kept in memory per store.
const RING: usize = 512;
/// Events read at once.
const BATCH: i64 = 256;

/// One event, ready to be sent.
#[derive(Debug)]
pub struct Frame {
    /// The store's sequence.
    pub seq: i64,
    /// The table it is about; `None` concerns the whole store.
    pub table: Option<TableId>,
    /// `id:`, `event:` and `data:` lines.
    pub text: Bytes,
}

impl Frame {
    /// The frame of an event.
    #[must_use]
    pub fn of(row: &EventRow) -> Self {
        let mut text = String::with_capacity(row.payload.len() + 64);
        // Writing to a String cannot fail. Payloads are JSON from PostgreSQL: no line breaks in them.
        let _ = write!(text, "id: {}\nevent: {}\ndata: {}\n\n", row.seq, row.kind, row.payload);
        Self { seq: row.seq, table: row.table, text: text.into() }
    }

    /// Whether a stream of this table, or of the whole store, gets it.
    #[must_use]
    pub fn concerns(&self, table: Option<TableId>) -> bool {
        table.is_none() || self.table.is_none() || self.table == table
    }
}

/// What a stream finds after its cursor.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Text to send (it may be empty) and the new cursor.
    News(Bytes, i64),
    /// The ring begins later: read the table.
    Behind,
}

/// See the module.
pub struct Feed {
    store: StoreId,
    clock: Clock,
    ring: RwLock<VecDeque<Arc<Frame>>>,
    head: watch::Sender<i64>,
    woken: Notify,
    ended: watch::Sender<bool>,
}

impl Feed {
    /// A feed whose reader starts at the store's present end.
    #[must_use]
    pub fn begin(pool: Pool, clock: Clock, store: StoreId) -> Arc<Self> {
        let feed = Arc::new(Self {
            store,
            clock,
            ring: RwLock::default(),
            head: watch::channel(-1).0,
            woken: Notify::new(),
            ended: watch::channel(false).0,
        });
        feed.wake();
        tokio::spawn(Arc::clone(&feed).read(pool));
        feed
    }

    /// Look for news.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// The last sequence that was read; -1 before the first reading.
    #[must_use]
    pub fn head(&self) -> i64 {
        *self.head.borrow()
    }

    /// Follows the head.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// Stops the reader.
    pub fn end(&self) {
        self.ended.send_replace(true);
    }

    /// What comes after a cursor, for a table or for the whole store.
    #[must_use]
    pub fn after(&self, cursor: i64, table: Option<TableId>) -> Found {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let head = self.head();
        if cursor >= head {
            return Found::News(Bytes::new(), cursor);
        }
        if ring.front().is_none_or(|first| first.seq > cursor + 1) {
            return Found::Behind;
        }
        let mut text = BytesMut::new();
        let mut count = 0;
        for frame in ring.iter().filter(|frame| frame.seq > cursor && frame.concerns(table)) {
            text.put_slice(&frame.text);
            count += 1;
        }
        metrics::counter!(EVENTS_DELIVERED).increment(count);
        Found::News(text.freeze(), ring.back().map_or(cursor, |last| last.seq))
    }

    async fn read(self: Arc<Self>, pool: Pool) {
        let mut ended = self.ended.subscribe();
        loop {
            tokio::select! {
                () = self.woken.notified() => {}
                _ = ended.wait_for(|ended| *ended) => return,
            }
            loop {
                match self.read_batch(&pool).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        // `poll` wakes this feed again within a second.
                        tracing::warn!(store = %self.store, error.cause = %error, "events could not be read");
                        break;
                    }
                }
            }
        }
    }

    /// Reads one batch. True: there may be more.
    async fn read_batch(&self, pool: &Pool) -> db::Result<bool> {
        let mut conn = pool.acquire().await?;
        let head = self.head();
        if head < 0 {
            let range = db::events::range(&mut conn, self.store).await?;
            self.head.send_replace(range.last);
            return Ok(false);
        }
        let rows = db::events::after(&mut conn, self.store, head, BATCH).await?;
        drop(conn);
        let now = self.clock.now();
        for row in &rows {
            let delay = (now - row.created_at).to_std().unwrap_or_default();
            metrics::histogram!(EVENT_DELAY_SECONDS).record(delay);
        }
        let full = i64::try_from(rows.len()).is_ok_and(|n| n == BATCH);
        self.push(&rows);
        Ok(full)
    }

    fn push(&self, rows: &[EventRow]) {
        let Some(last) = rows.last().map(|row| row.seq) else { return };
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        ring.extend(rows.iter().map(|row| Arc::new(Frame::of(row))));
        let surplus = ring.len().saturating_sub(RING);
        ring.drain(..surplus);
        drop(ring);
        self.head.send_replace(last);
    }
}

#[cfg(test)]
mod tests {
    use shared_types::events::EventKind;
    use uuid::Uuid;

    use super::*;

    fn feed_with(seqs: std::ops::RangeInclusive<i64>) -> Feed {
        let feed = Feed {
            store: StoreId(Uuid::nil()),
            clock: Clock::default(),
            ring: RwLock::default(),
            head: watch::channel(seqs.start() - 1).0,
            woken: Notify::new(),
            ended: watch::channel(false).0,
        };
        let rows: Vec<_> = seqs
            .map(|seq| EventRow {
                seq,
                kind: EventKind::OrderCreated,
                table: Some(TableId(Uuid::from_u128(seq as u128 % 2))),
                payload: "{}".into(),
                created_at: chrono::DateTime::UNIX_EPOCH,
            })
            .collect();
        feed.push(&rows);
        feed
    }

    fn ids(found: &Found) -> Vec<i64> {
        let Found::News(text, _) = found else { panic!("behind") };
        std::str::from_utf8(text)
            .unwrap()
            .lines()
            .filter_map(|l| l.strip_prefix("id: ")?.parse().ok())
            .collect()
    }

    #[test]
    fn gives_what_comes_after_the_cursor() {
        let feed = feed_with(5..=9);
        assert_eq!(ids(&feed.after(6, None)), [7, 8, 9]);
        assert_eq!(ids(&feed.after(4, Some(TableId(Uuid::from_u128(0))))), [6, 8]);
        assert_eq!(feed.after(9, None), Found::News(Bytes::new(), 9));
        assert_eq!(feed.after(3, None), Found::Behind);
    }

    #[test]
    fn keeps_a_bounded_ring() {
        let feed = feed_with(1..=2000);
        assert_eq!(feed.ring.read().unwrap().len(), RING);
        assert_eq!(feed.after(2000 - RING as i64 - 1, None), Found::Behind);
        assert_eq!(ids(&feed.after(2000 - RING as i64, None)).len(), RING);
    }
}
