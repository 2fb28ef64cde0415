//! The two event streams.
//!
//! `id:` is the store's sequence; `Last-Event-ID` (or `?last_event_id=`, for pages that reconnect by
//! themselves) resumes after it. What can no longer be replayed is answered with `reset`: fetch the snapshot
//! again. A `ping` every 15 s lets both ends notice a dead connection. The stream ends when its credential
//! does, when the credential opens too many others, and at once on shutdown.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use bytes::{BufMut, Bytes, BytesMut};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use shared_types::TableId;
use shared_types::events::HEARTBEAT_SECONDS;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use utoipa::IntoParams;

use super::feed::{Feed, Found, Frame};
use super::streams::Place;
use crate::app::AppState;
use crate::auth::tokens::Claims;
use crate::auth::{AdminCaller, TableCaller};
use crate::error::Result;

const PING: &[u8] = b"event: ping\ndata: {}\n\n";
const RESET: &[u8] = b"event: reset\ndata: {}\n\n";
/// Events replayed at once from the table.
const REPLAY: i64 = 256;

/// Where to go on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Resume {
    /// As the header `Last-Event-ID`, which wins.
    last_event_id: Option<i64>,
}

/// Live events of the store
#[utoipa::path(tag = "events", params(Resume, ("Last-Event-ID" = Option<String>, Header, description = "The last `id` seen; what is none is ignored")), security(("admin" = [])), responses(
    (status = 200, description = "`text/event-stream`, see the schema `EventKind`", content_type = "text/event-stream", body = serde_json::Value, example = json!("id: 1807\nevent: menu-changed\ndata: {\"version\":42}\n\n"))))]
#[get("/api/admin/sse/orders")]
pub async fn of_store(
    state: Data<AppState>,
    request: HttpRequest,
    caller: AdminCaller,
    resume: Query<Resume>,
) -> Result<HttpResponse> {
    open(state, &request, caller.claims, None, resume.last_event_id).await
}

/// Live events of the caller's table and of the store's menu
#[utoipa::path(tag = "events", params(Resume, ("Last-Event-ID" = Option<String>, Header, description = "The last `id` seen; what is none is ignored")), security(("table" = [])), responses(
    (status = 200, description = "`text/event-stream`, see the schema `EventKind`", content_type = "text/event-stream", body = serde_json::Value, example = json!("id: 1807\nevent: menu-changed\ndata: {\"version\":42}\n\n"))))]
#[get("/api/events")]
pub async fn of_table(
    state: Data<AppState>,
    request: HttpRequest,
    caller: TableCaller,
    resume: Query<Resume>,
) -> Result<HttpResponse> {
    open(state, &request, caller.claims, Some(caller.table), resume.last_event_id).await
}

async fn open(
    state: Data<AppState>,
    request: &HttpRequest,
    claims: Claims,
    table: Option<TableId>,
    query_id: Option<i64>,
) -> Result<HttpResponse> {
    let header_id = request.headers().get("Last-Event-ID").and_then(|v| v.to_str().ok()?.trim().parse().ok());
    let feed = state.events.feed(&state.pool, &state.clock, claims.store_id);
    let range = db::events::range(&mut *state.pool.acquire().await?, claims.store_id).await?;
    // Whoever begins behind a change of the menu is not told of it: what they fetch next must have it.
    state.menus.expire(claims.store_id, range.menu_version);
    let (cursor, reset) = match header_id.or(query_id) {
        None => (range.last, false),
        // Older than what is kept, or from another life of the database.
        Some(id) if id < range.first - 1 || id > range.last => (range.last, true),
        Some(id) => (id, false),
    };
    feed.wake();
    let mut greeting = BytesMut::from(&b"retry: 1000\n: connected\n\n"[..]);
    if reset {
        greeting.put_slice(RESET);
    }
    // A ping at once: the page sees that the stream lives without waiting for the first event.
    greeting.put_slice(PING);
    let place = state.streams.open(&claims, table.is_some());
    let live = Live::new(state, feed, claims, table, cursor, greeting.freeze(), place);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        .insert_header(("Content-Encoding", "identity"))
        .insert_header(("Cache-Control", "no-cache, no-transform"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(frames(live)))
}

fn frames(live: Live) -> impl Stream<Item = std::result::Result<Bytes, Infallible>> {
    unfold(live, |mut live| async move { live.next().await.map(|bytes| (Ok(bytes), live)) })
}

/// One open stream.
struct Live {
    state: Data<AppState>,
    feed: Arc<Feed>,
    claims: Claims,
    table: Option<TableId>,
    cursor: i64,
    greeting: Option<Bytes>,
    head: watch::Receiver<i64>,
    revoked: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    heartbeat: Interval,
    expiry: Instant,
    place: Place,
}

impl Live {
    fn new(
        state: Data<AppState>,
        feed: Arc<Feed>,
        claims: Claims,
        table: Option<TableId>,
        cursor: i64,
        greeting: Bytes,
        place: Place,
    ) -> Self {
        let beat = Duration::from_secs(HEARTBEAT_SECONDS);
        let mut heartbeat = interval_at(Instant::now() + beat, beat);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let left = (claims.expires_at() - state.clock.now()).to_std().unwrap_or_default();
        Self {
            head: feed.watch(),
            revoked: state.revocations.watch(),
            stopping: state.stopping.subscribe(),
            expiry: Instant::now() + left,
            heartbeat,
            greeting: Some(greeting),
            cursor,
            table,
            claims,
            feed,
            state,
            place,
        }
    }

    /// The next bytes to send; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting);
        }
        loop {
            self.head.mark_unchanged();
            let news = match self.feed.after(self.cursor, self.table) {
                Found::News(text, cursor) => {
                    self.cursor = cursor;
                    text
                }
                Found::Behind => match self.replay().await? {
                    // A page of other tables' events: the next one may have ours.
                    news if news.is_empty() => continue,
                    news => news,
                },
            };
            if !news.is_empty() {
                return Some(news);
            }
            tokio::select! {
                changed = self.head.changed() => changed.ok()?,
                _ = self.heartbeat.tick() => return Some(Bytes::from_static(PING)),
                () = tokio::time::sleep_until(self.expiry) => return None,
                _ = self.stopping.wait_for(|stopping| *stopping) => return None,
                () = self.place.lost() => return None,
                changed = self.revoked.changed() => {
                    changed.ok()?;
                    if !self.state.revocations.allows(&self.claims) {
                        return None;
                    }
                }
            }
        }
    }

    /// Reads from the table what the ring no longer has. `None` (the page reconnects) if the table has not
    /// got it either, or does not answer.
    async fn replay(&mut self) -> Option<Bytes> {
        let mut conn = self.state.pool.acquire().await.ok()?;
        let rows = db::events::after(&mut conn, self.claims.store_id, self.cursor, REPLAY).await.ok()?;
        if rows.first().is_none_or(|first| first.seq != self.cursor + 1) {
            return None;
        }
        let mut text = BytesMut::new();
        for row in &rows {
            let frame = Frame::of(row);
            self.cursor = frame.seq;
            if frame.concerns(self.table) {
                text.put_slice(&frame.text);
            }
        }
        Some(text.freeze())
    }
}
