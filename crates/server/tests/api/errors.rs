//! What is answered when a request is not understood.

use reqwest::{Method, RequestBuilder};
use shared_types::{ErrorCode, Lang};
use test_support::client::send;
use test_support::{Answer, TestApp};
use uuid::Uuid;

const LOGIN: &str = "/api/auth/table-login";

fn json(request: RequestBuilder, body: impl Into<reqwest::Body>) -> RequestBuilder {
    request.header("Content-Type", "application/json").body(body)
}

#[tokio::test]
async fn an_unknown_path_is_answered_in_json() {
    let app = TestApp::start().await;
    for path in ["/api/nothing", "/api", "/api/", "/api/orders/7/nothing", "/nothing", "/api/../etc/passwd"] {
        let answer = app.anonymous().get(path).await;
        assert_eq!((answer.status, answer.code()), (404, ErrorCode::NotFound), "{path}");
        assert!(answer.header("Content-Type").starts_with("application/json"));
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_apart_from_an_unknown_path() {
    let app = TestApp::start().await;
    for (method, path, allowed) in [
        (Method::DELETE, "/api/menus", "GET, HEAD"),
        (Method::PUT, "/api/orders", "GET, HEAD, POST"),
        (Method::GET, LOGIN, "POST"),
        (Method::PATCH, "/api/admin/orders/0192f0c1-0000-7000-8000-000000000000", "DELETE, GET, HEAD"),
        (Method::POST, "/health", "GET, HEAD"),
        // Not an id.
        (Method::DELETE, "/api/admin/menus/order", "PUT"),
        (Method::DELETE, "/api/admin/categories/order", "PUT"),
    ] {
        let answer = send(app.anonymous().request(method.clone(), path)).await;
        assert_eq!((answer.status, answer.code()), (405, ErrorCode::MethodNotAllowed), "{method} {path}");
        assert_eq!(answer.header("Allow"), allowed, "{method} {path}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_the_expected_json_is_malformed() {
    let app = TestApp::start().await;
    for body in ["", "{", "[]", "null", r#"{"store": 1}"#, r#"{"store": "x"}"#, "\u{feff}{}"] {
        let answer = send(json(app.anonymous().request(Method::POST, LOGIN), body)).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{body}");
    }
    let binary = vec![0xff, 0xfe, 0x00];
    let answer = send(json(app.anonymous().request(Method::POST, LOGIN), binary)).await;
    assert_eq!(answer.code(), ErrorCode::MalformedRequest);
}

#[tokio::test]
async fn another_media_type_is_not_supported() {
    let app = TestApp::start().await;
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let request = app.anonymous().request(Method::POST, LOGIN).header("Content-Type", media_type);
        let answer = send(request.body("{}")).await;
        assert_eq!((answer.status, answer.code()), (415, ErrorCode::UnsupportedMediaType), "{media_type}");
    }
    let answer = send(app.anonymous().request(Method::POST, LOGIN).body("{}")).await;
    assert_eq!(answer.code(), ErrorCode::UnsupportedMediaType, "none at all");
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large() {
    let app = TestApp::start().await;
    let body = format!(r#"{{"store": "{}"}}"#, "x".repeat(server::http::JSON_LIMIT));
    let answer = send(json(app.anonymous().request(Method::POST, LOGIN), body)).await;
    assert_eq!((answer.status, answer.code()), (413, ErrorCode::PayloadTooLarge));
}

#[tokio::test]
async fn the_message_is_in_the_callers_language() {
    let app = TestApp::start().await;
    for (accepted, lang) in [
        ("", Lang::Ko),
        ("en-GB,en;q=0.9", Lang::En),
        ("fr, ja;q=0.5", Lang::Ja),
        ("zh-CN", Lang::Zh),
        ("fr", Lang::Ko),
    ] {
        let request = app.anonymous().request(Method::GET, "/api/menus").header("Accept-Language", accepted);
        let error = send(request).await.error();
        assert_eq!(error.message, ErrorCode::Unauthenticated.message(lang), "{accepted}");
    }
}

async fn with_id(app: &TestApp, id: &str) -> Answer {
    send(app.anonymous().request(Method::GET, "/api/menus").header("X-Request-Id", id)).await
}

#[tokio::test]
async fn the_request_id_comes_back() {
    let app = TestApp::start().await;
    let answer = with_id(&app, "till-7.42").await;
    assert_eq!(answer.header("X-Request-Id"), "till-7.42");
    assert_eq!(answer.error().request_id.as_deref(), Some("till-7.42"));
}

#[tokio::test]
async fn a_request_without_a_usable_id_gets_one() {
    let app = TestApp::start().await;
    let mut seen = Vec::new();
    for id in ["", "two words", &"x".repeat(65)] {
        let answer = with_id(&app, id).await;
        let given = answer.header("X-Request-Id").to_owned();
        assert!(given.parse::<Uuid>().is_ok(), "{given}");
        assert_eq!(answer.error().request_id, Some(given.clone()));
        seen.push(given);
    }
    let fine = app.anonymous().get("/health").await.expect(200);
    assert!(fine.header("X-Request-Id").parse::<Uuid>().is_ok());
    seen.dedup();
    assert_eq!(seen.len(), 3, "each its own");
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for answer in [
        app.anonymous().get("/health").await,
        table.get("/api/menus").await,
        table.get("/api/orders").await,
        app.anonymous().get("/api/nothing").await,
        app.anonymous().get("/api/orders").await,
    ] {
        assert_eq!(answer.header("X-Content-Type-Options"), "nosniff");
        assert_eq!(answer.header("X-Frame-Options"), "DENY");
        assert_eq!(answer.header("Referrer-Policy"), "same-origin");
        assert!(answer.header("Server-Timing").starts_with("app;dur="));
        assert!(!answer.header("Cache-Control").contains("public"));
        assert_eq!((answer.header("Server"), answer.header("X-Powered-By")), ("", ""));
    }
    assert_eq!(table.get("/api/orders").await.header("Cache-Control"), "no-store");
}

#[tokio::test]
async fn a_fault_of_ours_says_nothing_of_its_cause() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    // A view follows its table to another name; the board reads the view.
    sqlx::query("ALTER TABLE orders RENAME TO orders_elsewhere").execute(&app.db).await.unwrap();
    sqlx::query("ALTER VIEW order_documents RENAME TO documents_elsewhere").execute(&app.db).await.unwrap();
    for answer in [table.try_order(&app.store.stew()).await, admin.get("/api/admin/orders").await] {
        assert_eq!((answer.status, answer.code()), (500, ErrorCode::Internal));
        let text = answer.text().to_lowercase();
        for word in ["orders", "relation", "sql", "select", "postgres", "panic", ".rs"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[tokio::test]
async fn ids_that_are_none_name_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for id in ["7", "not-a-uuid", "%00", "'; DROP TABLE orders; --"] {
        let answer = admin.delete(&format!("/api/admin/orders/{id}")).await;
        assert_eq!((answer.status, answer.code()), (404, ErrorCode::NotFound), "{id}");
    }
}
