//! Two servers on one database.

use std::time::{Duration, Instant};

use shared_types::orders::Order;
use test_support::TestApp;

use super::write_events;
use crate::wait::{A_SECOND, until};

#[tokio::test]
async fn an_event_written_through_one_reaches_a_stream_on_the_other() {
    let app = TestApp::start().await;
    let second = app.second_instance().await;
    let (table, admin) = (app.table(0).await, app.admin().await.at(&second.url));
    let mut stream = admin.stream(None).await;
    // The first wake-ups may come before the other instance listens.
    table.order(&app.store.stew()).await;
    stream.event().await;
    let mut slowest = Duration::ZERO;
    for _ in 0..10 {
        let begin = Instant::now();
        let order = table.order(&app.store.stew()).await;
        assert_eq!(stream.event().await.read::<Order>(), order);
        slowest = slowest.max(begin.elapsed());
    }
    println!("from order to the other instance's stream: {slowest:?} at most");
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

#[tokio::test]
async fn wake_ups_are_quicker_than_the_poll() {
    let app = TestApp::start().await;
    let second = app.second_instance().await;
    let (table, admin) = (app.table(0).await, app.admin().await.at(&second.url));
    let mut stream = admin.stream(None).await;
    table.order(&app.store.stew()).await;
    stream.event().await;
    let mut times = Vec::new();
    for _ in 0..9 {
        let begin = Instant::now();
        table.order(&app.store.stew()).await;
        stream.event().await;
        times.push(begin.elapsed());
    }
    times.sort();
    // Ten rounds that each wait for a poll would take half a second in the middle.
    assert!(times[4] < Duration::from_millis(250), "{times:?}");
}

#[tokio::test]
async fn a_lost_wake_up_costs_a_second_at_most() {
    let app = TestApp::start().await;
    let mut stream = app.admin().await.stream(None).await;
    for _ in 0..3 {
        // Written without a word to anybody.
        write_events(&app, 1).await;
        let begin = Instant::now();
        stream.event().await;
        assert!(begin.elapsed() < A_SECOND, "{:?}", begin.elapsed());
    }
}

#[tokio::test]
async fn both_streams_have_the_same_events_in_the_same_order() {
    let app = TestApp::start().await;
    let second = app.second_instance().await;
    let (one, two) = (app.table(0).await, app.table(1).await.at(&second.url));
    let admin = app.admin().await;
    let (mut here, mut there) = (admin.stream(Some(0)).await, admin.at(&second.url).stream(Some(0)).await);
    let cart = app.store.stew();
    for _ in 0..10 {
        tokio::join!(one.order(&cart), two.order(&cart));
    }
    assert_eq!(here.take(20).await, there.take(20).await);
}

#[tokio::test]
async fn a_sign_out_on_one_is_known_to_the_other_within_a_second() {
    let app = TestApp::start().await;
    let second = app.second_instance().await;
    let table = app.table(0).await;
    let there = table.at(&second.url);
    let mut stream = there.stream(None).await;
    let _ = there.get("/api/auth/me").await.expect(200);
    let _ = table.press("/api/auth/logout").await.expect(204);
    until(A_SECOND, async || there.get("/api/auth/me").await.status == 401).await;
    stream.expect_end(A_SECOND).await;
}
