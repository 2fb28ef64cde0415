//! What the program writes about itself, and what it never writes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use server::auth::cookies;
use test_support::client::send;
use test_support::fixture::PASSWORD;
use test_support::{
    AdminClient, BrowserClient, Client, JWT_SECRET, ServerProcess, Store, TableClient, TestDatabase,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tableorder");

/// A process with a store, and where to write more than the standard output.
async fn started(environment: &[(&str, &str)]) -> (TestDatabase, Store, ServerProcess) {
    let database = TestDatabase::migrated().await;
    let store = Store::insert(&database.pool(), "store-a").await;
    let process = ServerProcess::start_with(PROGRAM, &database.url(), environment).await;
    (database, store, process)
}

fn lines(log: &str) -> Vec<Value> {
    log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

#[tokio::test]
async fn logs_name_the_request_and_never_secrets() {
    let (_database, store, mut process) = started(&[]).await;
    let client = Client::new(&process.url());
    let table = TableClient::sign_in(&client, &store, 0).await;
    let request = table.request(Method::GET, "/api/orders?limit=7").header("X-Request-Id", "find-me");
    let _ = send(request).await.expect(200);
    table.order(&store.stew()).await;
    process.terminate().await;
    let log = process.log();
    let line = log.lines().find(|line| line.contains("find-me")).expect(&log);
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["http.path"], &line["http.status"]), (&"/api/orders".into(), &200.into()));
    assert_eq!(line["store"], store.id.to_string());
    assert!(line["duration_ms"].is_number());
    let signature = table.token().rsplit('.').next().unwrap();
    for secret in [PASSWORD, signature, JWT_SECRET, "limit=7"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
async fn even_at_debug_level_nothing_private_is_written() {
    let (_database, store, mut process) = started(&[("LOG_LEVEL", "debug")]).await;
    let client = Client::new(&process.url());
    let mut browser = BrowserClient::new(&process.url());
    let (admin, table) =
        (AdminClient::sign_in(&client, &store).await, TableClient::sign_in(&client, &store, 0).await);
    let mut secrets = vec![PASSWORD.to_owned(), JWT_SECRET.to_owned()];

    // Logins: the right password in a browser, which gets cookies, and wrong ones.
    let login =
        |name: &str, password: &str| json!({"store": "store-a", "table_number": name, "password": password});
    let _ = browser.post("/api/auth/table-login", &login("1", PASSWORD)).await.expect(200);
    let _ = browser.post("/api/auth/table-login", &login("1", "marker-wrong-password")).await.expect(401);
    let _ = browser.post("/api/auth/table-login", &login("none", "marker-unknown-account")).await.expect(401);
    let credentials = [cookies::TABLE, cookies::DEVICE].map(|name| browser.cookie(name).unwrap().value());
    for token in [admin.token(), table.token()].into_iter().chain(credentials) {
        secrets.push(token.rsplit('.').next().unwrap().to_owned());
    }
    let _ = browser.post("/api/auth/refresh", &json!({})).await.expect(200);
    let forged = client.with_token("marker-bearer").get("/api/auth/me").await;
    let _ = forged.expect(401);
    let cookie = client
        .request(Method::GET, "/api/auth/me")
        .header("Cookie", "tableorder_table=marker-cookie; tableorder_device=marker-cookie");
    let _ = send(cookie).await.expect(401);

    // Bodies: notes, passwords, what cannot be read.
    let mut order = store.stew();
    order.note = Some("marker-order-note".to_owned());
    order.items[0].note = Some("marker-line-note".to_owned());
    let placed = table.order(&order).await;
    let _ = table.post("/api/calls", &json!({"kind": "help", "note": "marker-call-note"})).await.expect(201);
    let status = format!("/api/admin/orders/{}/status", placed.id);
    let _ = admin.put(&status, &json!({"status": "marker-status"})).await.expect(400);
    let broken =
        admin.request(Method::PUT, &status).header("Content-Type", "application/json").body("{marker-body");
    let _ = send(broken).await.expect(400);
    let user = json!({"username": "anna", "password": "marker-new-password"});
    let _ = admin.post("/api/admin/users", &user).await.expect(201);
    let change = json!({"current_password": "marker-guess", "new_password": "marker-next-password"});
    assert!(admin.put("/api/admin/password", &change).await.status >= 400);

    // Queries, of paths that are there and that are not.
    let _ = table.get("/api/orders?limit=7&cursor=marker-query").await.expect(400);
    let _ = client.get("/api/nowhere?token=marker-query").await.expect(404);

    process.terminate().await;
    let log = process.log();
    let written = lines(&log);
    assert!(written.iter().any(|line| line["level"] == "DEBUG"), "debug lines were asked for");
    assert!(written.iter().any(|line| line["http.path"] == "/api/nowhere"), "the last request is there");
    secrets.extend(["marker-", "limit=7"].map(str::to_owned));
    for secret in secrets {
        let told: Vec<_> = log.lines().filter(|line| line.contains(&secret)).collect();
        assert!(told.is_empty(), "{secret} in {told:?}");
    }
}

#[tokio::test]
async fn a_failed_login_is_a_warning_that_does_not_name_the_account() {
    let (_database, store, mut process) = started(&[("LOG_LEVEL", "warn")]).await;
    let client = Client::new(&process.url());
    let body = json!({"store": store.code, "username": "marker-name", "password": "not-the-password"});
    let _ = client.post("/api/auth/admin-login", &body).await.expect(401);
    process.terminate().await;
    let log = process.log();
    let written = lines(&log);
    // LOG_LEVEL decides: of the requests themselves nothing is left.
    assert!(written.iter().all(|line| line["level"] != "INFO"), "{log}");
    let failed = written.iter().find(|line| line["message"] == "login failed").expect(&log);
    assert_eq!((&failed["level"], &failed["login.kind"]), (&json!("WARN"), &json!("User")));
    assert!(!log.contains("marker-name"), "{log}");
}

#[tokio::test]
async fn a_fault_of_ours_is_an_error_with_its_cause() {
    let (database, store, mut process) = started(&[]).await;
    let table = TableClient::sign_in(&Client::new(&process.url()), &store, 0).await;
    sqlx::query("ALTER TABLE event_counters RENAME TO elsewhere").execute(&database.pool()).await.unwrap();
    let id = table.get("/api/orders").await.expect(500).error().request_id.unwrap();
    process.terminate().await;
    let written = lines(&process.log());
    let ours: Vec<_> = written.iter().filter(|line| line["span"]["request_id"] == *id).collect();
    assert!(ours.iter().all(|line| line["level"] == "ERROR"), "{ours:?}");
    let cause = ours.iter().find_map(|line| line["error.cause"].as_str()).unwrap();
    assert!(cause.contains("event_counters"), "{cause}");
    assert!(
        ours.iter()
            .any(|line| line["http.status"] == 500
                && line["subject"] == table.login.table.device_id.to_string())
    );
}

#[tokio::test]
async fn a_slow_request_is_a_warning_with_its_path_and_time() {
    let (database, store, mut process) = started(&[]).await;
    let table = TableClient::sign_in(&Client::new(&process.url()), &store, 0).await;
    let pool = database.pool();
    let mut held = pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE table_sessions IN ACCESS EXCLUSIVE MODE").execute(&mut *held).await.unwrap();
    let free = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        held.rollback().await.unwrap();
    };
    let (answer, ()) = tokio::join!(table.get("/api/orders"), free);
    let _ = answer.expect(200);
    process.terminate().await;
    let written = lines(&process.log());
    let slow = written.iter().find(|line| line["message"] == "slow request").unwrap();
    assert_eq!(
        (&slow["level"], &slow["http.method"], &slow["http.path"]),
        (&json!("WARN"), &json!("GET"), &json!("/api/orders"))
    );
    assert!(slow["duration_ms"].as_f64().unwrap() > 500.0, "{slow}");
}

#[tokio::test]
async fn the_log_file_holds_ten_megabytes_and_five_older_ones_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("logs/app.log");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, vec![b'x'; 10 * 1024 * 1024]).unwrap();
    let older = |age: usize| Path::new(&format!("{}.{age}", file.display())).to_path_buf();
    for age in 1..=5 {
        fs::write(older(age), format!("file {age}")).unwrap();
    }
    let (_database, _store, mut process) = started(&[("LOG_FILE", file.to_str().unwrap())]).await;
    let _ = Client::new(&process.url()).get("/api/auth/me").await.expect(401);
    process.terminate().await;
    assert_eq!(fs::metadata(older(1)).unwrap().len(), 10 * 1024 * 1024, "the full file moved on");
    assert_eq!(fs::read_to_string(older(5)).unwrap(), "file 4", "and the others with it");
    assert!(!older(6).exists());
    // The same lines as on the standard output.
    let written = lines(&fs::read_to_string(&file).unwrap());
    assert!(written.iter().any(|line| line["http.path"] == "/api/auth/me"), "{written:?}");
}
