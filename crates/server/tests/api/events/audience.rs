//! Who gets which events.

use std::time::Duration;

use serde_json::json;
use shared_types::calls::CallKind;
use shared_types::orders::{Order, OrderStatus};
use test_support::{EventStream, TestApp};

const QUIET: Duration = Duration::from_millis(300);

async fn kinds(stream: &mut EventStream, count: usize) -> Vec<String> {
    stream.take(count).await.into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn a_table_gets_its_own_events_and_the_stores_menu() {
    let app = TestApp::start().await;
    let (mine, neighbour, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let mut stream = mine.stream(None).await;
    let theirs = neighbour.order(&app.store.stew()).await;
    neighbour.call(CallKind::Water).await;
    let _ = admin.set_status(theirs.id, OrderStatus::Preparing).await.expect(200);
    let _ = admin.delete(&format!("/api/admin/orders/{}", theirs.id)).await.expect(204);
    stream.expect_silence(QUIET).await;

    let order = mine.order(&app.store.stew()).await;
    let _ = admin.set_status(order.id, OrderStatus::Preparing).await.expect(200);
    app.change_menu("UPDATE menus SET price = price + 1 WHERE store_id = $1").await;
    mine.call(CallKind::Bill).await;
    let _ = admin.delete(&format!("/api/admin/orders/{}", order.id)).await.expect(204);
    let expected = ["order-created", "order-updated", "menu-changed", "call-created", "order-deleted"];
    assert_eq!(kinds(&mut stream, 5).await, expected);
}

#[tokio::test]
async fn a_manager_gets_every_tables_events() {
    let app = TestApp::start().await;
    let (one, two, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let mut stream = admin.stream(None).await;
    let first = one.order(&app.store.stew()).await;
    let second = two.order(&app.store.stew()).await;
    let orders: Vec<Order> = stream.take(2).await.iter().map(test_support::Event::read).collect();
    assert_eq!(orders, [first, second], "an event carries all that a card needs");
}

#[tokio::test]
async fn another_stores_events_never_come() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let (admin, table) = (app.admin_of(&other).await, app.table_of(&other, 0).await);
    // Its own, so that ids mean something there too.
    table.order(&other.stew()).await;
    let (mut manager, mut guest) = (admin.stream(Some(0)).await, table.stream(Some(0)).await);
    assert_eq!(manager.ids(1).await, [1]);
    assert_eq!(guest.ids(1).await, [1]);
    let order = app.table(0).await.order(&app.store.stew()).await;
    app.table(0).await.call(CallKind::Help).await;
    let body = json!({"status": "preparing"});
    let _ = app.admin().await.put(&format!("/api/admin/orders/{}/status", order.id), &body).await.expect(200);
    app.change_menu("UPDATE menus SET price = price + 1 WHERE store_id = $1").await;
    manager.expect_silence(QUIET).await;
    guest.expect_silence(QUIET).await;
    assert!(manager_sees_only_itself(&app, &other).await);
}

/// A replay from the beginning, after everything, is as narrow as the live stream was.
async fn manager_sees_only_itself(app: &TestApp, other: &test_support::Store) -> bool {
    let mut stream = app.admin_of(other).await.stream(Some(0)).await;
    let only = stream.event().await.read::<Order>();
    stream.expect_silence(Duration::from_millis(100)).await;
    other.tables.contains(&only.table_id)
}
