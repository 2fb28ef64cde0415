//! One order with its timeline, and by its number.

use chrono::TimeDelta;
use serde_json::json;
use shared_types::ErrorCode;
use shared_types::order_detail::OrderDetail;
use shared_types::orders::OrderStatus::{self, Completed, Pending, Preparing};
use test_support::TestApp;
use test_support::fixture::USERNAME;

fn path(id: impl std::fmt::Display) -> String {
    format!("/api/admin/orders/{id}")
}

fn steps(detail: &OrderDetail) -> Vec<(OrderStatus, Option<&str>, Option<&str>)> {
    let steps = detail.timeline.iter();
    steps.map(|step| (step.status, step.username.as_deref(), step.reason.as_deref())).collect()
}

#[tokio::test]
async fn an_order_tells_who_did_what_and_when_also_once_it_is_past() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let new: OrderDetail = admin.get(&path(order.id)).await.json(200);
    assert_eq!((new.order_number.as_str(), &new.items), (order.order_number.as_str(), &order.items));
    assert_eq!((steps(&new), new.completed_at), (vec![(Pending, None, None)], None));
    for status in [Preparing, Completed] {
        app.advance(TimeDelta::minutes(5));
        let _ = admin.set_status(order.id, status).await.expect(200);
    }
    let _ =
        admin.post(&format!("{}/recall", path(order.id)), &json!({"reason": "too early"})).await.expect(200);
    let expected = vec![
        (Pending, None, None),
        (Preparing, Some(USERNAME), None),
        (Completed, Some(USERNAME), None),
        (Preparing, Some(USERNAME), Some("too early")),
    ];
    let open: OrderDetail = admin.get(&path(order.id)).await.json(200);
    assert_eq!(steps(&open), expected);
    assert_eq!(open.timeline[0].created_at, order.created_at);
    assert!(open.timeline[1].created_at - open.timeline[0].created_at >= TimeDelta::minutes(5));
    assert!(open.timeline.is_sorted_by_key(|step| step.created_at));
    let _ = admin.press(&format!("/api/admin/tables/{}/complete", table.table)).await.expect(200);
    let past: OrderDetail = admin.get(&path(order.id)).await.json(200);
    assert!(past.completed_at.is_some());
    assert_eq!(past, OrderDetail { completed_at: past.completed_at, ..open });
}

#[tokio::test]
async fn an_order_is_found_by_its_number() {
    let app = TestApp::start().await;
    let (table, admin, other) = (app.table(0).await, app.admin().await, app.second_store().await);
    let foreign = app.table_of(&other, 0).await.order(&other.stew()).await;
    let find = async |query: &str| admin.get(&format!("/api/admin/orders/find?order_number={query}")).await;
    let first = table.order(&app.store.stew()).await;
    let second = table.order(&app.store.stew()).await;
    let _ = admin.press(&format!("/api/admin/tables/{}/complete", table.table)).await.expect(200);
    let third = table.order(&app.store.stew()).await;
    for (number, order) in [("1", &first), ("0002", &second), ("3", &third)] {
        let found: OrderDetail = find(number).await.json(200);
        assert_eq!(found.id, order.id, "{number}");
        let found: OrderDetail = find(&order.order_number).await.json(200);
        assert_eq!(found.id, order.id);
    }
    let date = first.order_number[4..12].to_owned();
    app.advance(TimeDelta::days(1));
    let admin = app.admin().await;
    let find = async |query: &str| admin.get(&format!("/api/admin/orders/find?order_number={query}")).await;
    assert_eq!(find("1").await.code(), ErrorCode::NotFound, "of today");
    let date = format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
    let found: OrderDetail = find(&format!("1&date={date}")).await.json(200);
    assert_eq!(found.id, first.id);
    assert_eq!(find("x").await.field("order_number"), ErrorCode::InvalidFormat);
    assert_eq!(find("ORD-20269999-0001").await.code(), ErrorCode::NotFound);
    assert_eq!(admin.get(&path(foreign.id)).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.get(&path("7c9e6679-7425-40de-944b-e07fc1f90ae7")).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.delete("/api/admin/orders/find").await.expect(405).header("Allow"), "GET, HEAD");
}
