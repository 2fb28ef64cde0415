//! The database keeps the rules by itself: what a faulty program or a hand at the console writes is refused.

use serde_json::json;
use test_support::{Store, TestApp};

/// The name of the constraint that refuses a statement; `$1` is the store, `$2` the other one.
async fn refused(app: &TestApp, other: &Store, statement: &'static str) -> String {
    let mut tx = app.db.begin().await.unwrap();
    let error = sqlx::query(statement).bind(app.store.id.0).bind(other.id.0).execute(&mut *tx).await;
    let error = error.expect_err(statement);
    let error = error.as_database_error().unwrap_or_else(|| panic!("{statement}: {error}"));
    error.constraint().map_or_else(|| error.message().to_owned(), str::to_owned)
}

#[tokio::test]
async fn rows_that_break_a_rule_are_refused_by_name() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let table = app.table(0).await;
    table.order(&app.store.stew()).await;
    for (statement, constraint) in [
        (
            "INSERT INTO stores (id, code, name) SELECT gen_random_uuid(), 'new', name FROM stores WHERE id IN ($1, $2) LIMIT 1",
            "stores_name_key",
        ),
        (
            "INSERT INTO stores (id, code, name) SELECT gen_random_uuid(), code, 'new' FROM stores WHERE id IN ($1, $2) LIMIT 1",
            "stores_code_key",
        ),
        ("UPDATE stores SET code = 'Not a code' WHERE id IN ($1, $2)", "stores_code_check"),
        (
            "INSERT INTO users (store_id, id, username, password_hash) SELECT $1, gen_random_uuid(), upper(username), password_hash FROM users WHERE store_id = $1 AND $2 <> $1",
            "users_username_key",
        ),
        (
            "UPDATE users SET failed_login_attempts = -1 WHERE store_id IN ($1, $2)",
            "users_failed_login_attempts_check",
        ),
        (
            "UPDATE users SET password_hash = 'plain text' WHERE store_id IN ($1, $2)",
            "users_password_hash_check",
        ),
        (
            "INSERT INTO tables (store_id, id, table_number, password_hash) SELECT $1, gen_random_uuid(), lower(table_number), password_hash FROM tables WHERE store_id = $1 AND $2 <> $1",
            "tables_table_number_key",
        ),
        (
            "UPDATE tables SET failed_login_attempts = -1 WHERE store_id IN ($1, $2)",
            "tables_failed_login_attempts_check",
        ),
        (
            "UPDATE tables SET table_number = repeat('9', 21) WHERE store_id IN ($1, $2)",
            "tables_table_number_check",
        ),
        (
            "INSERT INTO table_sessions (store_id, id, table_id, opened_at, last_order_at) SELECT store_id, gen_random_uuid(), table_id, opened_at, last_order_at FROM table_sessions WHERE store_id IN ($1, $2)",
            "table_sessions_open_key",
        ),
        (
            "UPDATE table_sessions SET closed_at = now() WHERE store_id IN ($1, $2)",
            "table_sessions_closed_check",
        ),
        ("UPDATE categories SET name = 'one name' WHERE store_id IN ($1, $2)", "categories_name_key"),
        ("UPDATE menus SET price = 0 WHERE store_id IN ($1, $2)", "menus_price_check"),
        ("UPDATE menus SET name = '' WHERE store_id IN ($1, $2)", "menus_name_check"),
        // A dish of one store in a category of the other.
        (
            "UPDATE menus SET category_id = (SELECT id FROM categories WHERE store_id = $2 LIMIT 1) WHERE store_id = $1",
            "menus_category_fkey",
        ),
        ("UPDATE orders SET total_amount = -1 WHERE store_id IN ($1, $2)", "orders_total_amount_check"),
        ("UPDATE orders SET status = 'cancelled' WHERE store_id IN ($1, $2)", "orders_status_check"),
        ("UPDATE orders SET order_number = '1' WHERE store_id IN ($1, $2)", "orders_order_number_check"),
        (
            "UPDATE orders SET session_id = gen_random_uuid() WHERE store_id IN ($1, $2)",
            "orders_session_fkey",
        ),
        ("UPDATE order_items SET quantity = 0 WHERE store_id IN ($1, $2)", "order_items_quantity_check"),
        ("UPDATE order_items SET subtotal = 1 WHERE store_id IN ($1, $2)", "order_items_subtotal_check"),
        (
            "UPDATE order_items SET menu_id = (SELECT id FROM menus WHERE store_id = $2 LIMIT 1) WHERE store_id = $1",
            "order_items_menu_fkey",
        ),
        ("DELETE FROM menus WHERE store_id = $1 AND name = 'stew' AND $2 <> $1", "order_items_menu_fkey"),
    ] {
        assert_eq!(refused(&app, &other, statement).await, constraint, "{statement}");
    }
}

/// The names that a query of the catalogue finds.
async fn found(app: &TestApp, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(&app.db).await.unwrap()
}

