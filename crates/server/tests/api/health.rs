//! Liveness and readiness.

use shared_types::health::{Health, Readiness};
use test_support::{Client, Instance, TestApp, TestDatabase};

#[tokio::test]
async fn a_server_with_its_database_is_ready() {
    let app = TestApp::start().await;
    let health: Health = app.anonymous().get("/health").await.json(200);
    assert_eq!((health.status.as_str(), health.version.as_str()), ("ok", server::VERSION));
    let ready: Readiness = app.anonymous().get("/health/ready").await.json(200);
    assert!(ready.database && ready.migrations);
    assert_eq!((ready.status.as_str(), ready.version.as_str()), ("ok", server::VERSION));
}

#[tokio::test]
async fn without_migrations_it_lives_but_is_not_ready() {
    let database = TestDatabase::empty().await;
    let instance = Instance::start(database.options(), |_| {}).await;
    let client = Client::new(&instance.url);
    let _ = client.get("/health").await.expect(200);
    let ready: Readiness = client.get("/health/ready").await.json(503);
    assert_eq!((ready.database, ready.migrations), (true, false));
}

#[tokio::test]
async fn one_missing_migration_is_enough() {
    let app = TestApp::start().await;
    let newest = "DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)";
    sqlx::query(newest).execute(&app.db).await.unwrap();
    let answer = app.anonymous().get("/health/ready").await;
    assert_eq!(answer.header("Retry-After"), "2");
    assert!(!answer.json::<Readiness>(503).migrations);
}
