//! Access tokens: how long they live, and what ends them early.

use chrono::TimeDelta;
use reqwest::Method;
use shared_types::ErrorCode;
use test_support::TestApp;
use test_support::client::send;

use crate::wait::{A_SECOND, until};

#[tokio::test]
async fn a_token_lives_sixteen_hours() {
    let app = TestApp::start().await;
    let (admin, table) = (app.admin().await, app.table(0).await);
    app.advance(TimeDelta::hours(16) - TimeDelta::minutes(1));
    let _ = admin.get("/api/admin/auth/me").await.expect(200);
    let _ = table.get("/api/auth/me").await.expect(200);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(admin.get("/api/admin/auth/me").await.code(), ErrorCode::TokenExpired);
    assert_eq!(table.get("/api/auth/me").await.code(), ErrorCode::TokenExpired);
}

#[tokio::test]
async fn a_token_is_for_one_app() {
    let app = TestApp::start().await;
    let (admin, table) = (app.admin().await, app.table(0).await);
    assert_eq!(admin.get("/api/auth/me").await.code(), ErrorCode::Forbidden);
    assert_eq!(table.get("/api/admin/auth/me").await.code(), ErrorCode::Forbidden);
}

#[tokio::test]
async fn the_authorization_header_must_hold_a_bearer_token() {
    let app = TestApp::start().await;
    let token = app.table(0).await.token().to_owned();
    let me = async |header: String| {
        send(app.anonymous().request(Method::GET, "/api/auth/me").header("Authorization", header)).await
    };
    let _ = me(format!("bearer {token}")).await.expect(200);
    for bad in [token.clone(), format!("Basic {token}"), "Bearer".to_owned(), format!("Bearer {token}x")] {
        assert_eq!(me(bad).await.code(), ErrorCode::Unauthenticated);
    }
}

#[tokio::test]
async fn a_disabled_managers_token_and_stream_end_within_a_second() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut events = admin.stream(None).await;
    app.sql("UPDATE users SET is_active = false WHERE store_id = $1").await;
    let mut conn = app.db.acquire().await.unwrap();
    db::auth::end_user_tokens(&mut conn, app.store.id, app.store.admin, app.clock().now()).await.unwrap();
    // Another program wrote it: nobody told this one.
    until(A_SECOND, async || admin.get("/api/admin/orders").await.status == 401).await;
    events.expect_end(A_SECOND).await;
}

#[tokio::test]
async fn a_new_login_works_after_all_tokens_were_ended() {
    let app = TestApp::start().await;
    let old = app.admin().await;
    let mut conn = app.db.acquire().await.unwrap();
    db::auth::end_user_tokens(&mut conn, app.store.id, app.store.admin, app.clock().now()).await.unwrap();
    until(A_SECOND, async || old.get("/api/admin/auth/me").await.status == 401).await;
    let _ = app.admin().await.get("/api/admin/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_restarted_server_remembers_who_was_signed_out() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let _ = table.press("/api/auth/logout").await.expect(204);
    let restarted = app.second_instance().await;
    until(A_SECOND, async || table.at(&restarted.url).get("/api/auth/me").await.status == 401).await;
}
