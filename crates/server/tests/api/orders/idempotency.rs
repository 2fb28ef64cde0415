//! An order is placed exactly once for each key, however often it is sent.

use chrono::TimeDelta;
use futures_util::future::join_all;
use shared_types::ErrorCode;
use shared_types::orders::Order;
use test_support::fixture::cart;
use test_support::{TestApp, callers};

use super::stored;

#[tokio::test]
async fn fifty_at_once_under_one_key_are_one_order_and_one_answer() {
    let app = TestApp::start().await;
    let (table, key, order) = (app.table(0).await, callers::new_key(), app.store.stew());
    let answers = join_all((0..50).map(|_| table.post_order(&order, key))).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (201, &answers[0].body), "{}", answer.text());
    }
    let new = answers.iter().filter(|answer| answer.header("Idempotent-Replayed").is_empty()).count();
    assert_eq!((new, stored(&app).await), (1, 1));
    assert_eq!(app.count("SELECT last_seq FROM event_counters WHERE store_id = $1").await, 1);
}

#[tokio::test]
async fn the_same_holds_in_a_session_that_is_open() {
    let app = TestApp::start().await;
    let (table, key, order) = (app.table(0).await, callers::new_key(), app.store.stew());
    table.order(&order).await;
    let answers = join_all((0..20).map(|_| table.post_order(&order, key))).await;
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.body == answers[0].body));
    assert_eq!(stored(&app).await, 2);
}

#[tokio::test]
async fn the_same_key_for_another_body_is_a_conflict() {
    let app = TestApp::start().await;
    let (table, key) = (app.table(0).await, callers::new_key());
    let _ = table.post_order(&app.store.stew(), key).await.expect(201);
    let mut noted = app.store.stew();
    noted.note = Some("no onions".to_owned());
    for other in [noted, cart(vec![app.store.line("cola", 1, &[])])] {
        let answer = table.post_order(&other, key).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::IdempotencyConflict));
    }
    assert_eq!(stored(&app).await, 1);
}

#[tokio::test]
async fn the_same_key_from_another_table_is_a_conflict() {
    let app = TestApp::start().await;
    let (here, there, key) = (app.table(0).await, app.table(1).await, callers::new_key());
    let _ = here.post_order(&app.store.stew(), key).await.expect(201);
    assert_eq!(there.post_order(&app.store.stew(), key).await.code(), ErrorCode::IdempotencyConflict);
    assert_eq!(stored(&app).await, 1);
}

#[tokio::test]
async fn the_same_key_from_two_tables_at_once_is_one_order() {
    let app = TestApp::start().await;
    let (here, there) = (app.table(0).await, app.table(1).await);
    for round in 1..=10 {
        let (key, order) = (callers::new_key(), app.store.stew());
        let (a, b) = tokio::join!(here.post_order(&order, key), there.post_order(&order, key));
        let (placed, refused) = if a.status == 201 { (a, b) } else { (b, a) };
        let _ = placed.expect(201);
        assert_eq!(refused.code(), ErrorCode::IdempotencyConflict);
        assert_eq!(stored(&app).await, round);
    }
}

#[tokio::test]
async fn another_stores_keys_are_other_keys() {
    let app = TestApp::start().await;
    let (other, key) = (app.second_store().await, callers::new_key());
    let _ = app.table(0).await.post_order(&app.store.stew(), key).await.expect(201);
    let order: Order = app.table_of(&other, 0).await.post_order(&other.stew(), key).await.json(201);
    assert_eq!(order.table_id, other.tables[0]);
}

