//! Five wrong passwords lock an account for fifteen minutes.

use chrono::TimeDelta;
use futures_util::future::join_all;
use shared_types::ErrorCode;
use test_support::TestApp;
use test_support::fixture::PASSWORD;

use super::{Login, WRONG};

/// Wrong passwords that must not lock.
async fn fail(app: &TestApp, login: Login, times: usize) {
    for time in 1..=times {
        let code = login.attempt(app, WRONG).await.code();
        assert_eq!(code, ErrorCode::InvalidCredentials, "{login:?}, wrong password {time}");
    }
}

async fn lock(app: &TestApp, login: Login) {
    fail(app, login, 4).await;
    assert_eq!(login.attempt(app, WRONG).await.code(), ErrorCode::AccountLocked, "{login:?}");
}

#[tokio::test]
async fn the_fifth_wrong_password_says_locked_and_for_how_long() {
    let app = TestApp::start().await;
    for login in Login::BOTH {
        fail(&app, login, 4).await;
        let fifth = login.attempt(&app, WRONG).await;
        assert_eq!(fifth.code(), ErrorCode::AccountLocked);
        let seconds = fifth.error().details.retry_after_seconds.unwrap();
        assert!((890..=900).contains(&seconds), "{seconds}");
        assert_eq!(fifth.header("Retry-After"), seconds.to_string());
    }
}

#[tokio::test]
async fn the_right_password_is_refused_while_locked() {
    let app = TestApp::start().await;
    for login in Login::BOTH {
        lock(&app, login).await;
    }
    app.advance(TimeDelta::minutes(14));
    for login in Login::BOTH {
        let answer = login.attempt(&app, PASSWORD).await;
        assert_eq!(answer.code(), ErrorCode::AccountLocked);
        assert!(answer.error().details.retry_after_seconds.unwrap() <= 60);
    }
}

#[tokio::test]
async fn trying_while_locked_does_not_prolong_the_lock() {
    let app = TestApp::start().await;
    lock(&app, Login::Admin).await;
    app.advance(TimeDelta::minutes(14));
    assert_eq!(Login::Admin.attempt(&app, WRONG).await.code(), ErrorCode::AccountLocked);
    app.advance(TimeDelta::seconds(61));
    let _ = Login::Admin.attempt(&app, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn after_the_lock_the_count_starts_at_zero() {
    let app = TestApp::start().await;
    for login in Login::BOTH {
        lock(&app, login).await;
        app.advance(TimeDelta::minutes(15) + TimeDelta::seconds(1));
        fail(&app, login, 4).await;
        let _ = login.attempt(&app, PASSWORD).await.expect(200);
        lock(&app, login).await;
    }
}

#[tokio::test]
async fn a_right_password_resets_the_count() {
    let app = TestApp::start().await;
    for login in Login::BOTH {
        fail(&app, login, 4).await;
        let _ = login.attempt(&app, PASSWORD).await.expect(200);
        fail(&app, login, 4).await;
        let _ = login.attempt(&app, PASSWORD).await.expect(200);
    }
}

#[tokio::test]
async fn wrong_passwords_sent_at_once_are_all_counted() {
    let app = TestApp::start().await;
    for login in Login::BOTH {
        let answers = join_all((0..12).map(|_| login.attempt(&app, WRONG))).await;
        let told_wrong = answers.iter().filter(|a| a.code() == ErrorCode::InvalidCredentials).count();
        let told_locked = answers.iter().filter(|a| a.code() == ErrorCode::AccountLocked).count();
        assert_eq!((told_wrong, told_locked), (4, 8), "{login:?}");
        assert_eq!(login.attempt(&app, PASSWORD).await.code(), ErrorCode::AccountLocked);
    }
}

#[tokio::test]
async fn a_lock_is_of_one_account_only() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    lock(&app, Login::Admin).await;
    lock(&app, Login::Table).await;
    // Another table, and accounts of the same name in another store.
    app.table(1).await;
    app.table_of(&other, 0).await;
    app.admin_of(&other).await;
}

#[tokio::test]
async fn a_lock_outlives_the_server_that_set_it() {
    let app = TestApp::start().await;
    lock(&app, Login::Admin).await;
    fail(&app, Login::Table, 3).await;
    let TestApp { instance, store, db, database } = app;
    drop(instance);
    let instance = test_support::Instance::start(database.options(), |_| {}).await;
    let app = TestApp { instance, store, db, database };
    assert_eq!(Login::Admin.attempt(&app, PASSWORD).await.code(), ErrorCode::AccountLocked);
    fail(&app, Login::Table, 1).await;
    assert_eq!(Login::Table.attempt(&app, WRONG).await.code(), ErrorCode::AccountLocked, "3 and 1 and this");
}
