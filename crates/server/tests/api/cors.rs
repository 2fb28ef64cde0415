//! Which other origins' pages may call the API.

use reqwest::Method;
use test_support::client::send;
use test_support::{Answer, TestApp};

const OURS: &str = "https://order.example";

async fn app() -> TestApp {
    TestApp::start_with(|config| config.public_origins = vec![OURS.to_owned()]).await
}

/// What a browser asks before a page of another origin may place an order.
async fn ask(app: &TestApp, origin: &str) -> Answer {
    let request = app.anonymous().request(Method::OPTIONS, "/api/orders").header("Origin", origin);
    let request = request.header("Access-Control-Request-Method", "POST");
    send(request.header("Access-Control-Request-Headers", "content-type,idempotency-key")).await
}

#[tokio::test]
async fn a_configured_origin_may_call_with_cookies() {
    let app = app().await;
    let granted = ask(&app, OURS).await.expect(200);
    assert_eq!(granted.header("Access-Control-Allow-Origin"), OURS);
    assert_eq!(granted.header("Access-Control-Allow-Credentials"), "true");
    assert!(granted.header("Access-Control-Allow-Methods").contains("POST"));
    assert!(granted.header("Access-Control-Allow-Headers").to_lowercase().contains("idempotency-key"));
    assert!(granted.header("Vary").to_lowercase().contains("origin"));
}

#[tokio::test]
async fn an_error_can_be_read_by_a_configured_origin_too() {
    let app = app().await;
    let refused = send(app.anonymous().request(Method::GET, "/api/orders").header("Origin", OURS)).await;
    assert_eq!((refused.status, refused.header("Access-Control-Allow-Origin")), (401, OURS));
    assert!(refused.header("Access-Control-Expose-Headers").to_lowercase().contains("retry-after"));
}

#[tokio::test]
async fn no_other_origin_is_allowed_anything() {
    let (configured, plain) = (app().await, TestApp::start().await);
    for app in [&configured, &plain] {
        for origin in
            ["https://evil.example", "https://order.example.evil.example", "http://order.example", "null"]
        {
            let refused = ask(app, origin).await;
            assert_eq!(refused.header("Access-Control-Allow-Origin"), "", "{origin}");
            let read = app.anonymous().request(Method::GET, "/api/openapi.json").header("Origin", origin);
            assert_eq!(send(read).await.expect(200).header("Access-Control-Allow-Origin"), "", "{origin}");
        }
    }
}
