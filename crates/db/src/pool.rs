//! The connection pool and the migrations that this version knows.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::Result;

/// A pool of PostgreSQL connections.
pub type Pool = sqlx::PgPool;

/// The migrations, embedded in the program.
pub static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

/// A pool that gives up on a missing database after `acquire_timeout`, so that a request can say 503 quickly.
///
/// Connections are opened when first needed: the database may come later than the server.
#[must_use]
pub fn connect(options: PgConnectOptions, max_connections: u32, acquire_timeout: Duration) -> Pool {
    let options = options
        .application_name("tableorder")
        // Times inside JSON documents are written in the session's zone.
        .options([
            ("TimeZone", "UTC"),
            // Statements are short: to compile one takes longer than to run it.
            ("jit", "off"),
            ("statement_timeout", "10s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "15s"),
        ]);
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(acquire_timeout)
        // Every connection is tested before it is used, within the time above: a network that swallows
        // everything must end in a quick 503 and not in a request that hangs. It costs a round trip.
        .test_before_acquire(true)
        .max_lifetime(Duration::from_secs(30 * 60))
        .idle_timeout(Duration::from_secs(10 * 60))
        .connect_lazy_with(options)
}

/// Applies the migrations of this version. A schema that is newer than this version stays as it is: migrations only add, so a
/// release that is taken back works with what the later one left.
///
/// # Errors
/// The database does not answer, or a migration fails.
pub async fn migrate(options: PgConnectOptions) -> Result<(), MigrateError> {
    // An index over every order takes longer than a request may; waiting for a lock must not, because all that come after it wait
    // as well.
    let pool = connect(options, 2, Duration::from_secs(10));
    let mut connection = pool.acquire().await?;
    sqlx::query("SELECT set_config('statement_timeout', '0', false)").execute(&mut *connection).await?;
    let mut migrator = Migrator::with_migrations(MIGRATOR.iter().cloned().collect());
    migrator.set_ignore_missing(true).run(&mut *connection).await?;
    drop(connection);
    pool.close().await;
    Ok(())
}

/// The migrations of this version that the database lacks, by name, oldest first.
///
/// # Errors
/// The database does not answer.
pub async fn missing_migrations(pool: &Pool) -> Result<Vec<String>> {
    let known = sqlx::query_scalar!(r#"SELECT to_regclass('_sqlx_migrations') IS NOT NULL AS "known!""#)
        .fetch_one(pool)
        .await?;
    // The table is sqlx's own and not part of our migrations: no compile-time check.
    let applied: Vec<i64> = if known {
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(pool).await?
    } else {
        Vec::new()
    };
    let missing = MIGRATOR.iter().filter(|migration| !applied.contains(&migration.version));
    Ok(missing.map(|migration| format!("{} {}", migration.version, migration.description)).collect())
}
