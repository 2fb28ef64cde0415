//! `HEAD` answers what `GET` answers, without the body.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use test_support::client::send;
use test_support::{Client, TestApp};

/// Differ from answer to answer, be it in their order, or say how the body that is missing would be sent.
const OF_THE_MOMENT: [&str; 7] = [
    "access-control-expose-headers",
    "connection",
    "date",
    "ratelimit-remaining",
    "server-timing",
    "transfer-encoding",
    "x-request-id",
];

async fn compare(client: &Client, path: &str) {
    let get = client.request(Method::GET, path).send().await.unwrap();
    let (status, mut expected) = (get.status(), get.headers().clone());
    drop(get);
    // A stream never ends, unless its body is left out.
    let head = send(client.request(Method::HEAD, path));
    let head = tokio::time::timeout(Duration::from_secs(10), head).await.expect("HEAD waits for a body");
    let mut headers = head.headers.clone();
    for name in OF_THE_MOMENT {
        expected.remove(name);
        headers.remove(name);
    }
    // An error's length depends on the request's id, which is of one length; it stays in the comparison.
    assert_eq!((head.status, &headers), (status.as_u16(), &expected), "{path}");
    assert!(head.body.is_empty(), "{path} sent a body");
}

#[tokio::test]
async fn head_answers_wherever_get_does() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let api: Value = serde_json::from_str(&server::openapi::json().unwrap()).unwrap();
    for (path, item) in api["paths"].as_object().unwrap() {
        let Some(get) = item.get("get") else { continue };
        let path = path.replace("{id}", &table.table.to_string()).replace("{name}", "nothing.webp");
        let client: &Client = match get["security"][0].as_object().and_then(|s| s.keys().next()) {
            Some(who) if who == "admin" => &admin,
            Some(_) => &table,
            None => &app.anonymous(),
        };
        // Its answer holds the time, whose length varies.
        if path != "/health" {
            compare(client, &path).await;
        }
    }
    compare(&app.anonymous(), "/api/docs/style.css").await;
    compare(&app.anonymous(), "/api/nothing").await;
    compare(&app.anonymous(), "/api/menus").await;
}

#[tokio::test]
async fn head_of_health_has_a_length_and_no_body() {
    let app = TestApp::start().await;
    let answer = send(app.anonymous().request(Method::HEAD, "/health")).await.expect(200);
    assert!(answer.header("Content-Length").parse::<u64>().unwrap() > 40);
    assert!(answer.body.is_empty());
    // The connection is still in step: the next answer on it is read from its first byte.
    let _ = app.anonymous().get("/health").await.expect(200);
}

#[tokio::test]
async fn head_does_not_pass_for_another_method() {
    let app = TestApp::start().await;
    let answer = send(app.anonymous().request(Method::HEAD, "/api/auth/table-login")).await;
    assert_eq!((answer.status, answer.header("Allow")), (405, "POST"));
}

#[tokio::test]
async fn head_answers_for_the_apps_files_too() {
    let web = tempfile::tempdir().unwrap();
    for name in ["customer", "admin"] {
        let folder = web.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "<!doctype html><p>hello</p>").unwrap();
        std::fs::write(folder.join("icon.svg"), "<svg/>").unwrap();
    }
    let path = web.path().to_path_buf();
    let app = TestApp::start_with(|config| config.web_dir = Some(path)).await;
    let client = app.anonymous();
    for path in ["/", "/icon.svg", "/cart", "/missing.js", "/admin", "/admin/", "/admin/icon.svg"] {
        compare(&client, path).await;
    }
    let icon = send(client.request(Method::HEAD, "/icon.svg")).await.expect(200);
    assert_eq!((icon.header("Content-Length"), icon.header("Content-Type")), ("6", "image/svg+xml"));
}
