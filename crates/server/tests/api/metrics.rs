//! What Prometheus is told, and that every number is documented.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use test_support::process::free_address;
use test_support::{AdminClient, Client, ServerProcess, Store, TableClient, TestDatabase};

use crate::wait::until;

/// The program with its metrics on; in a process, because the numbers are one for all of it.
struct Metered {
    client: Client,
    metrics: Client,
    _process: ServerProcess,
}

impl Metered {
    async fn start(database: &TestDatabase) -> Self {
        let address = free_address();
        let environment = [("METRICS_ADDR", address.as_str()), ("DATABASE_POOL_SIZE", "15")];
        let program = env!("CARGO_BIN_EXE_tableorder");
        let process = ServerProcess::start_with(program, &database.url(), &environment).await;
        let metrics = Client::new(&format!("http://{address}"));
        Self { client: Client::new(&process.url()), metrics, _process: process }
    }

    async fn text(&self) -> String {
        self.metrics.get("/metrics").await.expect(200).text()
    }

    /// The value of a line that begins so.
    async fn value(&self, line: &str) -> f64 {
        let text = self.text().await;
        let found = text.lines().find_map(|l| l.strip_prefix(line)?.trim().parse().ok());
        found.unwrap_or_else(|| panic!("no {line} in {text}"))
    }
}

#[tokio::test]
async fn numbers_follow_what_happens() {
    let database = TestDatabase::migrated().await;
    let store = Store::insert(&database.pool(), "store-a").await;
    let app = Metered::start(&database).await;
    assert!(app.value("tableorder_orders_placed_total").await.abs() < f64::EPSILON);
    let wrong = json!({"store": store.code, "table_number": "2", "password": "not-the-password"});
    for _ in 0..5 {
        app.client.post("/api/auth/table-login", &wrong).await;
    }
    let table = TableClient::sign_in(&app.client, &store, 0).await;
    let admin = AdminClient::sign_in(&app.client, &store).await;
    let mut stream = admin.stream(None).await;
    for _ in 0..3 {
        table.order(&store.stew()).await;
    }
    stream.take(3).await;
    let _ = app.client.request("BREW".parse().unwrap(), "/coffee").send().await.unwrap();
    for (line, expected) in [
        ("tableorder_orders_placed_total", 3.0),
        ("tableorder_events_delivered_total", 3.0),
        ("tableorder_event_delay_seconds_count", 3.0),
        ("tableorder_event_streams", 1.0),
        ("tableorder_login_failures_total{kind=\"table\"}", 5.0),
        ("tableorder_login_lockouts_total", 1.0),
        ("tableorder_menu_snapshots", 1.0),
        ("tableorder_database_connections_max", 15.0),
        (
            "tableorder_http_request_duration_seconds_count{method=\"POST\",route=\"/api/orders\",status=\"201\"}",
            3.0,
        ),
        (
            "tableorder_http_request_duration_seconds_count{method=\"other\",route=\"/{tail:.*}\",status=\"405\"}",
            1.0,
        ),
    ] {
        assert!((app.value(line).await - expected).abs() < f64::EPSILON, "{line}: {}", app.text().await);
    }
    assert!(app.value("tableorder_event_transactions_total").await >= 3.0);
    // Looked up each minute, so the next instance to start says it first.
    let next = Metered::start(&database).await;
    until(Duration::from_secs(5), async || {
        (next.value("tableorder_tables_open").await - 1.0).abs() < f64::EPSILON
    })
    .await;
    assert!(app.value("tableorder_snapshot_age_seconds").await < 5.0);
    let mut own = table.stream(None).await;
    assert!((app.value("tableorder_event_streams").await - 2.0).abs() < f64::EPSILON);
    let _ = table.press("/api/auth/logout").await.expect(204);
    own.expect_end(Duration::from_secs(2)).await;
    until(Duration::from_secs(2), async || app.value("tableorder_event_streams").await < 1.5).await;
}

#[tokio::test]
async fn metrics_are_not_on_the_public_address() {
    let database = TestDatabase::migrated().await;
    let app = Metered::start(&database).await;
    let _ = app.client.get("/metrics").await.expect(404);
}

#[tokio::test]
async fn every_name_is_documented_and_every_documented_name_exists() {
    let database = TestDatabase::migrated().await;
    let store = Store::insert(&database.pool(), "store-a").await;
    let app = Metered::start(&database).await;
    let admin = AdminClient::sign_in(&app.client, &store).await;
    let mut stream = admin.stream(None).await;
    TableClient::sign_in(&app.client, &store, 0).await.order(&store.stew()).await;
    stream.event().await;
    let text = app.text().await;
    let told: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    let page = include_str!("../../../../docs/observability.md");
    let documented: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split(['`', '{']).next())
        .filter(|name| name.starts_with("tableorder_") && !name.contains(' '))
        .collect();
    assert_eq!(told, documented);
}
