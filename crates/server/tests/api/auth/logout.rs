//! What a manager's signing out ends.

use serde_json::json;
use server::auth::cookies;
use shared_types::ErrorCode;
use test_support::TestApp;
use test_support::fixture::{PASSWORD, USERNAME};

use crate::wait::{A_SECOND, until};

const LOGOUT: &str = "/api/admin/auth/logout";
const EVERYWHERE: &str = "/api/admin/auth/logout-everywhere";
const ME: &str = "/api/admin/auth/me";

#[tokio::test]
async fn signing_out_ends_this_login_everywhere_and_no_other() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (gone, stays) = (app.admin().await, app.admin().await);
    let (mut board, mut kept) = (gone.stream(None).await, stays.stream(None).await);
    let mut board_there = gone.at(&other.url).stream(None).await;
    let _ = gone.press(LOGOUT).await.expect(204);
    assert_eq!(gone.get(ME).await.code(), ErrorCode::CredentialRevoked);
    board.expect_end(A_SECOND).await;
    board_there.expect_end(A_SECOND).await;
    until(A_SECOND, async || gone.at(&other.url).get(ME).await.status == 401).await;
    let _ = stays.get(ME).await.expect(200);
    let _ = stays.at(&other.url).get(ME).await.expect(200);
    app.table(0).await.order(&app.store.stew()).await;
    assert_eq!(kept.event().await.kind, "order-created");
    let _ = app.admin().await.get(ME).await.expect(200);
}

#[tokio::test]
async fn a_copy_of_the_browsers_cookie_ends_with_it() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let login = json!({"store": app.store.code, "username": USERNAME, "password": PASSWORD});
    let _ = browser.post("/api/auth/admin-login", &login).await.expect(200);
    let mut thief = app.browser();
    thief.restore(browser.cookie(cookies::ADMIN).unwrap().clone());
    let _ = thief.get(ME).await.expect(200);
    let _ = browser.post(LOGOUT, &json!({})).await.expect(204);
    assert!(browser.cookie(cookies::ADMIN).is_none());
    assert_eq!(thief.get(ME).await.code(), ErrorCode::CredentialRevoked);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_logins_within_a_second() {
    let app = TestApp::start().await;
    let (other, colleagues) = (app.second_instance().await, app.second_store().await);
    let (here, there, colleague) =
        (app.admin().await, app.admin().await.at(&other.url), app.admin_of(&colleagues).await);
    let (mut board, mut board_there) = (here.stream(None).await, there.stream(None).await);
    let answer = here.press(EVERYWHERE).await.expect(204);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(here.get(ME).await.code(), ErrorCode::CredentialRevoked);
    board.expect_end(A_SECOND).await;
    board_there.expect_end(A_SECOND).await;
    until(A_SECOND, async || there.get(ME).await.status == 401).await;
    let _ = colleague.get(ME).await.expect(200);
    let again = app.admin().await;
    let _ = again.get(ME).await.expect(200);
    let log = again.get("/api/admin/audit?action=logout_everywhere").await.value(200);
    assert_eq!(log["entries"][0]["entity_id"], app.store.admin.to_string());
}
