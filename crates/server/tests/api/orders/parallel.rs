//! Many tables order at the same moment.

use std::collections::{BTreeSet, HashSet};

use futures_util::future::join_all;
use shared_types::Money;
use shared_types::orders::Order;
use test_support::TestApp;
use test_support::fixture::{STEW, TABLES};

/// The numbers at the end of order numbers, sorted.
fn sequence(orders: &[Order]) -> Vec<u32> {
    let end = |order: &Order| order.order_number.rsplit('-').next().unwrap().parse().unwrap();
    let numbers: BTreeSet<u32> = orders.iter().map(end).collect();
    numbers.into_iter().collect()
}

#[tokio::test]
async fn numbers_are_unique_and_without_gaps_and_so_are_events() {
    let app = TestApp::start().await;
    let tables = join_all((0..8).map(|place| app.table(place))).await;
    let admin = app.admin().await;
    let mut stream = admin.stream(Some(0)).await;
    let cart = app.store.stew();
    let orders = join_all((0..64).map(|n| tables[n % 8].order(&cart))).await;

    assert_eq!(sequence(&orders), (1..=64).collect::<Vec<_>>());
    let sessions: HashSet<_> = orders.iter().map(|order| (order.table_id, order.session_id)).collect();
    assert_eq!(sessions.len(), 8, "one session for each table");

    let events = stream.take(64).await;
    let ids: Vec<_> = events.iter().filter_map(|event| event.id).collect();
    assert_eq!(ids, (1..=64).collect::<Vec<_>>());
    let told: HashSet<_> = events.iter().map(|event| event.read::<Order>().order_number).collect();
    assert_eq!(told.len(), 64);
}

#[tokio::test]
async fn totals_hold_while_orders_flow() {
    let app = TestApp::start().await;
    let tables = join_all((0..8).map(|place| app.table(place))).await;
    let cart = app.store.stew();
    join_all((0..40).map(|n| tables[n % 8].order(&cart))).await;
    for table in &tables {
        let page = table.orders().await;
        assert_eq!((page.orders.len(), page.total_amount), (5, Money(5 * STEW.0)));
    }
    let board = app.admin().await.board().await;
    assert_eq!((board.orders.len(), board.last_event_id), (40, 40));
    assert_eq!(board.tables.iter().filter(|table| table.session.is_some()).count(), 8);
    assert_eq!(board.tables.len(), TABLES.len());
}

#[tokio::test]
async fn a_refused_order_leaves_no_gap() {
    let app = TestApp::start().await;
    let tables = join_all((0..4).map(|place| app.table(place))).await;
    let (good, mut bad) = (app.store.stew(), app.store.stew());
    bad.expected_total = Some(Money(1));
    let answers =
        join_all((0..40).map(|n| tables[n % 4].try_order(if n % 3 == 0 { &bad } else { &good }))).await;
    let placed: Vec<Order> =
        answers.into_iter().filter(|answer| answer.status == 201).map(|answer| answer.json(201)).collect();
    assert_eq!(placed.len(), 26);
    assert_eq!(sequence(&placed), (1..=26).collect::<Vec<_>>());
}

#[tokio::test]
async fn two_instances_share_the_numbers() {
    let app = TestApp::start().await;
    let second = app.second_instance().await;
    let here = join_all((0..4).map(|place| app.table(place))).await;
    let there: Vec<_> = here.iter().map(|table| table.at(&second.url)).collect();
    let cart = app.store.stew();
    let orders = join_all(here.iter().chain(&there).cycle().take(40).map(|table| table.order(&cart))).await;
    assert_eq!(sequence(&orders), (1..=40).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_order_that_ends_a_stay_and_another_never_wait_for_each_other() {
    let app = TestApp::start().await;
    let (late, other) = (app.table(0).await, app.table(1).await);
    late.order(&app.store.stew()).await;
    app.advance(chrono::TimeDelta::minutes(121));
    // Somebody else's key: the other order has its number and waits before its event.
    let (key, cart) = (test_support::callers::new_key(), app.store.stew());
    let mut hold = app.hold("SELECT FROM order_counters WHERE store_id = $1").await;
    sqlx::query("INSERT INTO idempotency_keys (store_id, key, request_hash, response, created_at) VALUES ($1, $2, sha256(''), '{}', now())")
        .bind(app.store.id.0)
        .bind(key.0)
        .execute(&mut *hold)
        .await
        .unwrap();
    let (one, two, ()) = tokio::join!(
        other.post_order(&cart, key),
        async {
            app.waiting(1).await;
            late.try_order(&cart).await
        },
        async {
            app.waiting(2).await;
            hold.rollback().await.unwrap();
        },
    );
    let orders: Vec<Order> = [one, two].map(|answer| answer.json(201)).into();
    assert_eq!(sequence(&orders), [2, 3]);
    assert_eq!(app.count("SELECT count(*) FROM order_history WHERE store_id = $1").await, 1);
}
