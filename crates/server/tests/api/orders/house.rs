//! Boards and guests read from memory; whatever happens, they read what the database holds.

use reqwest::Method;
use serde_json::json;
use shared_types::orders::{BoardSnapshot, OrderPage};
use shared_types::tables::AdminTable;
use test_support::client::send;
use test_support::{AdminClient, TableClient, TestApp};

/// Fails unless the board and both tables' pages say what the database says.
async fn check(app: &TestApp, admin: &AdminClient, tables: [&TableClient; 2], after: &str) {
    let mut conn = app.db.acquire().await.unwrap();
    let stored = db::orders::board(&mut conn, app.store.id).await.unwrap();
    let board: BoardSnapshot = admin.get("/api/admin/orders").await.json(200);
    assert_eq!(board, stored, "the board, after {after}");
    for table in tables {
        let page: OrderPage = table.get("/api/orders").await.json(200);
        let own: Vec<_> =
            stored.orders.iter().filter(|order| order.table_id == table.table).cloned().collect();
        assert_eq!(page.orders, own, "a table's orders, after {after}");
        assert_eq!(page.total_amount.0, own.iter().map(|order| order.total_amount.0).sum::<i64>());
    }
}

#[tokio::test]
async fn memory_never_lags_behind_the_database() {
    let app = TestApp::start().await;
    let (one, two, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let cart = app.store.stew();
    check(&app, &admin, [&one, &two], "nothing").await;
    let order = one.order(&cart).await;
    check(&app, &admin, [&one, &two], "an order").await;
    let path = |end: &str| format!("/api/admin/orders/{}{end}", order.id);
    let _ = admin.press(&path("/ack")).await.expect(200);
    check(&app, &admin, [&one, &two], "its acknowledgement").await;
    let _ = admin.put(&path("/status"), &json!({"status": "preparing"})).await.expect(200);
    check(&app, &admin, [&one, &two], "a step forward").await;
    let _ = admin.post(&path("/recall"), &json!({"reason": "wrong ticket"})).await.expect(200);
    check(&app, &admin, [&one, &two], "a step back").await;
    let second = one.order(&cart).await;
    let _ = admin.delete(&format!("/api/admin/orders/{}", second.id)).await.expect(204);
    check(&app, &admin, [&one, &two], "a deletion").await;
    let call = one.post("/api/calls", &json!({"kind": "bill"})).await.value(201);
    check(&app, &admin, [&one, &two], "a call").await;
    let _ = admin.press(&format!("/api/admin/calls/{}/ack", call["id"].as_str().unwrap())).await.expect(200);
    check(&app, &admin, [&one, &two], "its answer").await;
    let table = |id| format!("/api/admin/tables/{id}");
    let new = json!({"table_number": "P-1", "password": "terrace-1"});
    let new: AdminTable = admin.post("/api/admin/tables", &new).await.json(201);
    check(&app, &admin, [&one, &two], "a new table").await;
    let _ = admin.put(&table(new.id), &json!({"table_number": "P-2"})).await.expect(200);
    check(&app, &admin, [&one, &two], "another number").await;
    let _ = admin.delete(&table(new.id)).await.expect(204);
    check(&app, &admin, [&one, &two], "a removed table").await;
    let to = json!({"to_table_id": two.table});
    let _ = admin.post(&format!("{}/move", table(one.table)), &to).await.expect(200);
    check(&app, &admin, [&one, &two], "a move").await;
    let _ = admin.press(&format!("{}/complete", table(two.table))).await.expect(200);
    check(&app, &admin, [&one, &two], "the end of the stay").await;
    one.order(&cart).await;
    app.advance(chrono::TimeDelta::hours(3));
    assert!(one.get("/api/orders").await.json::<OrderPage>(200).orders.is_empty(), "a stay that is over");
    assert_eq!(app.instance.sweep().await, 1);
    check(&app, &admin, [&one, &two], "the sweeper").await;
}

#[tokio::test]
async fn what_another_instance_writes_is_read_at_once() {
    let app = TestApp::start().await;
    let second = app.second_instance().await;
    let (one, two, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    for n in 0..5 {
        one.at(&second.url).order(&app.store.stew()).await;
        check(&app, &admin, [&one, &two], &format!("order {n} elsewhere")).await;
    }
}

#[tokio::test]
async fn many_readers_while_orders_flow_never_read_the_past() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let cart = app.store.stew();
    for placed in 1..=10 {
        table.order(&cart).await;
        let reads = (0..8).map(|_| admin.board());
        for board in futures_util::future::join_all(reads).await {
            assert!(board.orders.len() >= placed, "{} of {placed}", board.orders.len());
        }
    }
}

#[tokio::test]
async fn a_guests_orders_that_have_not_changed_are_not_sent_again() {
    let app = TestApp::start().await;
    let (table, other) = (app.table(0).await, app.table(1).await);
    table.order(&app.store.stew()).await;
    let first = table.get("/api/orders").await.expect(200);
    assert_eq!(first.header("Cache-Control"), "no-store");
    let tag = first.header("ETag").to_owned();
    let again = async |who: &TableClient| {
        send(who.request(Method::GET, "/api/orders").header("If-None-Match", &tag)).await
    };
    assert_eq!(again(&table).await.status, 304);
    other.order(&app.store.stew()).await;
    assert_eq!(again(&other).await.json::<OrderPage>(200).orders[0].table_id, other.table);
    assert_eq!(again(&table).await.status, 304, "another table's order");
    table.order(&app.store.stew()).await;
    assert_eq!(again(&table).await.json::<OrderPage>(200).orders.len(), 2);
}

#[tokio::test]
async fn a_board_that_has_not_changed_is_not_sent_again() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    table.order(&app.store.stew()).await;
    let tag = admin.get("/api/admin/orders").await.expect(200).header("ETag").to_owned();
    let again =
        async || send(admin.request(Method::GET, "/api/admin/orders").header("If-None-Match", &tag)).await;
    let same = again().await;
    assert_eq!((same.status, same.text().as_str()), (304, ""));
    table.order(&app.store.stew()).await;
    assert_eq!(again().await.json::<BoardSnapshot>(200).orders.len(), 2);
}
