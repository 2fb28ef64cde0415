//! A database that lives as long as one test.

use std::env;
use std::time::Duration;

use db::Pool;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use crate::template;

/// Databases in use at once: a machine with many cores must not run the cluster out of connections.
static TURNS: Semaphore = Semaphore::const_new(6);

/// See the module. Dropping it drops the database.
pub struct TestDatabase {
    name: String,
    cluster: PgConnectOptions,
    _turn: SemaphorePermit<'static>,
}

fn cluster() -> PgConnectOptions {
    let url = env::var("TEST_DATABASE_URL").expect(
        "TEST_DATABASE_URL is not set: type `cargo xtask test`, or name a superuser of a throw-away cluster",
    );
    url.parse().expect("TEST_DATABASE_URL is not a postgres:// URL")
}

impl TestDatabase {
    /// A migrated database without any store.
    pub async fn migrated() -> Self {
        let cluster = cluster();
        let template = template::name(&cluster).await;
        Self::create(cluster, &format!("TEMPLATE {template}")).await
    }

    /// A database without tables.
    pub async fn empty() -> Self {
        Self::create(cluster(), "").await
    }

    async fn create(cluster: PgConnectOptions, how: &str) -> Self {
        let turn = TURNS.acquire().await.unwrap();
        let name = format!("test_{}", Uuid::now_v7().simple());
        let mut conn = PgConnection::connect_with(&cluster).await.expect("TEST_DATABASE_URL does not answer");
        template::run(&mut conn, format!("CREATE DATABASE {name} {how}")).await;
        conn.close().await.unwrap();
        Self { name, cluster, _turn: turn }
    }

    /// How to connect.
    #[must_use]
    pub fn options(&self) -> PgConnectOptions {
        self.cluster.clone().database(&self.name)
    }

    /// `DATABASE_URL`
    #[must_use]
    pub fn url(&self) -> String {
        self.options().to_url_lossy().to_string()
    }

    /// A few connections for the test itself.
    #[must_use]
    pub fn pool(&self) -> Pool {
        db::connect(self.options(), 3, Duration::from_secs(10))
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (name, cluster) = (self.name.clone(), self.cluster.clone());
        // A test's runtime cannot be waited for in a drop: another thread with another runtime does it.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut conn = PgConnection::connect_with(&cluster).await.unwrap();
                template::run(&mut conn, format!("DROP DATABASE {name} WITH (FORCE)")).await;
            });
        });
        if dropped.join().is_err() && !std::thread::panicking() {
            panic!("the test's database could not be dropped");
        }
    }
}
