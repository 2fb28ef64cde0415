use serde_json::{Value, json};
use shared_types::ErrorCode;
use shared_types::auth::{AdminMe, TOKEN_SECONDS, TableMe, TableToken};
use test_support::fixture::{PASSWORD, TABLES, USERNAME};
use test_support::{Answer, TestApp};

use super::{Login, WRONG};

#[tokio::test]
async fn a_manager_signs_in() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    assert_eq!((admin.login.user.id, admin.login.user.username.as_str()), (app.store.admin, USERNAME));
    assert_eq!((admin.login.store.id, admin.login.expires_in), (app.store.id, TOKEN_SECONDS));
    let left = admin.login.expires_at - app.clock().now();
    assert!((TOKEN_SECONDS - 60..=TOKEN_SECONDS).contains(&left.num_seconds()), "{left}");
    let me: AdminMe = admin.get("/api/admin/auth/me").await.json(200);
    assert_eq!((me.user, me.store), (admin.login.user.clone(), admin.login.store.clone()));
}

#[tokio::test]
async fn a_table_signs_in() {
    let app = TestApp::start().await;
    let table = app.table(2).await;
    assert_eq!((table.table, table.login.table.table_number.as_str()), (app.store.tables[2], TABLES[2]));
    assert_eq!((table.login.store.id, table.login.expires_in), (app.store.id, TOKEN_SECONDS));
    let me: TableMe = table.get("/api/auth/me").await.json(200);
    assert_eq!((me.table, me.store), (table.login.table.clone(), table.login.store.clone()));
}

#[tokio::test]
async fn a_password_that_nobody_can_have_set_is_a_wrong_field() {
    let app = TestApp::start().await;
    for (password, code) in
        [("", ErrorCode::Required), ("a\0b", ErrorCode::InvalidFormat), (&"x".repeat(73), ErrorCode::TooLong)]
    {
        for (login, name) in [(Login::Table, TABLES[0]), (Login::Admin, USERNAME)] {
            let answer = login.attempt_as(&app, &app.store.code, name, password).await;
            assert_eq!((answer.status, answer.field("password")), (400, code), "{password:?}");
        }
    }
}

#[tokio::test]
async fn table_numbers_and_user_names_ignore_case() {
    let app = TestApp::start().await;
    for number in ["Vip1", "VIP1", " vip1 "] {
        let answer = Login::Table.attempt_as(&app, &app.store.code, number, PASSWORD).await;
        assert_eq!(answer.json::<TableToken>(200).table.table_number, "Vip1");
    }
    let _ = Login::Admin.attempt_as(&app, &app.store.code, "MANAGER", PASSWORD).await.expect(200);
}

/// The answer without what differs from request to request.
fn without_id(answer: Answer) -> Value {
    let mut body = answer.value(401);
    body["error"].as_object_mut().unwrap().remove("request_id").expect("a request id");
    body
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_are_answered_alike() {
    let app = TestApp::start().await;
    for login in Login::BOTH {
        let wrong = login.attempt(&app, WRONG).await;
        assert_eq!(wrong.code(), ErrorCode::InvalidCredentials);
        let wrong = without_id(wrong);
        let nobody = login.attempt_as(&app, &app.store.code, "nobody", PASSWORD).await;
        assert_eq!(without_id(nobody), wrong, "{login:?}, unknown name");
        let nowhere = login.attempt_as(&app, "no-such-store", "1", PASSWORD).await;
        assert_eq!(without_id(nowhere), wrong, "{login:?}, unknown store");
    }
}

#[tokio::test]
async fn a_login_reaches_only_the_store_that_it_names() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let answer = Login::Table.attempt_as(&app, &other.code, "1", PASSWORD).await;
    let login: TableToken = answer.json(200);
    assert_eq!((login.store.id, login.table.id), (other.id, other.tables[0]));
}

#[tokio::test]
async fn a_disabled_manager_and_a_removed_table_do_not_exist() {
    let app = TestApp::start().await;
    app.sql("UPDATE users SET is_active = false WHERE store_id = $1").await;
    app.sql("UPDATE tables SET deleted_at = now() WHERE store_id = $1").await;
    for login in Login::BOTH {
        assert_eq!(login.attempt(&app, PASSWORD).await.code(), ErrorCode::InvalidCredentials, "{login:?}");
    }
}

#[tokio::test]
async fn a_password_over_72_bytes_is_refused_not_cut() {
    let app = TestApp::start().await;
    for login in Login::BOTH {
        // 25 syllables are 75 bytes.
        for long in ["x".repeat(73), "비".repeat(25)] {
            assert_eq!(login.attempt(&app, &long).await.field("password"), ErrorCode::TooLong, "{login:?}");
        }
        // 72 are read: the answer is about the password, not about its length.
        assert_eq!(login.attempt(&app, &"x".repeat(72)).await.code(), ErrorCode::InvalidCredentials);
    }
}

#[tokio::test]
async fn blank_and_malformed_fields_are_named() {
    let app = TestApp::start().await;
    let body = json!({"store": "Not A Code", "username": "  ", "password": ""});
    let answer = app.anonymous().post("/api/auth/admin-login", &body).await;
    assert_eq!(answer.code(), ErrorCode::ValidationFailed);
    assert_eq!(answer.field("store"), ErrorCode::InvalidFormat);
    assert_eq!(answer.field("username"), ErrorCode::Required);
    assert_eq!(answer.field("password"), ErrorCode::Required);
    let long = "9".repeat(21);
    assert_eq!(
        Login::Table.attempt_as(&app, &app.store.code, &long, PASSWORD).await.field("table_number"),
        ErrorCode::TooLong
    );
}
