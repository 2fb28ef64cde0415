//! Calling staff (직원 호출).

use std::time::Duration;

use serde_json::json;
use shared_types::ErrorCode;
use shared_types::calls::{Call, CallKind, CallList};
use test_support::{AdminClient, TestApp};

async fn open_calls(admin: &AdminClient) -> Vec<Call> {
    admin.get("/api/admin/calls").await.json::<CallList>(200).calls
}

#[tokio::test]
async fn a_call_reaches_the_board_without_an_order() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(3).await, app.admin().await);
    let mut stream = admin.stream(None).await;
    let body = json!({"kind": "water", "note": " 물 두 병 "});
    let call: Call = table.post("/api/calls", &body).await.json(201);
    assert_eq!((call.kind, call.note.as_deref()), (CallKind::Water, Some("물 두 병")));
    assert_eq!((call.table_id, call.table_number.as_str()), (table.table, "4"));
    let event = stream.event().await;
    assert_eq!((event.kind.as_str(), event.read::<Call>()), ("call-created", call.clone()));
    assert_eq!(open_calls(&admin).await, [call]);
}

#[tokio::test]
async fn calling_again_answers_the_open_call() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let mut stream = admin.stream(None).await;
    let (first, again) = tokio::join!(table.call(CallKind::Bill), table.call(CallKind::Bill));
    assert_eq!(first, again);
    assert_eq!(table.call(CallKind::Bill).await, first);
    assert_eq!(stream.event().await.read::<Call>(), first);
    stream.expect_silence(Duration::from_millis(300)).await;
    let other = table.call(CallKind::Water).await;
    assert_eq!(open_calls(&admin).await, [first, other], "oldest first");
}

#[tokio::test]
async fn a_call_is_taken_once_for_every_screen() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let call = table.call(CallKind::Help).await;
    let (mut guest, mut manager) = (table.stream(None).await, admin.stream(None).await);
    let path = format!("/api/admin/calls/{}/ack", call.id);
    let taken: Call = admin.press(&path).await.json(200);
    assert!(taken.acknowledged_at.is_some());
    app.advance(chrono::TimeDelta::minutes(1));
    assert_eq!(admin.press(&path).await.json::<Call>(200), taken, "the first one counts");
    for stream in [&mut guest, &mut manager] {
        let event = stream.event().await;
        assert_eq!((event.kind.as_str(), event.read::<Call>()), ("call-acknowledged", taken.clone()));
        stream.expect_silence(Duration::from_millis(200)).await;
    }
    assert!(open_calls(&admin).await.is_empty());
    assert_ne!(table.call(CallKind::Help).await.id, call.id, "the guest may call again");
}

#[tokio::test]
async fn another_stores_call_is_not_found() {
    let app = TestApp::start().await;
    let call = app.table(0).await.call(CallKind::Help).await;
    let other = app.admin_of(&app.second_store().await).await;
    assert!(open_calls(&other).await.is_empty());
    let answer = other.press(&format!("/api/admin/calls/{}/ack", call.id)).await;
    assert_eq!(answer.code(), ErrorCode::NotFound);
    assert_eq!(open_calls(&app.admin().await).await, [call]);
}

#[tokio::test]
async fn a_call_is_checked() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let unknown = table.post("/api/calls", &json!({"kind": "dance"})).await;
    assert_eq!(unknown.code(), ErrorCode::MalformedRequest);
    for (note, code) in [("x".repeat(201), ErrorCode::TooLong), ("a\0".into(), ErrorCode::InvalidFormat)] {
        let answer = table.post("/api/calls", &json!({"kind": "help", "note": note})).await;
        assert_eq!(answer.field("note"), code);
    }
    assert_eq!(app.count("SELECT count(*) FROM calls WHERE store_id = $1").await, 0);
}
