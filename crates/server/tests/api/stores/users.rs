use serde_json::json;
use shared_types::auth::AdminToken;
use shared_types::stores::{User, UserList};
use shared_types::{ErrorCode, UserId};
use test_support::fixture::{PASSWORD, USERNAME};
use test_support::{Answer, Client, TestApp};
use uuid::Uuid;

use crate::wait::{A_SECOND, until};

const USERS: &str = "/api/admin/users";
const OWN: &str = "/api/admin/password";
const ME: &str = "/api/admin/auth/me";
const NEW: &str = "another-password";

fn path(id: UserId) -> String {
    format!("{USERS}/{id}")
}

async fn sign_in(app: &TestApp, username: &str, password: &str) -> Answer {
    let body = json!({"store": app.store.code, "username": username, "password": password});
    app.anonymous().post("/api/auth/admin-login", &body).await
}

/// Another manager, and its login.
async fn second(app: &TestApp) -> (User, Client) {
    let admin = app.admin().await;
    let user: User = admin.post(USERS, &json!({"username": "second", "password": NEW})).await.json(201);
    let login: AdminToken = sign_in(app, "second", NEW).await.json(200);
    (user, app.anonymous().with_token(&login.token))
}

#[tokio::test]
async fn a_new_account_signs_in_and_is_listed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let user: User = admin.post(USERS, &json!({"username": " Anna ", "password": NEW})).await.json(201);
    assert_eq!((user.username.as_str(), user.is_active, user.locked_until), ("Anna", true, None));
    let _ = sign_in(&app, "anna", NEW).await.expect(200);
    let answer = admin.get(USERS).await.expect(200);
    assert!(!answer.text().contains("password") && !answer.text().contains("$2"), "{}", answer.text());
    let names: Vec<_> = answer.json::<UserList>(200).users.into_iter().map(|u| u.username).collect();
    assert_eq!(names, ["Anna", USERNAME]);
    let log = admin.get("/api/admin/audit?entity=user").await.expect(200);
    assert!(!log.text().contains("$2") && !log.text().contains(NEW), "no password in the log");
}

#[tokio::test]
async fn wrong_and_taken_names_are_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for name in [USERNAME, "MANAGER", " manager "] {
        let answer = admin.post(USERS, &json!({"username": name, "password": NEW})).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::NameTaken), "{name}");
    }
    let cases = [
        ("", NEW, "username", ErrorCode::Required),
        ("anna", "1234567", "password", ErrorCode::TooShort),
        ("anna", &"x".repeat(73), "password", ErrorCode::TooLong),
    ];
    for (username, password, field, code) in cases {
        let answer = admin.post(USERS, &json!({"username": username, "password": password})).await;
        assert_eq!(answer.field(field), code);
    }
    assert_eq!(admin.put(&path(UserId(Uuid::now_v7())), &json!({})).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_disabled_accounts_login_ends_within_a_second_everywhere() {
    let app = TestApp::start().await;
    let (other, admin) = (app.second_instance().await, app.admin().await);
    let (user, client) = second(&app).await;
    let mut board = test_support::EventStream::open(&client, "/api/admin/sse/orders", None).await;
    let disabled: User = admin.put(&path(user.id), &json!({"is_active": false})).await.json(200);
    assert!(!disabled.is_active);
    assert_eq!(client.get(ME).await.code(), ErrorCode::CredentialRevoked);
    board.expect_end(A_SECOND).await;
    until(A_SECOND, async || client.at(&other.url).get(ME).await.status == 401).await;
    assert_eq!(sign_in(&app, "second", NEW).await.code(), ErrorCode::InvalidCredentials);
    let enabled: User = admin.put(&path(user.id), &json!({"is_active": true})).await.json(200);
    assert!(enabled.is_active);
    let _ = sign_in(&app, "second", NEW).await.expect(200);
    assert_eq!(client.get(ME).await.status, 401, "what has ended stays ended");
    let _ = admin.delete(&path(user.id)).await.expect(204);
    let list: UserList = admin.get(USERS).await.json(200);
    assert!(list.users.iter().any(|u| u.id == user.id && !u.is_active), "its name stays taken");
}

#[tokio::test]
async fn nobody_disables_oneself_or_the_last_account() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    second(&app).await;
    for answer in [
        admin.delete(&path(app.store.admin)).await,
        admin.put(&path(app.store.admin), &json!({"is_active": false})).await,
    ] {
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::LastUser));
    }
    let _ = admin.get(ME).await.expect(200);
}

