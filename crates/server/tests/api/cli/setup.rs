use std::io::Write as _;
use std::process::{Output, Stdio};

use serde_json::json;
use test_support::process;
use test_support::{Answer, TestApp, TestDatabase};

use super::{LOCAL, complaint, expect_success, run};

const PASSWORD: &str = "typed-password";

/// Runs the program with something on its standard input.
async fn type_in(url: &str, arguments: &[&str], input: &str) -> Output {
    let environment: Vec<_> = LOCAL.iter().copied().chain([("DATABASE_URL", url)]).collect();
    let mut command = process::command(env!("CARGO_BIN_EXE_tableorder"), &environment, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let input = input.to_owned();
    let done = tokio::task::spawn_blocking(move || {
        let mut child = command.spawn().unwrap();
        // A command that fails before it reads closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    });
    done.await.unwrap()
}

async fn sign_in(app: &TestApp, store: &str, username: &str, password: &str) -> Answer {
    let body = json!({"store": store, "username": username, "password": password});
    app.anonymous().post("/api/auth/admin-login", &body).await
}

#[tokio::test]
async fn a_store_and_its_manager_are_set_up_without_a_login() {
    let app = TestApp::start().await;
    let url = app.database.url();
    let create = ["store", "create", "--code", "galbi", "--name", "Galbi House", "--timezone", "Asia/Tokyo"];
    expect_success(&run(&[("DATABASE_URL", &url)], &create).await);
    let account = ["admin", "create", "--store", "galbi", "--username", "anna"];
    let output = type_in(&url, &account, &format!("{PASSWORD}\n")).await;
    expect_success(&output);
    let said = [output.stdout, output.stderr].concat();
    assert!(!String::from_utf8_lossy(&said).contains(PASSWORD), "the password is repeated");
    let login = sign_in(&app, "galbi", "anna", PASSWORD).await.value(200);
    let store = &login["store"];
    assert_eq!((&store["name"], &store["timezone"]), (&json!("Galbi House"), &json!("Asia/Tokyo")));
}

#[tokio::test]
async fn a_store_that_cannot_be_is_refused_in_words() {
    let app = TestApp::start().await;
    let url = app.database.url();
    let long = "x".repeat(101);
    for (code, name, timezone, words) in [
        ("store-a", "Another", "Asia/Seoul", "there is a store store-a already"),
        ("another", "store-a", "Asia/Seoul", "there is a store named store-a already"),
        ("Not A Code", "Another", "Asia/Seoul", "the code takes 3 to 40 of a-z, 0-9 and -"),
        ("another", "  ", "Asia/Seoul", "the name takes 1 to 100 characters"),
        ("another", &long, "Asia/Seoul", "the name takes 1 to 100 characters"),
        ("another", "Another", "Asia/Atlantis", "Asia/Atlantis is no time zone; try Asia/Seoul"),
    ] {
        let arguments = ["store", "create", "--code", code, "--name", name, "--timezone", timezone];
        let text = complaint(&run(&[("DATABASE_URL", &url)], &arguments).await);
        assert_eq!(text, format!("tableorder: {words}\n"));
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_is_refused_in_words() {
    let app = TestApp::start().await;
    let url = app.database.url();
    for (store, username, password, words) in [
        ("store-a", "MANAGER", PASSWORD, "store store-a has an account MANAGER already"),
        ("nowhere", "anna", PASSWORD, "there is no store nowhere"),
        ("store-a", " ", PASSWORD, "the username takes 1 to 50 characters"),
        ("store-a", "anna", "short", "a password takes at least 8 characters and at most 72 bytes"),
        ("store-a", "anna", "", "a password takes at least 8 characters and at most 72 bytes"),
    ] {
        let arguments = ["admin", "create", "--store", store, "--username", username];
        let text = complaint(&type_in(&url, &arguments, password).await);
        assert_eq!(text, format!("tableorder: {words}\n"));
    }
    let arguments = ["admin", "reset-password", "--store", "store-a", "--username", "nobody"];
    let text = complaint(&type_in(&url, &arguments, PASSWORD).await);
    assert_eq!(text, "tableorder: store store-a has no account nobody\n");
}

#[tokio::test]
async fn a_reset_password_unlocks_enables_and_ends_logins() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for _ in 0..5 {
        let _ = sign_in(&app, "store-a", "manager", "a-wrong-password").await;
    }
    app.sql("UPDATE users SET is_active = false WHERE store_id = $1").await;
    let arguments = ["admin", "reset-password", "--store", "store-a", "--username", "Manager"];
    expect_success(&type_in(&app.database.url(), &arguments, &format!("{PASSWORD}\r\n")).await);
    let _ = sign_in(&app, "store-a", "manager", PASSWORD).await.expect(200);
    let ended = async || admin.get("/api/admin/auth/me").await.status == 401;
    crate::wait::until(crate::wait::A_SECOND, ended).await;
}

#[tokio::test]
async fn setting_up_needs_a_migrated_database() {
    let database = TestDatabase::empty().await;
    let create = ["store", "create", "--code", "galbi", "--name", "Galbi House"];
    complaint(&run(&[("DATABASE_URL", &database.url())], &create).await);
}
