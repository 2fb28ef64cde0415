//! How a stream begins, and what ends it.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use reqwest::Method;
use test_support::{EventStream, TestApp};

use super::write_events;
use crate::wait::A_SECOND;

#[tokio::test]
async fn a_stream_says_at_once_that_it_lives() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    for mut stream in [table.stream(None).await, admin.stream(None).await] {
        let first = tokio::time::timeout(Duration::from_secs(1), stream.any()).await;
        assert_eq!(first.expect("no ping").unwrap().kind, "ping");
    }
}

#[tokio::test]
async fn a_quiet_stream_beats_every_fifteen_seconds() {
    let app = TestApp::start().await;
    let mut stream = app.table(0).await.stream(None).await;
    assert_eq!(stream.any().await.unwrap().kind, "ping");
    let begin = Instant::now();
    assert_eq!(stream.any().await.unwrap().kind, "ping");
    let took = begin.elapsed();
    assert!((14..20).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test]
async fn a_stream_is_neither_compressed_nor_kept_by_proxies() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let request = admin.request(Method::GET, "/api/admin/sse/orders").header("Accept-Encoding", "br, gzip");
    let response = request.send().await.unwrap();
    let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap();
    assert!(header("content-type").starts_with("text/event-stream"));
    assert_eq!((header("content-encoding"), header("x-accel-buffering")), ("identity", "no"));
    assert!(header("cache-control").contains("no-cache"));
    let mut stream = EventStream::of(response);
    app.table(0).await.order(&app.store.stew()).await;
    assert_eq!(stream.event().await.kind, "order-created");
}

#[tokio::test]
async fn a_stream_ends_when_its_token_does() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    app.advance(TimeDelta::hours(16) - TimeDelta::seconds(3));
    let (mut guest, mut manager) = (table.stream(None).await, admin.stream(None).await);
    let took = guest.expect_end(Duration::from_secs(4)).await;
    assert!(took > Duration::from_millis(500), "{took:?}: not before");
    manager.expect_end(Duration::from_secs(1)).await;
}

#[tokio::test]
async fn only_the_one_who_signs_out_loses_the_stream() {
    let app = TestApp::start().await;
    let (tablet, phone) = (app.table(0).await, app.table(0).await);
    let (mut stays, mut goes) = (tablet.stream(None).await, phone.stream(None).await);
    let _ = phone.press("/api/auth/logout").await.expect(204);
    goes.expect_end(A_SECOND).await;
    tablet.order(&app.store.stew()).await;
    assert_eq!(stays.event().await.kind, "order-created");
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let app = TestApp::start().await;
    let mut stream = app.admin().await.stream(None).await;
    assert_eq!(stream.any().await.unwrap().kind, "ping");
    let ended = tokio::task::spawn_blocking(move || drop(app));
    stream.expect_end(A_SECOND).await;
    ended.await.unwrap();
}

#[tokio::test]
async fn a_slow_reader_holds_nobody_up_and_misses_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut slow = admin.stream(None).await;
    let mut fast = admin.stream(None).await;
    // Far more than sockets and the ring hold: 16 MB in 4,000 events.
    let statement = "SELECT append_event($1, 'menu-changed', NULL, jsonb_build_object('version', n, 'pad', repeat('x', 4000)), now())
                       FROM generate_series(1, 4000) AS n";
    sqlx::query(statement).bind(app.store.id.0).execute(&app.db).await.unwrap();
    assert_eq!(fast.ids(4_000).await, (1..=4_000).collect::<Vec<_>>());
    app.table(0).await.order(&app.store.stew()).await;
    assert_eq!(fast.event().await.kind, "order-created");
    assert_eq!(slow.ids(4_001).await, (1..=4_001).collect::<Vec<_>>());
}

#[tokio::test]
async fn many_streams_get_every_event() {
    let app = TestApp::start_with(|config| config.limits.streams_of_user = 60).await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let mut streams = Vec::new();
    for _ in 0..60 {
        streams.push(admin.stream(None).await);
    }
    table.order(&app.store.stew()).await;
    write_events(&app, 20).await;
    for stream in &mut streams {
        assert_eq!(stream.ids(21).await, (1..=21).collect::<Vec<_>>());
    }
}
