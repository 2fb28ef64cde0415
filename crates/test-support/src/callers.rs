//! The two kinds of signed-in callers.

use std::ops::Deref;

use reqwest::Method;
use serde_json::json;
use shared_types::auth::{AdminToken, TableToken};
use shared_types::calls::{Call, CallKind, NewCall};
use shared_types::orders::{BoardSnapshot, NewOrder, Order, OrderPage, OrderStatus};
use shared_types::{IdempotencyKey, OrderId, TableId};
use uuid::Uuid;

use crate::client::send;
use crate::fixture::{PASSWORD, TABLES, USERNAME};
use crate::{Answer, Client, EventStream, Store};

/// A key that nobody has used.
#[must_use]
pub fn new_key() -> IdempotencyKey {
    IdempotencyKey(Uuid::now_v7())
}

/// A device at a table.
#[derive(Debug, Clone)]
pub struct TableClient {
    client: Client,
    /// Its table.
    pub table: TableId,
    /// What the login answered.
    pub login: TableToken,
}

/// A manager.
#[derive(Debug, Clone)]
pub struct AdminClient {
    client: Client,
    /// What the login answered.
    pub login: AdminToken,
}

impl Deref for TableClient {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Deref for AdminClient {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl TableClient {
    /// Signs a device in at one of a store's tables.
    pub async fn sign_in(client: &Client, store: &Store, place: usize) -> Self {
        let body = json!({"store": store.code, "table_number": TABLES[place], "password": PASSWORD});
        let login: TableToken = client.post("/api/auth/table-login", &body).await.json(200);
        Self { client: client.with_token(&login.token), table: login.table.id, login }
    }

    /// The same device, talking to another instance.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { client: self.client.at(url), ..self.clone() }
    }

    /// Sends an order under a key.
    pub async fn post_order(&self, order: &NewOrder, key: IdempotencyKey) -> Answer {
        send(self.request(Method::POST, "/api/orders").header("Idempotency-Key", key.to_string()).json(order))
            .await
    }

    /// Sends an order that may be refused, under a new key.
    pub async fn try_order(&self, order: &NewOrder) -> Answer {
        self.post_order(order, new_key()).await
    }

    /// Places an order.
    pub async fn order(&self, order: &NewOrder) -> Order {
        self.try_order(order).await.json(201)
    }

    /// The party's orders.
    pub async fn orders(&self) -> OrderPage {
        self.get("/api/orders").await.json(200)
    }

    /// Calls staff.
    pub async fn call(&self, kind: CallKind) -> Call {
        self.post("/api/calls", &NewCall { kind, note: None }).await.json(201)
    }

    /// Listens, from the present or after an event.
    pub async fn stream(&self, last_event_id: Option<i64>) -> EventStream {
        EventStream::open(&self.client, "/api/events", last_event_id).await
    }
}

impl AdminClient {
    /// Signs a store's manager in.
    pub async fn sign_in(client: &Client, store: &Store) -> Self {
        let body = json!({"store": store.code, "username": USERNAME, "password": PASSWORD});
        let login: AdminToken = client.post("/api/auth/admin-login", &body).await.json(200);
        Self { client: client.with_token(&login.token), login }
    }

    /// The same manager, talking to another instance.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { client: self.client.at(url), ..self.clone() }
    }

    /// What the board shows.
    pub async fn board(&self) -> BoardSnapshot {
        self.get("/api/admin/orders").await.json(200)
    }

    /// Asks for a status.
    pub async fn set_status(&self, order: OrderId, status: OrderStatus) -> Answer {
        self.put(&format!("/api/admin/orders/{order}/status"), &json!({"status": status})).await
    }

    /// Listens, from the present or after an event.
    pub async fn stream(&self, last_event_id: Option<i64>) -> EventStream {
        EventStream::open(&self.client, "/api/admin/sse/orders", last_event_id).await
    }
}
