//! Input that means harm: it is stored as text, or refused, and never obeyed.

use serde_json::{Value, json};
use shared_types::ErrorCode;
use shared_types::menu::Menu;
use shared_types::orders::Order;
use test_support::TestApp;
use test_support::fixture::PASSWORD;
use uuid::Uuid;

/// What databases, browsers and templates might mistake for their own.
const TEXTS: [&str; 5] = [
    "'; DROP TABLE orders; --",
    "\" OR \"\"=\"",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "${7*7} {{7*7}} %s \\u0041",
];

#[tokio::test]
async fn text_that_looks_like_code_is_stored_as_text() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let stew = app.store.dish("stew");
    for text in TEXTS {
        let path = format!("/api/admin/menus/{}", stew.id);
        let dish: Menu = admin.put(&path, &json!({"name": text, "description": text})).await.json(200);
        assert_eq!((dish.name.as_str(), dish.description.as_deref()), (text, Some(text)));
        let mut order = app.store.stew();
        order.note = Some(text.to_owned());
        let placed = table.order(&order).await;
        assert_eq!((placed.note.as_deref(), placed.items[0].menu_name.as_str()), (Some(text), text));
        // What is read is JSON, which no browser takes for a page.
        let answer = admin.get("/api/admin/orders").await.expect(200);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.json::<Value>(200)["orders"][0]["note"] == *text);
    }
    assert_eq!(app.count("SELECT count(*) FROM orders WHERE store_id = $1").await, 5);
}

#[tokio::test]
async fn logins_and_queries_are_no_place_for_sql() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    for text in TEXTS {
        let body = json!({"store": app.store.code, "username": text, "password": text});
        let login = app.anonymous().post("/api/auth/admin-login", &body).await;
        assert_eq!(login.code(), ErrorCode::InvalidCredentials, "{text}");
        let escaped: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for path in [
            format!("/api/admin/orders?status={escaped}"),
            format!("/api/admin/audit?entity_id={escaped}"),
            format!("/api/admin/audit?entity={escaped}"),
            format!("/api/admin/tables/{}/history?from={escaped}", table.table),
        ] {
            let answer = admin.get(&path).await;
            assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn a_body_does_not_set_what_only_the_server_sets() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let stew = app.store.dish("stew");
    let greed = json!({
        "id": Uuid::nil(), "store_id": other.id, "created_at": "2000-01-01T00:00:00Z", "deleted_at": "2000-01-01T00:00:00Z",
        "role": "owner", "is_admin": true, "credential_version": 99, "failed_login_attempts": 0,
        "status": "completed", "total_amount": 1, "menu_price": 1, "order_number": "ORD-20000101-0001",
        "table_id": other.tables[0], "session_id": Uuid::nil(), "device_id": Uuid::nil(), "password_hash": "x",
    });
    let with = |body: Value| {
        let mut all = greed.as_object().unwrap().clone();
        all.extend(body.as_object().unwrap().clone());
        Value::Object(all)
    };
    let mut line = with(json!({"menu_id": stew.id, "quantity": 1}));
    line["subtotal"] = json!(1);
    let request = table.request(reqwest::Method::POST, "/api/orders").json(&with(json!({"items": [line]})));
    let key = test_support::callers::new_key().to_string();
    let order: Order = test_support::client::send(request.header("Idempotency-Key", key)).await.json(201);
    assert_eq!((order.total_amount, order.table_id), (stew.price, table.table));
    assert_eq!(order.status, shared_types::orders::OrderStatus::Pending);
    assert!(order.order_number.ends_with("-0001") && !order.order_number.starts_with("ORD-2000"));

    let user = with(json!({"username": "anna", "password": "a-long-password"}));
    let user = admin.post("/api/admin/users", &user).await.value(201);
    let dish = with(json!({"category_id": stew.category_id, "name": "galbitang", "price": 15_000}));
    let dish = admin.post("/api/admin/menus", &dish).await.value(201);
    let table = with(json!({"table_number": "77", "password": "a-long-password"}));
    let table = admin.post("/api/admin/tables", &table).await.value(201);
    for made in [&user, &dish, &table] {
        assert_ne!(made["id"], json!(Uuid::nil()), "{made}");
        for field in ["store_id", "role", "is_admin", "password_hash", "credential_version"] {
            assert!(made.get(field).is_none(), "{field} in {made}");
        }
    }
    for (rows, expected) in [
        ("SELECT count(*) FROM users WHERE store_id = $1 AND credential_version = 1", 2),
        ("SELECT count(*) FROM menus WHERE store_id = $1 AND deleted_at IS NULL", 5),
        ("SELECT count(*) FROM tables WHERE store_id = $1 AND deleted_at IS NULL", 10),
        ("SELECT count(*) FROM tables WHERE store_id <> $1", 9),
    ] {
        assert_eq!(app.count(rows).await, expected, "{rows}");
    }
}

#[tokio::test]
async fn hidden_characters_are_refused_everywhere() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let login = |label: &str| json!({"store": app.store.code, "table_number": "1", "password": PASSWORD, "device_label": label});
    for hidden in ["\u{202e}7", "7\u{200b}", "7\u{3164}", "\u{7}7"] {
        let dish = json!({"category_id": app.store.dish("stew").category_id, "name": hidden, "price": 1_000,
            "translations": {"en": {"name": hidden}}});
        let refused = admin.post("/api/admin/menus", &dish).await;
        assert_eq!(
            (refused.field("name"), refused.field("translations.en.name")),
            (ErrorCode::InvalidFormat, ErrorCode::InvalidFormat)
        );
        for (path, field, body) in [
            ("/api/admin/tables", "table_number", json!({"table_number": hidden, "password": PASSWORD})),
            ("/api/admin/categories", "name", json!({"name": hidden})),
            ("/api/admin/users", "username", json!({"username": hidden, "password": PASSWORD})),
        ] {
            assert_eq!(
                admin.post(path, &body).await.field(field),
                ErrorCode::InvalidFormat,
                "{path} {hidden:?}"
            );
        }
        assert_eq!(
            table.post("/api/calls", &json!({"kind": "help", "note": hidden})).await.field("note"),
            ErrorCode::InvalidFormat
        );
        let mut order = app.store.stew();
        order.items[0].note = Some(hidden.to_owned());
        assert_eq!(table.try_order(&order).await.field("items[0].note"), ErrorCode::InvalidFormat);
        let refused = app.anonymous().post("/api/auth/table-login", &login(hidden)).await;
        assert_eq!(refused.field("device_label"), ErrorCode::InvalidFormat);
    }
    let mut order = app.store.stew();
    order.note = Some("👨\u{200d}👩\u{200d}👧 세 명이에요".to_owned());
    assert_eq!(table.order(&order).await.note, order.note);
}
