//! The device credential: a tablet signs itself in again, and a stolen copy ends it.

use chrono::TimeDelta;
use serde_json::json;
use server::auth::cookies::{DEVICE, TABLE};
use shared_types::ErrorCode;
use shared_types::auth::TableToken;
use test_support::fixture::PASSWORD;
use test_support::{Answer, BrowserClient, TestApp};

use crate::wait::{A_SECOND, until};

const REFRESH: &str = "/api/auth/refresh";

async fn signed_in(app: &TestApp) -> BrowserClient {
    let mut browser = app.browser();
    let body = json!({"store": app.store.code, "table_number": "1", "password": PASSWORD});
    let _ = browser.post("/api/auth/table-login", &body).await.expect(200);
    browser
}

async fn refresh(browser: &mut BrowserClient) -> Answer {
    browser.post(REFRESH, &json!({})).await
}

fn credential(browser: &BrowserClient) -> String {
    browser.cookie(DEVICE).unwrap().value().to_owned()
}

#[tokio::test]
async fn refresh_gives_a_token_and_another_credential() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app).await;
    let mut seen = vec![credential(&browser)];
    for _ in 0..3 {
        let login: TableToken = refresh(&mut browser).await.json(200);
        assert_eq!(login.table.id, app.store.tables[0]);
        assert!(!seen.contains(&credential(&browser)), "a credential came back");
        seen.push(credential(&browser));
        let _ = app.anonymous().with_token(&login.token).get("/api/auth/me").await.expect(200);
    }
}

#[tokio::test]
async fn a_tablet_signs_itself_in_after_sixteen_hours() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app).await;
    app.advance(TimeDelta::hours(17));
    assert_eq!(browser.get("/api/auth/me").await.code(), ErrorCode::TokenExpired);
    let _ = refresh(&mut browser).await.expect(200);
    let _ = browser.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_credential_that_lies_unused_ends() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app).await;
    app.advance(TimeDelta::days(181));
    assert_eq!(refresh(&mut browser).await.code(), ErrorCode::CredentialRevoked);
}

#[tokio::test]
async fn a_replaced_credential_that_comes_back_ends_the_device_everywhere() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let mut browser = signed_in(&app).await;
    let stolen = browser.cookie(DEVICE).unwrap().clone();
    let _ = refresh(&mut browser).await.expect(200);
    let login: TableToken = refresh(&mut browser).await.json(200);
    let mut stream = app.anonymous().with_token(&login.token);
    let mut events = test_support::EventStream::open(&stream, "/api/events", None).await;

    let mut thief = browser.clone();
    thief.restore(stolen);
    assert_eq!(refresh(&mut thief).await.code(), ErrorCode::CredentialRevoked);
    assert_eq!((thief.cookie(DEVICE), thief.cookie(TABLE)), (None, None), "the cookies are taken away");
    // The one who was robbed is signed out too: nobody can tell which of the two is the tablet.
    assert_eq!(refresh(&mut browser.clone()).await.code(), ErrorCode::CredentialRevoked);
    assert_eq!(stream.get("/api/auth/me").await.code(), ErrorCode::CredentialRevoked);
    events.expect_end(A_SECOND).await;
    stream = stream.at(&other.url);
    until(A_SECOND, async || stream.get("/api/auth/me").await.status == 401).await;
}

#[tokio::test]
async fn a_lost_answer_does_not_sign_the_tablet_out() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app).await;
    let kept = browser.cookie(DEVICE).unwrap().clone();
    let _ = refresh(&mut browser).await.expect(200);
    browser.restore(kept.clone());
    app.advance(TimeDelta::minutes(10));
    let _ = refresh(&mut browser).await.expect(200);
    assert_ne!(credential(&browser), kept.value());
    let _ = refresh(&mut browser).await.expect(200);
}

#[tokio::test]
async fn two_tabs_may_use_one_credential_at_the_same_moment() {
    let app = TestApp::start().await;
    let mut first = signed_in(&app).await;
    let mut second = first.clone();
    let _ = refresh(&mut first).await.expect(200);
    let answer = refresh(&mut second).await.expect(200);
    let set: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
    assert!(
        set.iter().all(|cookie| !cookie.starts_with(DEVICE)),
        "the first tab's credential is overwritten"
    );
    let _ = refresh(&mut first).await.expect(200);
}

#[tokio::test]
async fn refresh_wants_a_credential() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    assert_eq!(refresh(&mut browser).await.code(), ErrorCode::Unauthenticated);
    let store = app.store.id;
    for bad in ["x", "a.b.c", &format!("{store}.{store}.{}", "A".repeat(43))] {
        let request =
            browser.request(reqwest::Method::POST, REFRESH).header("Cookie", format!("{DEVICE}={bad}"));
        assert_eq!(browser.send(request).await.code(), ErrorCode::Unauthenticated, "{bad}");
    }
}

#[tokio::test]
async fn logout_ends_token_stream_and_credential() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app).await;
    let before = browser.clone();
    let table = app.anonymous().with_token(browser.cookie(TABLE).unwrap().value());
    let mut events = test_support::EventStream::open(&table, "/api/events", None).await;
    let _ = browser.post("/api/auth/logout", &json!({})).await.expect(204);
    assert_eq!((browser.cookie(DEVICE), browser.cookie(TABLE)), (None, None));
    assert_eq!(table.get("/api/orders").await.code(), ErrorCode::CredentialRevoked);
    events.expect_end(A_SECOND).await;
    assert_eq!(refresh(&mut before.clone()).await.code(), ErrorCode::CredentialRevoked);
}

#[tokio::test]
async fn one_devices_logout_leaves_the_tables_other_devices() {
    let app = TestApp::start().await;
    let (tablet, phone) = (app.table(0).await, app.table(0).await);
    let _ = phone.press("/api/auth/logout").await.expect(204);
    tablet.order(&app.store.stew()).await;
}

#[tokio::test]
async fn a_removed_tables_device_is_out() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app).await;
    let table = app.table(0).await;
    app.sql("UPDATE tables SET deleted_at = now() WHERE store_id = $1").await;
    assert_eq!(refresh(&mut browser).await.code(), ErrorCode::CredentialRevoked);
    assert_eq!(table.get("/api/auth/me").await.code(), ErrorCode::CredentialRevoked);
    assert_eq!(table.try_order(&app.store.stew()).await.code(), ErrorCode::CredentialRevoked);
}
