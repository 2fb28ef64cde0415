//! An order's way: pending, preparing, completed; back only by a recall.

use serde_json::json;
use shared_types::orders::{Order, OrderStatus};
use shared_types::{ErrorCode, OrderId};
use test_support::TestApp;
use uuid::Uuid;

use OrderStatus::{Completed, Pending, Preparing};

#[tokio::test]
async fn an_order_moves_forward_one_step_at_a_time() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    for (now, refused, next) in [
        (Pending, vec![Completed], Some(Preparing)),
        (Preparing, vec![Pending], Some(Completed)),
        (Completed, vec![Pending, Preparing], None),
    ] {
        for status in refused {
            let answer = admin.set_status(order.id, status).await;
            assert_eq!(
                (answer.status, answer.code()),
                (400, ErrorCode::InvalidTransition),
                "{now} → {status}"
            );
            assert_eq!(answer.error().details.current_status, Some(now));
        }
        // Another screen was first.
        let again = admin.set_status(order.id, now).await;
        assert_eq!((again.status, again.code()), (409, ErrorCode::StatusConflict), "{now} → {now}");
        assert_eq!(again.error().details.current_status, Some(now));
        if let Some(status) = next {
            let moved: Order = admin.set_status(order.id, status).await.json(200);
            assert_eq!((moved.status, &table.orders().await.orders[..]), (status, &[moved.clone()][..]));
        }
    }
}

#[tokio::test]
async fn a_status_that_does_not_exist_is_refused() {
    let app = TestApp::start().await;
    let order = app.table(0).await.order(&app.store.stew()).await;
    let admin = app.admin().await;
    for body in [json!({"status": "eaten"}), json!({"status": "PENDING"}), json!({"status": 1}), json!({})] {
        let answer = admin.put(&format!("/api/admin/orders/{}/status", order.id), &body).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{body}");
    }
}

#[tokio::test]
async fn an_order_that_does_not_exist_is_not_found() {
    let app = TestApp::start().await;
    let (admin, unknown) = (app.admin().await, OrderId(Uuid::now_v7()));
    assert_eq!(admin.set_status(unknown, Preparing).await.code(), ErrorCode::NotFound);
    let answer = admin.put("/api/admin/orders/7/status", &json!({"status": "preparing"})).await;
    assert_eq!(answer.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn of_two_managers_who_press_at_once_one_wins() {
    let app = TestApp::start().await;
    let (table, one, two) = (app.table(0).await, app.admin().await, app.admin().await);
    let mut stream = one.stream(None).await;
    for _ in 0..10 {
        let order = table.order(&app.store.stew()).await;
        let (a, b) = tokio::join!(one.set_status(order.id, Preparing), two.set_status(order.id, Preparing));
        let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
        assert_eq!(won.json::<Order>(200).status, Preparing);
        assert_eq!((lost.status, lost.code()), (409, ErrorCode::StatusConflict));
        assert_eq!(lost.error().details.current_status, Some(Preparing));
        let kinds: Vec<_> = stream.take(2).await.into_iter().map(|event| event.kind).collect();
        assert_eq!(kinds, ["order-created", "order-updated"], "told once");
    }
    assert_eq!(app.count("SELECT count(*) FROM order_timeline WHERE store_id = $1").await, 10);
}

#[tokio::test]
async fn a_recall_takes_one_step_back_and_is_audited() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let path = format!("/api/admin/orders/{}/recall", order.id);
    let answer = admin.post(&path, &json!({})).await;
    assert_eq!(
        (answer.code(), answer.error().details.current_status),
        (ErrorCode::InvalidTransition, Some(Pending))
    );
    for status in [Preparing, Completed] {
        let _ = admin.set_status(order.id, status).await.expect(200);
    }
    let mut stream = table.stream(None).await;
    let recalled: Order = admin.post(&path, &json!({"reason": "잘못 눌렀어요"})).await.json(200);
    assert_eq!(recalled.status, Preparing);
    let told = stream.event().await;
    assert_eq!((told.kind.as_str(), told.read::<Order>()), ("order-updated", recalled));
    let audited: (String, Uuid, Option<String>, Option<Uuid>) =
        sqlx::query_as("SELECT action, entity_id, reason, user_id FROM audit_log WHERE store_id = $1")
            .bind(app.store.id.0)
            .fetch_one(&app.db)
            .await
            .unwrap();
    let expected =
        ("recall".to_owned(), order.id.0, Some("잘못 눌렀어요".to_owned()), Some(app.store.admin.0));
    assert_eq!(audited, expected);
    let _ = admin.set_status(order.id, Completed).await.expect(200);
    let reason = "x".repeat(201);
    assert_eq!(admin.post(&path, &json!({"reason": reason})).await.field("reason"), ErrorCode::TooLong);
}

#[tokio::test]
async fn a_recall_that_is_sent_again_takes_one_step_back() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let path = format!("/api/admin/orders/{}/recall", order.id);
    for status in [Preparing, Completed] {
        let _ = admin.set_status(order.id, status).await.expect(200);
    }
    let recall = json!({"from": "completed"});
    let back: Order = admin.post(&path, &recall).await.json(200);
    assert_eq!(back.status, Preparing);
    for from in ["completed", "pending"] {
        let answer = admin.post(&path, &json!({"from": from})).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::StatusConflict), "{from}");
        assert_eq!(answer.error().details.current_status, Some(Preparing), "{from}");
    }
    assert_eq!(table.orders().await.orders, [back], "nothing has changed");
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE store_id = $1 AND action = 'recall'").await,
        1
    );
    let unknown = admin.post(&path, &json!({"from": "eaten"})).await;
    assert_eq!(unknown.code(), ErrorCode::MalformedRequest);
    let whatever: Order = admin.post(&path, &json!({"from": null})).await.json(200);
    assert_eq!(whatever.status, Pending);
}

#[tokio::test]
async fn an_order_is_acknowledged_once_for_every_screen() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    assert_eq!(order.acknowledged_at, None);
    let mut stream = admin.stream(None).await;
    let path = format!("/api/admin/orders/{}/ack", order.id);
    let seen: Order = admin.press(&path).await.json(200);
    assert!(seen.acknowledged_at.is_some());
    app.advance(chrono::TimeDelta::minutes(5));
    let again: Order = admin.press(&path).await.json(200);
    assert_eq!(again, seen, "the first one counts");
    assert_eq!(stream.event().await.read::<Order>(), seen);
    stream.expect_silence(std::time::Duration::from_millis(300)).await;
}

#[tokio::test]
async fn whoever_starts_an_order_has_seen_it() {
    let app = TestApp::start().await;
    let order = app.table(0).await.order(&app.store.stew()).await;
    let moved: Order = app.admin().await.set_status(order.id, Preparing).await.json(200);
    assert!(moved.acknowledged_at.is_some());
}

#[tokio::test]
async fn history_is_never_edited() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    app.advance(chrono::TimeDelta::hours(3));
    assert_eq!(app.instance.sweep().await, 1);
    let path = format!("/api/admin/orders/{}", order.id);
    assert_eq!(admin.set_status(order.id, Preparing).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.post(&format!("{path}/recall"), &json!({})).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.press(&format!("{path}/ack")).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.delete(&path).await.code(), ErrorCode::NotFound);
}
