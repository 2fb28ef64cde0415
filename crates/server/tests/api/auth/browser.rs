//! Cookies, and requests that other sites make browsers send.

use actix_web::cookie::SameSite;
use serde_json::json;
use server::auth::cookies::{ADMIN, DEVICE, TABLE};
use server::config::Environment;
use shared_types::ErrorCode;
use test_support::fixture::{PASSWORD, USERNAME};
use test_support::{BrowserClient, TestApp};

async fn with_both_apps(app: &TestApp) -> BrowserClient {
    let mut browser = app.browser();
    let table = json!({"store": app.store.code, "table_number": "1", "password": PASSWORD});
    let _ = browser.post("/api/auth/table-login", &table).await.expect(200);
    let admin = json!({"store": app.store.code, "username": USERNAME, "password": PASSWORD});
    let _ = browser.post("/api/auth/admin-login", &admin).await.expect(200);
    browser
}

/// An unsafe request that leaves nothing behind but an open call.
async fn write(browser: &mut BrowserClient) -> test_support::Answer {
    browser.post("/api/calls", &json!({"kind": "water"})).await
}

async fn check_cookies(environment: Environment, secure: bool) {
    let app = TestApp::start_with(|config| config.environment = environment).await;
    let browser = with_both_apps(&app).await;
    for (name, path, days) in [(ADMIN, "/api", 0), (TABLE, "/api", 0), (DEVICE, "/api/auth", 180)] {
        let cookie = browser.cookie(name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(cookie.http_only(), Some(true), "{name}");
        assert_eq!(cookie.same_site(), Some(SameSite::Strict), "{name}");
        assert_eq!(cookie.path(), Some(path), "{name}");
        assert_eq!(cookie.secure().unwrap_or_default(), secure, "{name}");
        assert_eq!(cookie.domain(), None, "{name} is for this host only");
        assert_eq!(cookie.max_age().unwrap().whole_days(), days, "{name}");
    }
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    check_cookies(Environment::Local, false).await;
}

#[tokio::test]
async fn in_production_cookies_travel_over_https_only() {
    check_cookies(Environment::Production, true).await;
}

#[tokio::test]
async fn both_apps_work_side_by_side() {
    let app = TestApp::start().await;
    let mut browser = with_both_apps(&app).await;
    assert_eq!(browser.sent_to("/api/orders"), [ADMIN, TABLE]);
    assert_eq!(browser.sent_to("/api/auth/refresh"), [ADMIN, DEVICE, TABLE]);
    assert!(browser.sent_to("/").is_empty());
    let _ = browser.get("/api/auth/me").await.expect(200);
    let _ = browser.get("/api/admin/auth/me").await.expect(200);

    let _ = browser.post("/api/admin/auth/logout", &json!({})).await.expect(204);
    assert_eq!(browser.get("/api/admin/auth/me").await.code(), ErrorCode::Unauthenticated);
    let _ = browser.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn each_apps_paths_read_only_its_own_cookie() {
    let app = TestApp::start().await;
    let both = with_both_apps(&app).await;
    let mut table_only = app.browser();
    table_only.restore(both.cookie(TABLE).unwrap().clone());
    assert_eq!(table_only.get("/api/admin/orders").await.code(), ErrorCode::Unauthenticated);
    let mut admin_only = app.browser();
    admin_only.restore(both.cookie(ADMIN).unwrap().clone());
    assert_eq!(admin_only.get("/api/orders").await.code(), ErrorCode::Unauthenticated);
}

#[tokio::test]
async fn a_write_with_cookies_must_come_from_our_own_page() {
    let app = TestApp::start().await;
    let browser = with_both_apps(&app).await;
    for origin in [None, Some("https://evil.example"), Some("null"), Some("http://127.0.0.1")] {
        let answer = write(&mut browser.from_origin(origin)).await;
        assert_eq!(answer.code(), ErrorCode::WrongOrigin, "{origin:?}");
    }
    assert_eq!(app.count("SELECT count(*) FROM calls WHERE store_id = $1").await, 0);
    let _ = write(&mut browser.clone()).await.expect(201);
}

#[tokio::test]
async fn reading_needs_no_origin() {
    let app = TestApp::start().await;
    let mut browser = with_both_apps(&app).await.from_origin(None);
    let _ = browser.get("/api/orders").await.expect(200);
}

#[tokio::test]
async fn an_api_client_needs_no_origin() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let _ = table.post("/api/calls", &json!({"kind": "water"})).await.expect(201);
}

#[tokio::test]
async fn another_site_cannot_sign_a_browser_in() {
    let app = TestApp::start().await;
    let mut browser = app.browser().from_origin(Some("https://evil.example"));
    let body = json!({"store": app.store.code, "table_number": "1", "password": PASSWORD});
    assert_eq!(browser.post("/api/auth/table-login", &body).await.code(), ErrorCode::WrongOrigin);
}

#[tokio::test]
async fn a_public_origin_is_ours_too() {
    let origin = "https://order.example";
    let app = TestApp::start_with(|config| config.public_origins = vec![origin.to_owned()]).await;
    let browser = with_both_apps(&app).await;
    let _ = write(&mut browser.from_origin(Some(origin))).await.expect(201);
    let answer = write(&mut browser.from_origin(Some("https://order.example.evil.example"))).await;
    assert_eq!(answer.code(), ErrorCode::WrongOrigin);
}

#[tokio::test]
async fn a_form_of_another_site_has_the_wrong_media_type() {
    let app = TestApp::start().await;
    let mut browser = with_both_apps(&app).await;
    let request = browser.request(reqwest::Method::POST, "/api/calls").header("Content-Type", "text/plain");
    let answer = browser.send(request.body(r#"{"kind": "water"}"#)).await;
    assert_eq!(answer.code(), ErrorCode::UnsupportedMediaType);
}
