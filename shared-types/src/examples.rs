//! One example of every body that the API takes or answers: a Friday evening at the demo's table 7.
//! `openapi.json` shows them, and tests hold them against the types they are examples of.

use serde_json::{Value, json};

use crate::errors::FieldErrors;

/// An example of one type.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The type's name, which is its name in `openapi.json`.
    pub schema: &'static str,
    /// The example.
    pub value: fn() -> Value,
    /// What the type writes after it has read a body.
    ///
    /// # Errors
    /// The body is not of the type.
    pub round_trip: fn(Value) -> serde_json::Result<Value>,
    /// Whether the type, and its own rules if it is a request, accept a body.
    pub accepts: fn(Value) -> bool,
}

macro_rules! examples {
    ($($module:ident::$name:ident [$check:expr] => $json:tt;)+) => {
        /// Every example.
        pub const ALL: &[Example] = &[$(Example {
            schema: stringify!($name),
            value: || json!($json),
            round_trip: |body| {
                serde_json::from_value::<crate::$module::$name>(body).and_then(serde_json::to_value)
            },
            accepts: |body| {
                let check: fn(crate::$module::$name) -> FieldErrors = $check;
                serde_json::from_value(body).is_ok_and(|body| check(body).is_empty())
            },
        }),+];
    };
}

const STORE: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b01";
const USER: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b02";
const TABLE: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b07";
const DEVICE: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b17";
const CATEGORY: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b20";
const MENU: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b21";
const GROUP: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b22";
const OPTION: &str = "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b23";
const SESSION: &str = "0199a4d2-7a10-7c35-8f4e-2b6c9d0e1f30";
const ORDER: &str = "0199a4d2-7a10-7c35-8f4e-2b6c9d0e1f31";
const CALL: &str = "0199a4d3-01b8-7d02-a1c9-3e5f7a9b1c40";
const PICTURE: &str = "/api/images/0f3a9c1b2d4e5f60718293a4b5c6d7e8-960.webp";
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiLi4uIn0.c2lnbmF0dXJl";
const EARLIER: &str = "2026-11-20T09:30:00Z";
const NOW: &str = "2026-11-20T09:41:12Z";
const TOMORROW: &str = "2026-11-21T01:41:12Z";

fn store() -> Value {
    json!({"id": STORE, "code": "demo", "name": "맛있는 식당", "timezone": "Asia/Seoul", "currency": "KRW",
        "warn_after_minutes": 5, "late_after_minutes": 10})
}

fn settings() -> Value {
    json!({"id": STORE, "code": "demo", "name": "맛있는 식당", "currency": "KRW", "timezone": "Asia/Seoul",
        "day_starts_at": "05:00:00", "session_max_minutes": 960, "session_idle_minutes": 120,
        "warn_after_minutes": 5, "late_after_minutes": 10})
}

fn user() -> Value {
    json!({"id": USER, "username": "manager", "is_active": true, "locked_until": null, "created_at": EARLIER})
}

fn category() -> Value {
    json!({"id": CATEGORY, "name": "식사", "translations": {"en": {"name": "Meals"}}})
}

fn option_group() -> Value {
    json!({"id": GROUP, "name": "맵기", "translations": {"en": {"name": "Spiciness"}},
        "min_choices": 1, "max_choices": 1,
        "options": [{"id": OPTION, "name": "보통맛", "translations": {"en": {"name": "Medium"}}, "price": 0,
            "is_available": true}]})
}

fn menu() -> Value {
    json!({"id": MENU, "category_id": CATEGORY, "name": "소불고기", "description": "간장 양념에 재운 소고기",
        "translations": {"en": {"name": "Bulgogi", "description": "Beef in soy marinade"}}, "price": 18000,
        "image_url": PICTURE, "is_available": true, "badges": ["popular"], "spicy_level": 1,
        "allergens": ["soybeans", "wheat", "beef"],
        "option_groups": [option_group()]})
}

fn board() -> Value {
    json!({"version": 42, "categories": [category()], "menus": [menu()]})
}

fn item() -> Value {
    json!({"menu_id": MENU, "menu_name": "소불고기", "menu_price": 18000, "quantity": 2,
        "options": [{"option_id": OPTION, "group_name": "맵기", "name": "보통맛", "price": 0}],
        "note": "파 빼 주세요", "subtotal": 36000})
}

fn order() -> Value {
    json!({"id": ORDER, "order_number": "ORD-20261120-0042", "table_id": TABLE, "table_number": "7",
        "session_id": SESSION, "status": "pending", "total_amount": 36000, "note": null, "created_at": NOW,
        "updated_at": NOW, "acknowledged_at": null, "items": [item()]})
}

fn session() -> Value {
    json!({"id": SESSION, "opened_at": EARLIER, "last_order_at": NOW})
}

fn table() -> Value {
    json!({"id": TABLE, "table_number": "7", "session": session(), "order_count": 1, "total_amount": 36000,
        "device_count": 1})
}

