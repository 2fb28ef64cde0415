//! Going on where a stream broke off.

use std::time::Duration;

use reqwest::Method;
use test_support::{Client, EventStream, TestApp};

use super::write_events;

async fn open(client: &Client, query: &str, header: Option<&str>) -> EventStream {
    let mut request = client.request(Method::GET, &format!("/api/admin/sse/orders{query}"));
    if let Some(header) = header {
        request = request.header("Last-Event-ID", header);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    EventStream::of(response)
}

#[tokio::test]
async fn a_stream_replays_exactly_what_was_missed() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    for _ in 0..6 {
        table.order(&app.store.stew()).await;
    }
    for last in 0..=6 {
        let mut stream = admin.stream(Some(last)).await;
        let missed = usize::try_from(6 - last).unwrap();
        assert_eq!(stream.ids(missed).await, (last + 1..=6).collect::<Vec<_>>());
        stream.expect_silence(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_replay_goes_on_live_without_a_seam() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let cart = app.store.stew();
    let ordering = async {
        for _ in 0..30 {
            table.order(&cart).await;
        }
    };
    let listening = async {
        let mut last = 0;
        while last < 30 {
            // A new connection every few events, in the middle of the traffic.
            let mut stream = admin.stream(Some(last)).await;
            for _ in 0..3.min(30 - last) {
                last += 1;
                assert_eq!(stream.event().await.id, Some(last));
            }
        }
    };
    tokio::join!(ordering, listening);
}

#[tokio::test]
async fn a_table_finds_its_own_event_behind_any_number_of_others() {
    let app = TestApp::start().await;
    let (own, other) = (app.table(0).await, app.store.tables[1]);
    let others = "SELECT append_event($1, 'table-changed', $2, '{}', now()) FROM generate_series(1, 700)";
    sqlx::query(others).bind(app.store.id.0).bind(other.0).execute(&app.db).await.unwrap();
    own.order(&app.store.stew()).await;
    // Opened by nobody before: memory begins at the end.
    let mut stream = own.stream(Some(0)).await;
    assert_eq!(stream.event().await.id, Some(701));
}

#[tokio::test]
async fn more_than_memory_holds_is_replayed_from_the_table() {
    let app = TestApp::start().await;
    write_events(&app, 1_500).await;
    let mut stream = app.admin().await.stream(Some(0)).await;
    assert_eq!(stream.ids(1_500).await, (1..=1_500).collect::<Vec<_>>());
    write_events(&app, 5).await;
    assert_eq!(stream.ids(5).await, (1_501..=1_505).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_table_skips_what_is_not_its_own_in_a_replay() {
    let app = TestApp::start().await;
    let (mine, other) = (app.table(0).await, app.table(1).await);
    for _ in 0..3 {
        other.order(&app.store.stew()).await;
        mine.order(&app.store.stew()).await;
    }
    assert_eq!(mine.stream(Some(0)).await.ids(3).await, [2, 4, 6]);
}

#[tokio::test]
async fn the_query_resumes_too_and_the_header_wins() {
    let app = TestApp::start().await;
    write_events(&app, 5).await;
    let admin = app.admin().await;
    assert_eq!(open(&admin, "?last_event_id=3", None).await.ids(2).await, [4, 5]);
    assert_eq!(open(&admin, "?last_event_id=1", Some("4")).await.ids(1).await, [5]);
}

#[tokio::test]
async fn without_a_position_a_stream_begins_now() {
    let app = TestApp::start().await;
    write_events(&app, 5).await;
    let admin = app.admin().await;
    for header in [None, Some(""), Some("not-a-number")] {
        let mut stream = open(&admin, "", header).await;
        stream.expect_silence(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn what_is_no_longer_kept_resets_the_client() {
    let app = TestApp::start().await;
    write_events(&app, 10).await;
    app.sql("DELETE FROM store_events WHERE store_id = $1 AND seq <= 6").await;
    let admin = app.admin().await;
    for gone in [0, 5] {
        let mut stream = admin.stream(Some(gone)).await;
        let reset = stream.event().await;
        assert_eq!((reset.kind.as_str(), reset.id), ("reset", None), "after {gone}");
        write_events(&app, 1).await;
        assert!(stream.event().await.id.unwrap() > 10, "goes on from the present");
    }
    assert_eq!(admin.stream(Some(6)).await.event().await.id, Some(7), "nothing was missed");
}

#[tokio::test]
async fn when_nothing_is_kept_only_the_present_can_be_resumed() {
    let app = TestApp::start().await;
    write_events(&app, 3).await;
    app.sql("DELETE FROM store_events WHERE store_id = $1").await;
    let admin = app.admin().await;
    assert_eq!(admin.stream(Some(2)).await.event().await.kind, "reset");
    admin.stream(Some(3)).await.expect_silence(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn an_id_from_the_future_resets_the_client() {
    let app = TestApp::start().await;
    write_events(&app, 3).await;
    let (admin, table) = (app.admin().await, app.table(0).await);
    assert_eq!(admin.stream(Some(4)).await.event().await.kind, "reset");
    assert_eq!(table.stream(Some(i64::MAX)).await.event().await.kind, "reset");
    assert_eq!(admin.stream(Some(-5)).await.event().await.kind, "reset");
}
