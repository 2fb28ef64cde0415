//! A running app: one instance of the server, its database, and a store to order in.

use chrono::TimeDelta;
use db::Pool;
use server::clock::Clock;
use server::config::Config;

use crate::{AdminClient, BrowserClient, Client, Instance, Store, TableClient, TestDatabase};

/// See the module. Fields are dropped in this order: the server stops before its database goes.
pub struct TestApp {
    /// The server.
    pub instance: Instance,
    /// A store with tables, a manager and a small menu.
    pub store: Store,
    /// For what a test reads or writes past the API.
    pub db: Pool,
    /// The database.
    pub database: TestDatabase,
}

impl TestApp {
    /// A server with one store.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// A server whose configuration is changed before it starts.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::migrated().await;
        let db = database.pool();
        let store = Store::insert(&db, "store-a").await;
        let instance = Instance::start(database.options(), change).await;
        Self { instance, store, db, database }
    }

    /// Another server on the same database.
    pub async fn second_instance(&self) -> Instance {
        Instance::start(self.database.options(), |_| {}).await
    }

    /// Another store in the same database.
    pub async fn second_store(&self) -> Store {
        Store::insert(&self.db, "store-b").await
    }

    /// The server's time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.instance.clock
    }

    /// Moves the server's time.
    pub fn advance(&self, by: TimeDelta) {
        self.clock().advance(by);
    }

    /// A caller without credentials.
    #[must_use]
    pub fn anonymous(&self) -> Client {
        Client::new(&self.instance.url)
    }

    /// A browser: cookies, and an `Origin` on every request.
    #[must_use]
    pub fn browser(&self) -> BrowserClient {
        BrowserClient::new(&self.instance.url)
    }

    /// A device that is signed in at one of the store's tables, from 0.
    pub async fn table(&self, place: usize) -> TableClient {
        self.table_of(&self.store, place).await
    }

    /// The store's manager, signed in.
    pub async fn admin(&self) -> AdminClient {
        self.admin_of(&self.store).await
    }

    /// A device at a table of some store.
    pub async fn table_of(&self, store: &Store, place: usize) -> TableClient {
        TableClient::sign_in(&self.anonymous(), store, place).await
    }

    /// The manager of some store.
    pub async fn admin_of(&self, store: &Store) -> AdminClient {
        AdminClient::sign_in(&self.anonymous(), store).await
    }

    /// Changes rows past the API, as another program would: `$1` is the store. Answers how many rows.
    pub async fn sql(&self, statement: &'static str) -> u64 {
        let done = sqlx::query(statement).bind(self.store.id.0).execute(&self.db).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}")).rows_affected()
    }

    /// Counts rows: `$1` is the store.
    pub async fn count(&self, statement: &'static str) -> i64 {
        let found = sqlx::query_scalar(statement).bind(self.store.id.0).fetch_one(&self.db).await;
        found.unwrap_or_else(|error| panic!("{statement}: {error}"))
    }

    /// Somebody else's transaction that has run a statement and not ended: `$1` is the store.
    pub async fn hold(&self, statement: &'static str) -> sqlx::Transaction<'static, sqlx::Postgres> {
        let mut tx = self.db.begin().await.unwrap();
        sqlx::query(statement).bind(self.store.id.0).execute(&mut *tx).await.unwrap();
        tx
    }

    /// Comes back once so many transactions wait for a lock.
    pub async fn waiting(&self, transactions: i64) {
        let asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        for _ in 0..400 {
            let found: i64 = sqlx::query_scalar(asked).fetch_one(&self.db).await.unwrap();
            if found >= transactions {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("{transactions} transactions never waited");
    }

    /// Changes the menu as the admin app will: rows, then the version, in one transaction.
    pub async fn change_menu(&self, statement: &'static str) {
        let mut tx = self.db.begin().await.unwrap();
        sqlx::query(statement).bind(self.store.id.0).execute(&mut *tx).await.unwrap();
        db::menu::touch(&mut tx, self.store.id, self.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}
