//! The migrated database that every test's own is a copy of: made once per cluster and schema version.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

/// Two test programs may start at the same moment; one of them makes the template.
const LOCK: i64 = 0x7461_626c_656f_7264;

/// The template's name.
pub async fn name(cluster: &PgConnectOptions) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(|| make(cluster)).await
}

async fn make(cluster: &PgConnectOptions) -> String {
    let name = format!("tableorder_template_{:016x}", schema_version());
    let mut conn = PgConnection::connect_with(cluster).await.expect("TEST_DATABASE_URL does not answer");
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut conn).await.unwrap();
    let complete: Option<bool> =
        sqlx::query_scalar("SELECT datistemplate FROM pg_database WHERE datname = $1")
            .bind(&name)
            .fetch_optional(&mut conn)
            .await
            .unwrap();
    if complete != Some(true) {
        // There, but not marked: whoever began it was killed.
        run(&mut conn, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        run(&mut conn, format!("CREATE DATABASE {name}")).await;
        let pool = db::connect(cluster.clone().database(&name), 1, Duration::from_secs(10));
        db::MIGRATOR.run(&pool).await.expect("the migrations do not run");
        pool.close().await;
        run(&mut conn, format!("ALTER DATABASE {name} WITH IS_TEMPLATE true")).await;
    }
    conn.close().await.unwrap();
    name
}

fn schema_version() -> u64 {
    let mut hasher = DefaultHasher::new();
    for migration in db::MIGRATOR.iter() {
        (migration.version, &migration.checksum).hash(&mut hasher);
    }
    hasher.finish()
}

/// Runs a statement that takes no parameters: names of databases cannot be bound.
pub async fn run(conn: &mut PgConnection, statement: String) {
    let done = sqlx::query(AssertSqlSafe(statement.as_str())).execute(conn).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}
