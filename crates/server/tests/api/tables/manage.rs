use std::time::Duration;

use serde_json::json;
use shared_types::auth::TableToken;
use shared_types::events::TableChanged;
use shared_types::tables::{AdminTable, TableList};
use shared_types::{ErrorCode, Money, TableId};
use test_support::fixture::{PASSWORD, STEW, TABLES as NUMBERS};
use test_support::{Answer, TestApp};
use uuid::Uuid;

use super::{TABLES, path, shown};
use crate::wait::{A_SECOND, until};

const NEW: &str = "another-password";

async fn sign_in(app: &TestApp, number: &str, password: &str) -> Answer {
    let body = json!({"store": app.store.code, "table_number": number, "password": password});
    app.anonymous().post("/api/auth/table-login", &body).await
}

#[tokio::test]
async fn a_new_table_is_in_the_list_and_takes_orders() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut board = admin.stream(None).await;
    let table: AdminTable =
        admin.post(TABLES, &json!({"table_number": " 13 ", "password": NEW})).await.json(201);
    assert_eq!((table.table_number.as_str(), table.session, table.device_count), ("13", None, 0));
    assert_eq!(board.event().await.read::<TableChanged>().table_id, table.id);
    let login: TableToken = sign_in(&app, "13", NEW).await.json(200);
    assert_eq!(login.table.id, table.id);
    assert_eq!(shown(&admin, table.id).await.device_count, 1);
}

#[tokio::test]
async fn the_list_shows_every_table_by_number_with_its_party() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(2).await, app.admin().await);
    table.order(&app.store.stew()).await;
    let last = table.order(&app.store.stew()).await;
    let _ = admin.post(TABLES, &json!({"table_number": "10", "password": NEW})).await.expect(201);
    let list: TableList = admin.get(TABLES).await.json(200);
    let numbers: Vec<_> = list.tables.iter().map(|t| t.table_number.as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6", "7", "8", "10", "Vip1"]);
    let occupied = &list.tables[2];
    assert_eq!((occupied.order_count, occupied.total_amount), (2, Money(2 * STEW.0)));
    assert_eq!(occupied.session.map(|s| (s.id, s.last_order_at)), Some((last.session_id, last.created_at)));
    assert!(list.tables.iter().all(|t| t.id == table.table || t.session.is_none()));
}

#[tokio::test]
async fn a_number_stands_for_one_table_in_upper_and_lower_case() {
    let app = TestApp::start().await;
    let (admin, other) = (app.admin().await, app.second_store().await);
    for number in ["1", "VIP1", " vip1 "] {
        let answer = admin.post(TABLES, &json!({"table_number": number, "password": NEW})).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::NameTaken), "{number}");
    }
    let answer = admin.put(&path(app.store.tables[0]), &json!({"table_number": "vip1"})).await;
    assert_eq!((answer.status, answer.code()), (409, ErrorCode::NameTaken));
    // Its own number in other letters, and another store's, are free.
    let renamed: AdminTable =
        admin.put(&path(app.store.tables[8]), &json!({"table_number": "VIP1"})).await.json(200);
    assert_eq!(renamed.table_number, "VIP1");
    let theirs = app.admin_of(&other).await;
    let _ = theirs.post(TABLES, &json!({"table_number": "13", "password": NEW})).await.expect(201);
    let _ = admin.post(TABLES, &json!({"table_number": "13", "password": NEW})).await.expect(201);
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (long, secret) = ("9".repeat(21), "비".repeat(25));
    let cases = [
        (json!({"table_number": long, "password": NEW}), "table_number", ErrorCode::TooLong),
        (json!({"table_number": "  ", "password": NEW}), "table_number", ErrorCode::Required),
        (json!({"table_number": "13", "password": "1234567"}), "password", ErrorCode::TooShort),
        (json!({"table_number": "13", "password": secret}), "password", ErrorCode::TooLong),
    ];
    for (body, field, code) in cases {
        assert_eq!(admin.post(TABLES, &body).await.field(field), code, "{body}");
        let mut update = body.clone();
        update.as_object_mut().unwrap().retain(|name, _| name == field);
        assert_eq!(admin.put(&path(app.store.tables[0]), &update).await.field(field), code, "{update}");
    }
    assert_eq!(app.count("SELECT count(*) FROM tables WHERE store_id = $1").await, NUMBERS.len() as i64);
}

