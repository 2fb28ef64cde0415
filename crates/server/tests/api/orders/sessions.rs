//! One party's stay: it ends two hours after its last order, or sixteen hours after its first.

use chrono::TimeDelta;
use shared_types::Money;
use shared_types::events::{CloseReason, SessionClosed};
use shared_types::orders::{Order, OrderItem, OrderPage};
use sqlx::types::Json;
use test_support::fixture::{STEW, cart};
use test_support::{Event, TestApp};

async fn in_history(app: &TestApp) -> (i64, i64) {
    let orders = app.count("SELECT count(*) FROM order_history WHERE store_id = $1").await;
    let sum = "SELECT coalesce(sum(total_amount), 0)::bigint FROM order_history WHERE store_id = $1";
    (orders, app.count(sum).await)
}

fn closed(event: &Event) -> SessionClosed {
    assert_eq!(event.kind, "session-closed");
    event.read()
}

#[tokio::test]
async fn after_two_idle_hours_the_next_order_is_another_partys() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let first = table.order(&app.store.stew()).await;
    app.advance(TimeDelta::minutes(119));
    let second = table.order(&app.store.stew()).await;
    assert_eq!(first.session_id, second.session_id, "not yet two hours");
    app.advance(TimeDelta::minutes(121));
    assert_eq!(table.orders().await, OrderPage::default(), "the next party sees nothing of the last one");

    let mut stream = table.stream(None).await;
    let third = table.order(&app.store.stew()).await;
    assert_ne!(third.session_id, first.session_id);
    assert_eq!(table.orders().await.orders, std::slice::from_ref(&third));
    let ended = closed(&stream.event().await);
    assert_eq!((ended.session_id, ended.reason), (first.session_id, CloseReason::Idle));
    assert_eq!(stream.event().await.read::<Order>().id, third.id);
    assert_eq!(in_history(&app).await, (2, 2 * STEW.0));
    assert_eq!(super::stored(&app).await, 1);
}

#[tokio::test]
async fn after_sixteen_hours_a_stay_ends_however_busy_it_is() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let first = table.order(&app.store.stew()).await;
    for _ in 0..8 {
        app.advance(TimeDelta::minutes(115));
        assert_eq!(table.order(&app.store.stew()).await.session_id, first.session_id);
    }
    app.advance(TimeDelta::minutes(60));
    // By now the access token has ended too: the tablet renews it.
    let table = app.table(0).await;
    assert_eq!(table.orders().await, OrderPage::default());
    let next = table.order(&app.store.stew()).await;
    assert_ne!(next.session_id, first.session_id);
    assert_eq!(in_history(&app).await, (9, 9 * STEW.0));
    let reason = "SELECT count(*) FROM table_sessions WHERE store_id = $1 AND close_reason = 'expired'";
    assert_eq!(app.count(reason).await, 1);
}

#[tokio::test]
async fn the_sweeper_ends_what_nobody_touches_and_says_so() {
    let app = TestApp::start().await;
    let (table, neighbour) = (app.table(0).await, app.table(1).await);
    let order = table.order(&app.store.stew()).await;
    app.advance(TimeDelta::minutes(90));
    let later = neighbour.order(&app.store.stew()).await;
    let (mut guest, mut manager) = (table.stream(None).await, app.admin().await.stream(None).await);
    assert_eq!(app.instance.sweep().await, 0);
    app.advance(TimeDelta::minutes(31));
    assert_eq!(app.instance.sweep().await, 1);
    for stream in [&mut guest, &mut manager] {
        let ended = closed(&stream.event().await);
        assert_eq!((ended.session_id, ended.table_id), (order.session_id, order.table_id));
        assert_eq!(ended.reason, CloseReason::Idle);
    }
    assert_eq!(app.instance.sweep().await, 0, "once is enough");
    assert_eq!(app.admin().await.board().await.orders, [later]);
}

#[tokio::test]
async fn history_keeps_an_order_as_it_was() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&cart(vec![app.store.line("bulgogi", 2, &["hot", "rice"])])).await;
    let _ = admin.set_status(order.id, shared_types::orders::OrderStatus::Preparing).await.expect(200);
    app.change_menu("UPDATE menus SET name = 'renamed', price = 1 WHERE store_id = $1 AND name = 'bulgogi'")
        .await;
    app.advance(TimeDelta::hours(3));
    assert_eq!(app.instance.sweep().await, 1);
    let kept: (String, String, i64, Json<Vec<OrderItem>>, Json<Vec<serde_json::Value>>) = sqlx::query_as(
        "SELECT order_number, status, total_amount, items, timeline FROM order_history WHERE store_id = $1",
    )
    .bind(app.store.id.0)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!((kept.0, kept.1.as_str()), (order.order_number, "preparing"));
    assert_eq!((Money(kept.2), kept.3.0), (order.total_amount, order.items));
    assert_eq!((kept.4.len(), kept.4[0]["status"].as_str()), (1, Some("preparing")));
}

#[tokio::test]
async fn an_ended_stay_takes_its_open_calls_along() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    table.order(&app.store.stew()).await;
    table.call(shared_types::calls::CallKind::Bill).await;
    app.advance(TimeDelta::hours(3));
    assert_eq!(app.instance.sweep().await, 1);
    assert!(app.admin().await.board().await.calls.is_empty());
}

#[tokio::test]
async fn a_stores_own_limits_count() {
    let app = TestApp::start().await;
    app.sql("UPDATE stores SET session_idle_minutes = 10 WHERE id = $1").await;
    let table = app.table(0).await;
    let first = table.order(&app.store.stew()).await;
    app.advance(TimeDelta::minutes(11));
    assert_ne!(table.order(&app.store.stew()).await.session_id, first.session_id);
}

#[tokio::test]
async fn an_order_that_meets_the_sweeper_lands_in_one_stay() {
    let app = TestApp::start().await;
    for round in 1..=5 {
        let table = app.table(0).await;
        table.order(&app.store.stew()).await;
        app.advance(TimeDelta::minutes(121));
        let cart = app.store.stew();
        let (_, order) = tokio::join!(app.instance.sweep(), table.order(&cart));
        assert_eq!(table.orders().await.orders, [order]);
        app.advance(TimeDelta::minutes(121));
        app.instance.sweep().await;
        assert_eq!(in_history(&app).await, (2 * round, 2 * round * STEW.0));
    }
}
