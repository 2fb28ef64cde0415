//! The table: who may do what.

use std::fmt;

/// Whose credential an operation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Nobody's. Its handler judges by itself, so everybody gets the same answer.
    Public,
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
    /// This.
    Json(&'static str),
    /// An order of store A's stew.
    Stew,
}

/// One operation. Ids in its path are of store A.
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

/// Every operation of the API.
pub const OPERATIONS: &[Operation] = &[
    public("GET", "/health", 200),
    public("GET", "/health/ready", 200),
    public("GET", "/api/images/{name}", 404),
    public("POST", "/api/auth/admin-login", 400),
    public("POST", "/api/auth/table-login", 400),
    // Asks for the device cookie, which no bearer token replaces.
    public("POST", "/api/auth/refresh", 401),
    table("POST", "/api/auth/logout", Body::None, 204),
    table("GET", "/api/auth/me", Body::None, 200),
    table("GET", "/api/menus", Body::None, 200),
    table("GET", "/api/orders", Body::None, 200),
    // Store A's dish is on nobody else's menu.
    Operation { other_store: 409, ..table("POST", "/api/orders", Body::Stew, 201) },
    table("POST", "/api/calls", Body::Json(r#"{"kind": "water"}"#), 201),
    table("GET", "/api/events", Body::None, 200),
    admin("POST", "/api/admin/auth/logout", 204, 204),
    admin("GET", "/api/admin/auth/me", 200, 200),
    admin("GET", "/api/admin/orders", 200, 200),
    Operation {
        body: Body::Json(r#"{"status": "preparing"}"#),
        ..admin("PUT", "/api/admin/orders/{id}/status", 200, 404)
    },
    // A fresh order is pending: there is nothing to take back.
    Operation { body: Body::Json("{}"), ..admin("POST", "/api/admin/orders/{id}/recall", 400, 404) },
    admin("POST", "/api/admin/orders/{id}/ack", 200, 404),
    admin("DELETE", "/api/admin/orders/{id}", 204, 404),
    admin("GET", "/api/admin/calls", 200, 200),
    admin("POST", "/api/admin/calls/{id}/ack", 200, 404),
    admin("GET", "/api/admin/sse/orders", 200, 200),
];