#[tokio::test]
async fn a_new_password_signs_the_tables_devices_out_everywhere_within_a_second() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (tablet, neighbour, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    tablet.order(&app.store.stew()).await;
    let mut events = tablet.stream(None).await;
    let changed: AdminTable = admin.put(&path(tablet.table), &json!({"password": NEW})).await.json(200);
    assert_eq!((changed.device_count, changed.order_count), (0, 1), "the party stays");
    assert_eq!(tablet.get("/api/auth/me").await.code(), ErrorCode::CredentialRevoked);
    events.expect_end(A_SECOND).await;
    let there = tablet.at(&other.url);
    until(A_SECOND, async || there.get("/api/auth/me").await.status == 401).await;
    let _ = neighbour.get("/api/auth/me").await.expect(200);
    assert_eq!(sign_in(&app, "1", PASSWORD).await.code(), ErrorCode::InvalidCredentials);
    let _ = sign_in(&app, "1", NEW).await.expect(200);
}

#[tokio::test]
async fn a_new_password_ends_a_lock_and_a_new_number_does_not() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for _ in 0..5 {
        let _ = sign_in(&app, "1", "a-wrong-password").await;
    }
    let _ = admin.put(&path(app.store.tables[0]), &json!({"table_number": "21"})).await.expect(200);
    assert_eq!(sign_in(&app, "21", PASSWORD).await.code(), ErrorCode::AccountLocked);
    let _ = admin.put(&path(app.store.tables[0]), &json!({"password": NEW})).await.expect(200);
    let _ = sign_in(&app, "21", NEW).await.expect(200);
}

#[tokio::test]
async fn a_new_number_leaves_devices_and_orders_alone() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    table.order(&app.store.stew()).await;
    let mut events = table.stream(None).await;
    let _ = admin.put(&path(table.table), &json!({"table_number": "21"})).await.expect(200);
    assert_eq!(events.event().await.kind, "table-changed");
    let me = table.get("/api/auth/me").await.value(200);
    assert_eq!(me["table"]["table_number"], "21");
    assert_eq!(table.orders().await.orders.len(), 1);
}

#[tokio::test]
async fn a_table_is_removed_only_while_nobody_sits_there() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    table.order(&app.store.stew()).await;
    let answer = admin.delete(&path(table.table)).await;
    assert_eq!((answer.status, answer.code()), (409, ErrorCode::TableOccupied));
    let _ = table.get("/api/auth/me").await.expect(200);
    super::finish(&admin, table.table).await;
    let mut events = table.stream(None).await;
    let _ = admin.delete(&path(table.table)).await.expect(204);
    events.expect_end(A_SECOND).await;
    assert_eq!(table.get("/api/auth/me").await.code(), ErrorCode::CredentialRevoked);
    assert_eq!(sign_in(&app, "1", PASSWORD).await.code(), ErrorCode::InvalidCredentials);
    assert_eq!(admin.delete(&path(table.table)).await.code(), ErrorCode::NotFound);
    let board = admin.board().await;
    assert!(board.tables.iter().all(|t| t.id != table.table));
    // Its number is free again.
    let _ = admin.post(TABLES, &json!({"table_number": "1", "password": NEW})).await.expect(201);
}

#[tokio::test]
async fn an_order_that_meets_the_removal_of_its_table_is_not_lost() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for place in 0..4 {
        let table = app.table(place).await;
        let (cart, path) = (app.store.stew(), path(table.table));
        let (ordered, removed) = tokio::join!(table.try_order(&cart), admin.delete(&path));
        let expected = if ordered.status == 201 { 409 } else { 204 };
        assert_eq!(removed.status, expected, "{} and {}", ordered.text(), removed.text());
    }
}

#[tokio::test]
async fn what_is_unknown_is_not_found() {
    let app = TestApp::start().await;
    let (admin, unknown) = (app.admin().await, path(TableId(Uuid::now_v7())));
    assert_eq!(admin.put(&unknown, &json!({"table_number": "21"})).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.delete(&unknown).await.code(), ErrorCode::NotFound);
    let mut board = admin.stream(None).await;
    board.expect_silence(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn null_changes_nothing_of_a_table() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = app.store.tables[0];
    for field in ["table_number", "password"] {
        let answer = admin.put(&format!("/api/admin/tables/{id}"), &json!({field: null})).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{field}");
    }
}