#[tokio::test]
async fn the_store_leads_every_key_of_a_stores_table() {
    let app = TestApp::start().await;
    let keys = "SELECT c.conrelid::regclass || ' ' || c.conname
                  FROM pg_constraint c
                  JOIN pg_attribute first ON first.attrelid = c.conrelid AND first.attnum = c.conkey[1]
                 WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f')
                   AND c.conrelid::regclass::text NOT IN ('stores', '_sqlx_migrations')";
    assert!(found(&app, keys).await.len() > 40, "the catalogue was not read");
    let wrong = "SELECT c.conrelid::regclass || ' ' || c.conname
                   FROM pg_constraint c
                   JOIN pg_attribute first ON first.attrelid = c.conrelid AND first.attnum = c.conkey[1]
                  WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f')
                    AND c.conrelid::regclass::text NOT IN ('stores', '_sqlx_migrations')
                    AND first.attname <> 'store_id'";
    assert_eq!(found(&app, wrong).await, [""; 0]);
    let indexes = "SELECT i.indexrelid::regclass::text
                     FROM pg_index i
                     JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace
                     JOIN pg_attribute first ON first.attrelid = i.indrelid AND first.attnum = i.indkey[0]
                    WHERE i.indisunique AND first.attname <> 'store_id'
                      AND t.relname NOT IN ('stores', '_sqlx_migrations')";
    assert_eq!(found(&app, indexes).await, [""; 0]);
}

#[tokio::test]
async fn money_is_whole_and_every_time_has_its_zone() {
    let app = TestApp::start().await;
    let wrong = "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns
                  WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'
                    AND data_type IN ('numeric', 'real', 'double precision', 'money', 'timestamp without time zone')";
    assert_eq!(found(&app, wrong).await, [""; 0]);
    let money = "SELECT table_name || '.' || column_name FROM information_schema.columns
                  WHERE table_schema = 'public' AND data_type = 'bigint'
                    AND column_name IN ('price', 'menu_price', 'subtotal', 'total_amount')
                    AND table_name IN ('menus', 'options', 'order_items', 'orders', 'order_history') ORDER BY 1";
    let expected = [
        "menus.price",
        "options.price",
        "order_history.total_amount",
        "order_items.menu_price",
        "order_items.subtotal",
        "orders.total_amount",
    ];
    assert_eq!(found(&app, money).await, expected);
}

#[tokio::test]
async fn instants_on_the_wire_end_in_z() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    table.order(&app.store.stew()).await;
    let (order, board) =
        (table.get("/api/orders").await.value(200), admin.get("/api/admin/orders").await.value(200));
    let (health, me) =
        (app.anonymous().get("/health").await.value(200), admin.get("/api/admin/auth/me").await.value(200));
    for (value, field) in [
        (&order["orders"][0], "created_at"),
        (&order["orders"][0], "updated_at"),
        (&board["tables"][0]["session"], "opened_at"),
        (&health, "timestamp"),
        (&me, "expires_at"),
    ] {
        let instant = value[field].as_str().unwrap_or_else(|| panic!("{field} in {value}"));
        assert!(instant.ends_with('Z') && instant.contains('T'), "{field}: {instant}");
    }
}

#[tokio::test]
async fn what_changes_knows_when() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let category = app.store.dish("stew").category_id;
    app.advance(chrono::TimeDelta::hours(1));
    let mut settings = admin.get("/api/admin/store").await.value(200);
    settings["name"] = json!("another name");
    for (path, change) in [
        ("/api/admin/store".to_owned(), settings),
        (format!("/api/admin/users/{}", app.store.admin), json!({"username": "anna"})),
        (format!("/api/admin/tables/{}", table.table), json!({"table_number": "77"})),
        (format!("/api/admin/categories/{category}"), json!({"name": "soups"})),
        (format!("/api/admin/menus/{}", app.store.dish("stew").id), json!({"price": 1})),
        (format!("/api/admin/orders/{}/status", order.id), json!({"status": "preparing"})),
    ] {
        let _ = admin.put(&path, &change).await.expect(200);
    }
    for query in [
        "SELECT count(*) FROM stores WHERE id = $1 AND updated_at > created_at + interval '50 min'",
        "SELECT count(*) FROM users WHERE store_id = $1 AND updated_at > created_at + interval '50 min'",
        "SELECT count(*) FROM tables WHERE store_id = $1 AND updated_at > created_at + interval '50 min'",
        "SELECT count(*) FROM categories WHERE store_id = $1 AND updated_at > created_at + interval '50 min'",
        "SELECT count(*) FROM menus WHERE store_id = $1 AND updated_at > created_at + interval '50 min'",
        "SELECT count(*) FROM orders WHERE store_id = $1 AND updated_at > created_at + interval '50 min'",
    ] {
        assert_eq!(app.count(query).await, 1, "{query}");
    }
}
