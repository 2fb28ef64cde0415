use std::net::TcpListener;

use test_support::process::free_address;
use test_support::{ServerProcess, TestDatabase};

use super::{complaint, expect_success, run, run_bare};

#[tokio::test]
async fn migrate_may_run_again_and_at_the_same_time() {
    let database = TestDatabase::empty().await;
    let url = database.url();
    let environment = [("DATABASE_URL", url.as_str())];
    let (a, b) = tokio::join!(run(&environment, &["migrate"]), run(&environment, &["migrate"]));
    expect_success(&a);
    expect_success(&b);
    expect_success(&run(&environment, &["migrate"]).await);
    assert!(db::pool::missing_migrations(&database.pool()).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_older_release_works_with_the_schema_of_a_newer_one() {
    let database = TestDatabase::migrated().await;
    // What a later release writes down when it migrates.
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (99991231235959, 'of a later release', true, '\\x00', 0)";
    sqlx::query(later).execute(&database.pool()).await.unwrap();
    let url = database.url();
    expect_success(&run(&[("DATABASE_URL", url.as_str())], &["migrate"]).await);
    let process = ServerProcess::start(env!("CARGO_BIN_EXE_tableorder"), &url).await;
    let address = process.url().replace("http://", "");
    expect_success(&run_bare(&[("LISTEN_ADDR", &address)], &["healthcheck"]).await);
}

#[tokio::test]
async fn migrate_needs_a_database_and_says_so() {
    let url = format!("postgres://nobody@{}/nothing", free_address());
    let text = complaint(&run(&[("DATABASE_URL", &url)], &["migrate"]).await);
    assert!(text.starts_with("tableorder: migration failed"), "{text}");
}

#[tokio::test]
async fn serve_without_migrations_says_what_to_run() {
    let database = TestDatabase::empty().await;
    let (url, address) = (database.url(), free_address());
    let output = run(&[("DATABASE_URL", &url), ("LISTEN_ADDR", &address)], &["serve"]).await;
    let text = complaint(&output);
    assert!(
        text.starts_with("tableorder: the database lacks migrations (20261122000100 stores and users, "),
        "{text}"
    );
    assert!(text.ends_with("); run: tableorder migrate\n"), "{text}");
}

#[tokio::test]
async fn serve_names_the_one_migration_that_is_missing() {
    let database = TestDatabase::migrated().await;
    let newest = db::MIGRATOR.iter().last().unwrap();
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = $1")
        .bind(newest.version)
        .execute(&database.pool())
        .await
        .unwrap();
    let (url, address) = (database.url(), free_address());
    let output = run(&[("DATABASE_URL", &url), ("LISTEN_ADDR", &address)], &["serve"]).await;
    let name = format!("({} {})", newest.version, newest.description);
    assert!(complaint(&output).contains(&name), "{name}");
}

#[tokio::test]
async fn serve_on_a_taken_port_says_so_in_one_line() {
    let database = TestDatabase::migrated().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let (url, address) = (database.url(), taken.local_addr().unwrap().to_string());
    for name in ["LISTEN_ADDR", "METRICS_ADDR"] {
        let other = if name == "LISTEN_ADDR" { "METRICS_ADDR" } else { "LISTEN_ADDR" };
        let environment = [("DATABASE_URL", url.as_str()), (name, &address), (other, "127.0.0.1:0")];
        let text = complaint(&run(&environment, &["serve"]).await);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains(&address) && text.contains(name), "{text}");
    }
}

#[tokio::test]
async fn healthcheck_is_0_only_while_orders_can_be_taken() {
    let database = TestDatabase::migrated().await;
    let mut process = ServerProcess::start(env!("CARGO_BIN_EXE_tableorder"), &database.url()).await;
    let address = process.url().replace("http://", "");
    let check = async || run_bare(&[("LISTEN_ADDR", &address)], &["healthcheck"]).await;
    expect_success(&check().await);
    let pool = database.pool();
    sqlx::query("DELETE FROM _sqlx_migrations").execute(&pool).await.unwrap();
    assert!(complaint(&check().await).contains("not ready"));
    process.kill();
    complaint(&check().await);
}

#[tokio::test]
async fn openapi_prints_the_document_without_any_configuration() {
    let output = run_bare(&[], &["openapi"]).await;
    expect_success(&output);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), server::openapi::json().unwrap());
}