#[tokio::test]
async fn a_repeated_request_answers_the_order_of_then() {
    let app = TestApp::start().await;
    let (table, key, order) = (app.table(0).await, callers::new_key(), app.store.stew());
    let first = table.post_order(&order, key).await.expect(201);
    let again = async |what: &str| {
        let answer = table.post_order(&order, key).await.expect(201);
        assert_eq!(answer.body, first.body, "{what}");
        assert_eq!(answer.header("Idempotent-Replayed"), "true", "{what}");
    };
    again("at once").await;
    app.change_menu("UPDATE menus SET price = price * 2 WHERE store_id = $1").await;
    again("after a change of the price").await;
    app.change_menu("UPDATE menus SET is_available = false WHERE store_id = $1").await;
    again("after the dish sold out").await;
    app.advance(TimeDelta::hours(3));
    assert_eq!(app.instance.sweep().await, 1);
    again("after the session ended").await;
    assert_eq!(app.count("SELECT count(*) FROM order_history WHERE store_id = $1").await, 1);
    assert_eq!(stored(&app).await, 0);
}

#[tokio::test]
async fn two_instances_keep_one_promise() {
    let app = TestApp::start().await;
    let second = app.second_instance().await;
    let here = app.table(0).await;
    let there = here.at(&second.url);
    let (key, order) = (callers::new_key(), app.store.stew());
    let answers =
        join_all((0..20).map(|n| if n % 2 == 0 { &here } else { &there }.post_order(&order, key))).await;
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.body == answers[0].body));
    assert_eq!(stored(&app).await, 1);
}

/// An attempt that began before the first one was through: its key cannot be seen yet.
const HIDE: &str =
    "UPDATE idempotency_keys SET key = '00000000-0000-0000-0000-000000000000' WHERE store_id = $1";

async fn show(tx: &mut sqlx::PgConnection, key: shared_types::IdempotencyKey) {
    sqlx::query("UPDATE idempotency_keys SET key = $1").bind(key.0).execute(tx).await.unwrap();
}

#[tokio::test]
async fn an_attempt_that_waits_while_the_table_is_finished_gets_the_answer_of_then() {
    let app = TestApp::start().await;
    let (table, key, order) = (app.table(0).await, callers::new_key(), app.store.stew());
    let first = table.post_order(&order, key).await.expect(201);
    let placed: Order = first.clone().json(201);
    assert_eq!(app.sql(HIDE).await, 1);
    let mut tx = app.hold("SELECT FROM table_sessions WHERE store_id = $1 FOR UPDATE").await;
    let finishing = async {
        app.waiting(1).await;
        show(&mut tx, key).await;
        let (store, user) = (app.store.id, app.store.admin);
        let done = db::sessions::finish(&mut tx, store, placed.session_id, user, app.clock().now()).await;
        assert!(done.unwrap().is_some());
        tx.commit().await.unwrap();
    };
    let (again, ()) = tokio::join!(table.post_order(&order, key), finishing);
    assert_eq!((again.status, &again.body), (201, &first.body), "{}", again.text());
    assert_eq!(again.header("Idempotent-Replayed"), "true");
    assert_eq!(stored(&app).await, 0);
    let open = "SELECT count(*) FROM table_sessions WHERE store_id = $1 AND closed_at IS NULL";
    assert_eq!(app.count(open).await, 0, "nobody sits there");
}

#[tokio::test]
async fn an_attempt_that_waits_for_a_whole_stay_gets_the_answer_of_then() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let (key, order) = (callers::new_key(), app.store.stew());
    let first = table.post_order(&order, key).await.expect(201);
    let _ = admin.press(&format!("/api/admin/tables/{}/complete", table.table)).await.expect(200);
    assert_eq!(app.sql(HIDE).await, 1);
    let mut tx =
        app.hold("UPDATE table_sessions SET closed_at = NULL, close_reason = NULL WHERE store_id = $1").await;
    let finishing = async {
        app.waiting(1).await;
        show(&mut tx, key).await;
        let ended = "UPDATE table_sessions SET closed_at = last_order_at, close_reason = 'finished'";
        sqlx::query(ended).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    let (again, ()) = tokio::join!(table.post_order(&order, key), finishing);
    assert_eq!((again.status, &again.body), (201, &first.body), "{}", again.text());
    assert_eq!(app.count("SELECT count(*) FROM table_sessions WHERE store_id = $1").await, 1);
}