#[tokio::test]
async fn of_two_managers_who_disable_each_other_one_stays() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        let admin = app.admin().await;
        let name = Uuid::now_v7().to_string();
        let user: User = admin.post(USERS, &json!({"username": name, "password": NEW})).await.json(201);
        let login: AdminToken = sign_in(&app, &name, NEW).await.json(200);
        let other = app.anonymous().with_token(&login.token);
        let (theirs, ours) = (path(user.id), path(app.store.admin));
        let (a, b) = tokio::join!(admin.delete(&theirs), other.delete(&ours));
        // Whoever comes later is refused: as the last one, or as one who is signed out.
        let lost = if a.status == 204 { &b } else { &a };
        assert_eq!(a.status.min(b.status), 204);
        assert!([401, 409].contains(&lost.status), "{}", lost.text());
        let active = "SELECT count(*) FROM users WHERE store_id = $1 AND is_active";
        assert_eq!(app.count(active).await, 1);
        app.sql("UPDATE users SET is_active = (username = 'manager') WHERE store_id = $1").await;
    }
}

#[tokio::test]
async fn a_password_that_is_reset_ends_logins_and_lock() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (user, client) = second(&app).await;
    for _ in 0..5 {
        let _ = sign_in(&app, "second", "a-wrong-password").await;
    }
    assert_eq!(sign_in(&app, "second", NEW).await.code(), ErrorCode::AccountLocked);
    let list: UserList = admin.get(USERS).await.json(200);
    assert!(list.users.iter().any(|u| u.id == user.id && u.locked_until.is_some()));
    let body = json!({"password": "a-third-password"});
    let reset: User = admin.put(&path(user.id), &body).await.json(200);
    assert_eq!(reset.locked_until, None);
    assert_eq!(client.get(ME).await.code(), ErrorCode::CredentialRevoked);
    assert_eq!(sign_in(&app, "second", NEW).await.code(), ErrorCode::InvalidCredentials);
    let _ = sign_in(&app, "second", "a-third-password").await.expect(200);
}

#[tokio::test]
async fn ones_own_new_password_ends_the_other_logins_and_keeps_this_one() {
    let app = TestApp::start().await;
    let (here, elsewhere) = (app.admin().await, app.admin().await);
    let mut board = elsewhere.stream(None).await;
    let body = json!({"current_password": PASSWORD, "new_password": NEW});
    let answer = here.put(OWN, &body).await.expect(200);
    assert!(answer.header("set-cookie").starts_with(server::auth::cookies::ADMIN));
    let login: AdminToken = answer.json(200);
    let _ = here.with_token(&login.token).get(ME).await.expect(200);
    assert_eq!(elsewhere.get(ME).await.code(), ErrorCode::CredentialRevoked);
    board.expect_end(A_SECOND).await;
    assert_eq!(sign_in(&app, USERNAME, PASSWORD).await.code(), ErrorCode::InvalidCredentials);
    let _ = sign_in(&app, USERNAME, NEW).await.expect(200);
}

#[tokio::test]
async fn ones_own_password_changes_only_for_who_knows_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let short = json!({"current_password": PASSWORD, "new_password": "1234567"});
    assert_eq!(admin.put(OWN, &short).await.field("new_password"), ErrorCode::TooShort);
    let wrong = json!({"current_password": "a-wrong-password", "new_password": NEW});
    for _ in 0..4 {
        let answer = admin.put(OWN, &wrong).await;
        assert_eq!((answer.status, answer.code()), (401, ErrorCode::InvalidCredentials));
    }
    assert_eq!(admin.put(OWN, &wrong).await.code(), ErrorCode::AccountLocked);
    let _ = admin.get(ME).await.expect(200);
    app.advance(chrono::TimeDelta::minutes(16));
    let _ = sign_in(&app, USERNAME, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn null_changes_nothing_of_an_account() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = app.store.admin;
    for field in ["is_active", "password"] {
        let answer = admin.put(&format!("/api/admin/users/{id}"), &json!({field: null})).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{field}");
    }
}