fn call() -> Value {
    json!({"id": CALL, "table_id": TABLE, "table_number": "7", "kind": "water", "note": null, "created_at": NOW,
        "acknowledged_at": null})
}

fn signed_in_table() -> Value {
    json!({"id": TABLE, "table_number": "7", "device_id": DEVICE})
}

fn group_edit() -> Value {
    json!({"name": "맵기", "translations": {"en": {"name": "Spiciness"}}, "min_choices": 1, "max_choices": 1,
        "options": [{"name": "보통맛", "translations": {}, "price": 0, "is_available": true},
            {"name": "매운맛", "translations": {}, "price": 500, "is_available": true}]})
}

fn no_rules<T>(_: T) -> FieldErrors {
    FieldErrors::default()
}

examples! {
    health::Health [no_rules] => {"status": "ok", "version": "0.1.0", "timestamp": NOW};
    health::Readiness [no_rules] => {"status": "ok", "version": "0.1.0", "database": true, "migrations": true};

    auth::AdminLogin [|b| b.check()] => {"store": "demo", "username": "admin", "password": "admin123"};
    auth::TableLogin [|b| b.check()] => {"store": "demo", "table_number": "7", "password": "TABLE007", "device_label": "창가 태블릿"};
    auth::AdminToken [no_rules] => {"token": TOKEN, "expires_at": TOMORROW, "expires_in": 57600,
        "user": {"id": USER, "username": "admin"}, "store": store()};
    auth::TableToken [no_rules] => {"token": TOKEN, "expires_at": TOMORROW, "expires_in": 57600, "store": store(),
        "table": signed_in_table()};
    auth::AdminMe [no_rules] => {"user": {"id": USER, "username": "admin"}, "store": store(), "expires_at": TOMORROW};
    auth::TableMe [no_rules] => {"store": store(), "table": signed_in_table(), "expires_at": TOMORROW};

    client_errors::ClientError [no_rules] => {"app": "customer", "version": "0.1.0", "message": "index out of bounds",
        "location": "customer-web/src/cart/panel.rs:41:9", "path": "/cart"};

    menu::MenuBoard [no_rules] => (board());
    menu::Menu [no_rules] => (menu());
    menu::Category [no_rules] => (category());
    menu_edit::CategoryList [no_rules] => {"categories": [category()]};
    menu_edit::NewCategory [|b| b.check()] => {"name": "계절 메뉴", "translations": {"en": {"name": "Seasonal"}}};
    menu_edit::CategoryUpdate [|b| b.check()] => {"name": "겨울 메뉴", "translations": {"en": {"name": "Winter"}}};
    menu_edit::CategoryOrder [no_rules] => {"category_ids": [CATEGORY]};
    menu_edit::NewMenu [|b| crate::menu_edit::MenuUpdate::from(b).check()] => {"category_id": CATEGORY, "name": "갈비탕",
        "description": "오래 끓인 맑은 국물", "translations": {"en": {"name": "Short rib soup"}}, "price": 15000,
        "image_url": PICTURE, "is_available": true, "badges": ["new"], "spicy_level": 0,
        "allergens": ["beef"], "option_groups": [group_edit()]};
    menu_edit::MenuUpdate [|b| b.check()] => {"name": "왕갈비탕", "description": null,
        "translations": {"en": {"name": "King rib soup"}}, "price": 17000, "image_url": PICTURE, "is_available": false,
        "badges": [], "spicy_level": 1, "allergens": ["soybeans", "beef"], "option_groups": [group_edit()]};
    menu_edit::MenuOrder [no_rules] => {"category_id": CATEGORY, "menu_ids": [MENU]};

    menu_bulk::MenuBulk [|b| b.check()] => {"menu_ids": [MENU], "is_available": true,
        "price": {"percent": 5, "round_to": 100}, "version": 42, "dry_run": true};
    menu_bulk::BulkResult [no_rules] => {"dry_run": true, "version": 42,
        "menus": [{"menu_id": MENU, "menu_name": "소불고기", "old_price": 18000, "new_price": 18900}]};

    menu_sheet::ImportResult [no_rules] => {"dry_run": true, "version": 42, "created": 1, "updated": 0, "unchanged": 28,
        "errors": [{"line": 12, "column": "price", "code": "out_of_range"}]};

    media::UploadedImage [no_rules] => {"url": PICTURE, "key": "0f3a9c1b2d4e5f60718293a4b5c6d7e8", "width": 960, "height": 720,
        "bytes": 81234};

    orders::NewOrder [|b| b.check()] => {"items": [{"menu_id": MENU, "quantity": 2, "options": [OPTION], "note": "파 빼 주세요"}],
        "note": "아이와 함께 왔어요", "expected_total": 36000};
    orders::Order [no_rules] => (order());
    order_detail::OrderDetail [no_rules] => {"id": ORDER, "order_number": "ORD-20261120-0042", "business_date": "2026-11-20",
        "table_id": TABLE, "table_number": "7", "session_id": SESSION, "status": "preparing", "total_amount": 36000,
        "note": null, "created_at": EARLIER, "completed_at": null, "items": [item()],
        "timeline": [{"status": "pending", "user_id": null, "username": null, "reason": null, "created_at": EARLIER},
            {"status": "preparing", "user_id": USER, "username": "manager", "reason": null, "created_at": NOW}]};
    orders::OrderPage [no_rules] => {"orders": [order()], "next_cursor": null, "total_amount": 36000};
    orders::BoardSnapshot [no_rules] => {"orders": [order()],
        "tables": [{"id": TABLE, "table_number": "7", "session": session()}], "calls": [call()], "last_event_id": 1807};
    orders::StatusChange [no_rules] => {"status": "preparing"};
    orders::Recall [|b| b.check()] => {"from": "preparing", "reason": "잘못 눌렀어요"};
    orders::Reason [|b| b.check()] => {"reason": "잘못 눌렀어요"};

    calls::NewCall [|b| b.check()] => {"kind": "water", "note": "두 잔이요"};
    calls::Call [no_rules] => (call());
    calls::CallList [no_rules] => {"calls": [call()]};

    tables::TableList [no_rules] => {"tables": [table()]};
    tables::AdminTable [no_rules] => (table());
    tables::NewTable [|b| b.check()] => {"table_number": "13", "password": "TABLE013"};
    tables::TableUpdate [|b| b.check()] => {"table_number": "창가 2", "password": "WINDOW02"};
    tables::FinishSession [no_rules] => {"session_id": SESSION};
    tables::MoveSession [no_rules] => {"to_table_id": "0199a4c0-1f2e-7b1a-9c41-5d0e6f7a8b08", "session_id": SESSION};
    tables::CompletedSession [no_rules] => {"session_id": SESSION, "orders": 1, "total_amount": 36000, "completed_at": NOW};
    tables::DeviceList [no_rules] => {"devices": [{"id": DEVICE, "label": "창가 태블릿", "app_version": "0.1.0",
        "created_at": EARLIER, "last_seen_at": NOW}]};
    tables::DevicePage [no_rules] => {"devices": [{"id": DEVICE, "table_id": TABLE, "table_number": "7", "label": "창가 태블릿",
        "app_version": "customer 0.1.0", "created_at": EARLIER, "last_seen_at": NOW, "status": "active", "revoked_at": null}],
        "next_cursor": null};
    history::HistoryPage [no_rules] => {"sessions": [{"session_id": SESSION, "opened_at": EARLIER, "completed_at": NOW,
        "total_amount": 36000, "orders": [{"id": ORDER, "order_number": "ORD-20261120-0042", "business_date": "2026-11-20",
            "table_number": "7", "status": "completed", "total_amount": 36000, "note": null, "ordered_at": EARLIER,
            "items": [item()]}]}], "next_cursor": null};

    reports::DayReport [no_rules] => {"date": "2026-11-20", "total": {"sessions": 2, "orders": 3, "sales": 90000},
        "finished": {"sessions": 1, "orders": 2, "sales": 54000}, "open": {"sessions": 1, "orders": 1, "sales": 36000},
        "hours": [{"starts_at": "18:00:00", "orders": 3, "sales": 90000}],
        "dishes": [{"menu_id": MENU, "menu_name": "소불고기", "quantity": 5, "sales": 90000}],
        "preparation": {"orders": 2, "average_seconds": 540, "p90_seconds": 720}};

    stores::StoreSettings [no_rules] => (settings());
    stores::StoreUpdate [|b| b.check()] => {"name": "맛있는 식당", "timezone": "Asia/Seoul", "day_starts_at": "05:00:00",
        "session_max_minutes": 960, "session_idle_minutes": 120, "warn_after_minutes": 5, "late_after_minutes": 10};
    stores::UserList [no_rules] => {"users": [user()]};
    stores::User [no_rules] => (user());
    stores::NewUser [|b| b.check()] => {"username": "manager", "password": "a-good-password"};
    stores::UserUpdate [|b| b.check()] => {"is_active": true, "password": "another-password"};
    stores::PasswordChange [|b| b.check()] => {"current_password": "a-good-password", "new_password": "a-better-password"};
    stores::AuditPage [no_rules] => {"entries": [{"id": "0199a4d3-0a2b-7c11-9f00-6a7b8c9d0e50", "user_id": USER, "username": "admin",
        "action": "recall", "entity": "order", "entity_id": ORDER, "before": "preparing", "after": "pending",
        "reason": "잘못 눌렀어요", "request_id": "0199a4d3-0a2b-7c11-9f00-6a7b8c9d0e51", "created_at": NOW}], "next_cursor": null};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_of_their_types_and_complete() {
        for example in ALL {
            let value = (example.value)();
            let again =
                (example.round_trip)(value.clone()).unwrap_or_else(|e| panic!("{}: {e}", example.schema));
            assert_eq!(again, value, "{}", example.schema);
            assert!((example.accepts)(value), "{} breaks its own rules", example.schema);
        }
    }
}
