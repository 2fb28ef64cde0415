//! What a crashed app tells the server.

use std::num::NonZeroU32;

use reqwest::Method;
use serde_json::{Value, json};
use shared_types::ErrorCode;
use test_support::client::send;
use test_support::{AdminClient, Client, ServerProcess, Store, TableClient, TestApp, TestDatabase};

const PATH: &str = "/api/client-errors";

fn crash() -> Value {
    json!({"app": "customer", "version": "0.1.0", "message": "index out of bounds",
        "location": "cart.rs:41:9", "path": "/cart"})
}

/// What the program wrote of crashes while something happened.
async fn written(happens: impl AsyncFnOnce(&Client, &Store)) -> (Vec<Value>, String) {
    let database = TestDatabase::migrated().await;
    let store = Store::insert(&database.pool(), "store-a").await;
    let program = env!("CARGO_BIN_EXE_tableorder");
    let mut process = ServerProcess::start_with(program, &database.url(), &[("LOG_LEVEL", "warn")]).await;
    happens(&Client::new(&process.url()), &store).await;
    process.terminate().await;
    let log = process.log();
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    (lines.filter(|line| line["target"] == "client").collect(), log)
}

#[tokio::test]
async fn a_report_is_one_warning_that_names_who_was_signed_in() {
    let mut ids = Vec::new();
    let (lines, _) = written(async |client, store| {
        let (table, admin) =
            (TableClient::sign_in(client, store, 0).await, AdminClient::sign_in(client, store).await);
        ids = vec![
            (store.id.to_string(), table.table.to_string(), table.login.table.device_id.to_string()),
            (store.id.to_string(), String::new(), admin.login.user.id.to_string()),
            Default::default(),
            Default::default(),
        ];
        let _ = table.post(PATH, &crash()).await.expect(204);
        let mut of_admin = crash();
        of_admin["app"] = json!("admin");
        let _ = admin.post(PATH, &of_admin).await.expect(204);
        let _ = client.post(PATH, &crash()).await.expect(204);
        let _ = client.with_token("none.of.ours").post(PATH, &crash()).await.expect(204);
    })
    .await;
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (line, (store, table, subject)) in lines.iter().zip(ids) {
        assert_eq!((&line["level"], &line["message"]), (&json!("WARN"), &json!("an app has crashed")));
        assert_eq!(line["client.message"], "index out of bounds");
        assert_eq!(
            (&line["client.location"], &line["client.path"]),
            (&json!("cart.rs:41:9"), &json!("/cart"))
        );
        assert_eq!(
            (&line["store"], &line["table"], &line["subject"]),
            (&json!(store), &json!(table), &json!(subject))
        );
    }
    assert_eq!((&lines[0]["client.app"], &lines[1]["client.app"]), (&json!("customer"), &json!("admin")));
}

#[tokio::test]
async fn what_is_written_stays_on_one_line() {
    let (lines, log) = written(async |client, _| {
        let mut report = crash();
        report["message"] = json!("first\n{\"level\":\"ERROR\"}\u{202e}\u{1b}[31m");
        report["path"] = json!("/cart?token=marker-query#marker-hash");
        let _ = client.post(PATH, &report).await.expect(204);
    })
    .await;
    assert_eq!(lines[0]["client.message"], "first\\u{a}{\"level\":\"ERROR\"}\\u{202e}\\u{1b}[31m");
    assert_eq!(lines[0]["client.path"], "/cart");
    assert!(!log.contains("marker-"), "{log}");
}

#[tokio::test]
async fn a_long_report_is_cut_and_a_huge_one_refused() {
    let (lines, _) = written(async |client, _| {
        let mut report = crash();
        report["message"] = json!("x".repeat(5_000));
        report["version"] = json!("9".repeat(500));
        let _ = client.post(PATH, &report).await.expect(204);
        report["message"] = json!("x".repeat(9_000));
        let answer = client.post(PATH, &report).await;
        assert_eq!((answer.status, answer.code()), (413, ErrorCode::PayloadTooLarge));
    })
    .await;
    assert_eq!(lines.len(), 1);
    let length = |field: &str| lines[0][field].as_str().unwrap().len();
    assert_eq!((length("client.message"), length("client.version")), (1_000, 200));
}

#[tokio::test]
async fn few_a_minute_of_each_caller() {
    let app =
        TestApp::start_with(|config| config.limits.reports_per_minute = NonZeroU32::new(2).unwrap()).await;
    let (one, other) = (app.table(0).await, app.table(1).await);
    for _ in 0..2 {
        let _ = one.post(PATH, &crash()).await.expect(204);
    }
    let refused = one.post(PATH, &crash()).await;
    assert_eq!((refused.status, refused.code()), (429, ErrorCode::TooManyRequests));
    assert!((1..=31).contains(&refused.error().details.retry_after_seconds.unwrap()));
    let _ = other.post(PATH, &crash()).await.expect(204);
    let stranger = app.anonymous();
    for expected in [204, 204, 429] {
        let _ = stranger.post(PATH, &crash()).await.expect(expected);
    }
    // Other calls are not slowed down.
    let _ = one.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_browser_reports_from_our_own_page_only() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    let from = async |origin: &str, kind: &str| {
        let request =
            client.request(Method::POST, PATH).header("Origin", origin).header("Content-Type", kind);
        send(request.body(crash().to_string())).await.status
    };
    assert_eq!(from(client.url(), "application/json").await, 204);
    assert_eq!(from("https://elsewhere.example", "application/json").await, 403);
    assert_eq!(from(client.url(), "text/plain;charset=UTF-8").await, 415);
    assert_eq!(client.get(PATH).await.expect(405).header("Allow"), "POST");
}
