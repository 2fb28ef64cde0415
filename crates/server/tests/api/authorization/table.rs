//! The table: who may do what.

use std::fmt;

/// Whose credential an operation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Nobody's. Its handler judges by itself, so everybody gets the same answer.
    Public,
    /// The device cookie, which no bearer token replaces: everybody here gets the same answer.
    Device,
    /// A device's.
    Table,
    /// A manager's.
    Admin,
}

/// What is sent along.
#[derive(Debug, Clone, Copy)]
pub enum Body {
    /// Nothing.
    None,
    /// This, after `Things::fill`.
    Json(&'static str),
    /// A sheet with this, after `Things::fill`.
    Sheet(&'static str),
    /// An order of store A's stew.
    Stew,
    /// A form with a picture.
    Picture,
}

/// One operation. Ids in its path and body are of store A.
#[derive(Debug)]
pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub guard: Guard,
    pub body: Body,
    /// What the right caller of store A gets.
    pub success: u16,
    /// What the same kind of caller of store B gets: 404 for A's ids, success for what is its own.
    pub other_store: u16,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

const fn public(method: &'static str, path: &'static str, success: u16) -> Operation {
    Operation { method, path, guard: Guard::Public, body: Body::Json("{}"), success, other_store: success }
}

const fn table(method: &'static str, path: &'static str, body: Body, success: u16) -> Operation {
    Operation { method, path, guard: Guard::Table, body, success, other_store: success }
}

const fn admin(method: &'static str, path: &'static str, success: u16, other_store: u16) -> Operation {
    Operation { method, path, guard: Guard::Admin, body: Body::None, success, other_store }
}

const fn sends(body: &'static str, operation: Operation) -> Operation {
    Operation { body: Body::Json(body), ..operation }
}

/// Every operation of the API.
pub const OPERATIONS: &[Operation] = &[
    public("GET", "/health", 200),
    public("GET", "/health/ready", 200),
    public("GET", "/api/openapi.json", 200),
    public("GET", "/api/docs", 200),
    public("GET", "/api/images/{name}", 404),
    // With a login or without: all are heard.
    sends(
        r#"{"app": "customer", "version": "0.1.0", "message": "gone"}"#,
        public("POST", "/api/client-errors", 204),
    ),
    public("POST", "/api/auth/admin-login", 400),
    public("POST", "/api/auth/table-login", 400),
    Operation { guard: Guard::Device, ..public("POST", "/api/auth/refresh", 401) },
    table("POST", "/api/auth/logout", Body::None, 204),
    table("GET", "/api/auth/me", Body::None, 200),
    table("GET", "/api/menus", Body::None, 200),
    table("GET", "/api/orders", Body::None, 200),
    // Store A's dish is on nobody else's menu.
    Operation { other_store: 409, ..table("POST", "/api/orders", Body::Stew, 201) },
    table("POST", "/api/calls", Body::Json(r#"{"kind": "water"}"#), 201),
    table("GET", "/api/events", Body::None, 200),
    admin("POST", "/api/admin/auth/logout", 204, 204),
    admin("POST", "/api/admin/auth/logout-everywhere", 204, 204),
    admin("GET", "/api/admin/auth/me", 200, 200),
    admin("GET", "/api/admin/orders", 200, 200),
    // A number must be asked for.
    admin("GET", "/api/admin/orders/find", 400, 400),
    admin("GET", "/api/admin/orders/{id}", 200, 404),
    sends(r#"{"status": "preparing"}"#, admin("PUT", "/api/admin/orders/{id}/status", 200, 404)),
    // A fresh order is pending: there is nothing to take back.
    sends("{}", admin("POST", "/api/admin/orders/{id}/recall", 400, 404)),
    admin("POST", "/api/admin/orders/{id}/ack", 200, 404),
    admin("DELETE", "/api/admin/orders/{id}", 204, 404),
    admin("GET", "/api/admin/calls", 200, 200),
    admin("POST", "/api/admin/calls/{id}/ack", 200, 404),
    admin("GET", "/api/admin/sse/orders", 200, 200),
    admin("GET", "/api/admin/tables", 200, 200),
    sends(
        r#"{"table_number": "{new}", "password": "a-long-password"}"#,
        admin("POST", "/api/admin/tables", 201, 201),
    ),
    sends(r#"{"table_number": "{new}"}"#, admin("PUT", "/api/admin/tables/{id}", 200, 404)),
    admin("DELETE", "/api/admin/tables/{id}", 204, 404),
    admin("POST", "/api/admin/tables/{id}/complete", 200, 404),
    sends(r#"{"to_table_id": "{table}"}"#, admin("POST", "/api/admin/tables/{id}/move", 200, 404)),
    admin("GET", "/api/admin/tables/{id}/history", 200, 404),
    admin("GET", "/api/admin/tables/{id}/devices", 200, 404),
    admin("GET", "/api/admin/devices", 200, 200),
    admin("DELETE", "/api/admin/devices/{id}", 204, 404),
    admin("GET", "/api/admin/categories", 200, 200),
    sends(r#"{"name": "{new}"}"#, admin("POST", "/api/admin/categories", 201, 201)),
    sends(r#"{"name": "{new}"}"#, admin("PUT", "/api/admin/categories/{id}", 200, 404)),
    admin("DELETE", "/api/admin/categories/{id}", 204, 404),
    // Store A's categories are not those of store B.
    sends(r#"{"category_ids": [{categories}]}"#, admin("PUT", "/api/admin/categories/order", 200, 409)),
    admin("GET", "/api/admin/menus", 200, 200),
    // A category of another store is a wrong field.
    sends(
        r#"{"category_id": "{category}", "name": "{new}", "price": 1000}"#,
        admin("POST", "/api/admin/menus", 201, 400),
    ),
    sends(r#"{"name": "{new}"}"#, admin("PUT", "/api/admin/menus/{id}", 200, 404)),
    admin("DELETE", "/api/admin/menus/{id}", 204, 404),
    sends(
        r#"{"category_id": "{shelf}", "menu_ids": ["{menu}"]}"#,
        admin("PUT", "/api/admin/menus/order", 200, 400),
    ),
    // Another store's dish is a wrong field.
    sends(
        r#"{"menu_ids": ["{menu}"], "is_available": false}"#,
        admin("POST", "/api/admin/menus/bulk", 200, 400),
    ),
    admin("GET", "/api/admin/menus.csv", 200, 200),
    // Store B has a category of that name too.
    Operation {
        body: Body::Sheet("category,name,price\nmeals,{new},1000\n"),
        ..admin("POST", "/api/admin/menus/import", 200, 200)
    },
    Operation { body: Body::Picture, ..admin("POST", "/api/admin/images", 201, 201) },
    admin("GET", "/api/admin/reports/day", 200, 200),
    admin("GET", "/api/admin/reports/day.csv", 200, 200),
    admin("GET", "/api/admin/store", 200, 200),
    sends(
        r#"{"name": "{new}", "timezone": "Asia/Seoul", "day_starts_at": "05:00:00", "session_max_minutes": 960,
            "session_idle_minutes": 120, "warn_after_minutes": 5, "late_after_minutes": 10}"#,
        admin("PUT", "/api/admin/store", 200, 200),
    ),
    admin("GET", "/api/admin/users", 200, 200),
    sends(
        r#"{"username": "{new}", "password": "a-long-password"}"#,
        admin("POST", "/api/admin/users", 201, 201),
    ),
    sends(r#"{"is_active": true}"#, admin("PUT", "/api/admin/users/{id}", 200, 404)),
    admin("DELETE", "/api/admin/users/{id}", 204, 404),
    // The password stays what it is: others sign in with it.
    sends(
        r#"{"current_password": "a-long-password", "new_password": "a-long-password"}"#,
        admin("PUT", "/api/admin/password", 200, 200),
    ),
    admin("GET", "/api/admin/audit", 200, 200),
];
