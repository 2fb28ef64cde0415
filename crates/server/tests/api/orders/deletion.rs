//! Staff remove an order (직권 수정).

use reqwest::Method;
use serde_json::{Value, json};
use shared_types::events::OrderDeleted;
use shared_types::orders::Order;
use shared_types::{ErrorCode, Money};
use sqlx::types::Json;
use test_support::TestApp;
use test_support::client::send;
use test_support::fixture::STEW;
use uuid::Uuid;

#[tokio::test]
async fn a_removed_order_is_gone_from_every_list_and_total() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let kept = table.order(&app.store.stew()).await;
    let removed = table.order(&app.store.stew()).await;
    let _ = admin.delete(&format!("/api/admin/orders/{}", removed.id)).await.expect(204);
    let page = table.orders().await;
    assert_eq!((page.orders, page.total_amount), (vec![kept.clone()], STEW));
    assert_eq!(admin.board().await.orders, [kept]);
    let next = table.order(&app.store.stew()).await;
    assert!(next.order_number.ends_with("-0003"), "a number is never given twice");
}

#[tokio::test]
async fn the_table_and_the_board_are_told() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let (mut guest, mut manager) = (table.stream(None).await, admin.stream(None).await);
    let _ = admin.delete(&format!("/api/admin/orders/{}", order.id)).await.expect(204);
    for stream in [&mut guest, &mut manager] {
        let event = stream.event().await;
        assert_eq!(event.kind, "order-deleted");
        let gone: OrderDeleted = event.read();
        assert_eq!((gone.order_id, gone.session_id), (order.id, order.session_id));
    }
}

#[tokio::test]
async fn who_removed_what_and_why_is_kept() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let request = admin.request(Method::DELETE, &format!("/api/admin/orders/{}", order.id));
    let request = request.header("X-Request-Id", "the-request").json(&json!({"reason": "  손님 요청  "}));
    let _ = send(request).await.expect(204);
    let kept: (String, Uuid, Option<Uuid>, Json<Order>, Option<String>, Option<String>) = sqlx::query_as(
        "SELECT action, entity_id, user_id, before, reason, request_id FROM audit_log WHERE store_id = $1",
    )
    .bind(app.store.id.0)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!((kept.0.as_str(), kept.1, kept.2), ("delete", order.id.0, Some(app.store.admin.0)));
    assert_eq!((kept.3.0, kept.4.as_deref()), (order, Some("손님 요청")));
    assert_eq!(kept.5.as_deref(), Some("the-request"));
}

#[tokio::test]
async fn an_order_is_removed_once() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let path = format!("/api/admin/orders/{}", order.id);
    let (a, b) = tokio::join!(admin.delete(&path), admin.delete(&path));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
    assert_eq!(admin.delete(&path).await.code(), ErrorCode::NotFound);
    assert_eq!(app.count("SELECT count(*) FROM audit_log WHERE store_id = $1").await, 1);
}

#[tokio::test]
async fn a_reason_is_checked_before_anything_is_removed() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let request = admin.request(Method::DELETE, &format!("/api/admin/orders/{}", order.id));
    let answer = send(request.json(&json!({"reason": "x".repeat(201)}))).await;
    assert_eq!(answer.field("reason"), ErrorCode::TooLong);
    assert_eq!(table.orders().await.orders.len(), 1);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_removes_nothing() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let request = admin.request(Method::DELETE, &format!("/api/admin/orders/{}", order.id));
    let answer = send(request.header("Content-Type", "application/json").body("{\"reason\": 7}")).await;
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert_eq!(table.orders().await.orders.len(), 1);
}

#[tokio::test]
async fn removing_the_last_order_leaves_the_party_at_the_table() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let _ = admin.delete(&format!("/api/admin/orders/{}", order.id)).await.expect(204);
    assert_eq!(table.orders().await.total_amount, Money::ZERO);
    assert_eq!(table.order(&app.store.stew()).await.session_id, order.session_id);
}

#[tokio::test]
async fn the_key_of_a_removed_order_still_answers_it() {
    let app = TestApp::start().await;
    let (table, admin, key) = (app.table(0).await, app.admin().await, test_support::callers::new_key());
    let placed = table.post_order(&app.store.stew(), key).await.expect(201);
    let order: Value = placed.clone().value(201);
    let _ = admin.delete(&format!("/api/admin/orders/{}", order["id"].as_str().unwrap())).await.expect(204);
    // A tablet that never got its answer must not order again what staff have removed.
    assert_eq!(table.post_order(&app.store.stew(), key).await.expect(201).body, placed.body);
    assert!(table.orders().await.orders.is_empty());
}
