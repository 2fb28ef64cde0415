//! What a stored password is worth: its hash grows with the configured cost, and nothing about an account can
//! be told from how long an answer takes.

use std::time::{Duration, Instant};

use db::auth::{AccountKind, find_account, strengthen_hash};
use test_support::TestApp;
use test_support::fixture::{PASSWORD, USERNAME};

use super::{Login, WRONG};

/// The fixture's hashes cost 4.
const HIGHER: u32 = 6;

async fn at_cost(cost: u32) -> TestApp {
    TestApp::start_with(|config| config.auth.bcrypt_cost = cost).await
}

/// The stored hash of the manager or of table 1.
async fn stored(app: &TestApp, login: Login) -> String {
    let statement = match login {
        Login::Admin => "SELECT password_hash FROM users WHERE store_id = $1",
        Login::Table => "SELECT password_hash FROM tables WHERE store_id = $1 AND table_number = '1'",
    };
    sqlx::query_scalar(statement).bind(app.store.id.0).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn a_login_replaces_a_hash_of_a_lower_cost() {
    let app = at_cost(HIGHER).await;
    let admin = app.admin().await;
    for login in Login::BOTH {
        let _ = login.attempt(&app, PASSWORD).await.expect(200);
        let stronger = stored(&app, login).await;
        assert!(stronger.starts_with("$2b$06$"), "{login:?}: {stronger}");
        let _ = login.attempt(&app, PASSWORD).await.expect(200);
        assert_eq!(stored(&app, login).await, stronger, "{login:?}: once is enough");
    }
    let others =
        app.count("SELECT count(*) FROM tables WHERE store_id = $1 AND password_hash LIKE '$2b$04$%'");
    assert_eq!(others.await, 8, "the other tables' wait for their logins");
    // It is the same password: nobody is signed out.
    let _ = admin.get("/api/admin/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_wrong_password_and_a_lower_cost_leave_the_hash_alone() {
    let stronger = at_cost(HIGHER).await;
    for login in Login::BOTH {
        let before = stored(&stronger, login).await;
        let _ = login.attempt(&stronger, WRONG).await.expect(401);
        assert_eq!(stored(&stronger, login).await, before, "{login:?}");
        let _ = login.attempt(&stronger, PASSWORD).await.expect(200);
    }
    let weaker = test_support::Instance::start(stronger.database.options(), |_| {}).await;
    let before = stored(&stronger, Login::Admin).await;
    let body = serde_json::json!({"store": stronger.store.code, "username": USERNAME, "password": PASSWORD});
    let client = test_support::Client::new(&weaker.url);
    let _ = client.post("/api/auth/admin-login", &body).await.expect(200);
    assert_eq!(stored(&stronger, Login::Admin).await, before);
}

#[tokio::test]
async fn a_password_that_was_changed_meanwhile_stays() {
    let app = TestApp::start().await;
    let mut conn = app.db.acquire().await.unwrap();
    for (kind, login, name, change) in [
        (
            AccountKind::User,
            Login::Admin,
            USERNAME,
            "UPDATE users SET password_hash = repeat('x', 60) WHERE store_id = $1",
        ),
        (
            AccountKind::Table,
            Login::Table,
            "1",
            "UPDATE tables SET password_hash = repeat('x', 60) WHERE store_id = $1",
        ),
    ] {
        let seen = find_account(&mut conn, kind, &app.store.code, name).await.unwrap().unwrap();
        app.sql(change).await;
        assert!(!strengthen_hash(&mut conn, kind, &seen, &"y".repeat(60)).await.unwrap(), "{login:?}");
        assert_eq!(stored(&app, login).await, "x".repeat(60), "{login:?}");
    }
}

/// How quickly each of some logins can be refused. They take turns and the quickest of nine counts, so that a
/// busy machine does not tilt the comparison. Wrong passwords are forgotten in between.
async fn quickest<const N: usize>(app: &TestApp, login: Login, names: [(&str, &str); N]) -> [Duration; N] {
    let mut times = [Duration::MAX; N];
    for _ in 0..9 {
        for (time, (store, name)) in times.iter_mut().zip(names) {
            app.sql("UPDATE users SET failed_login_attempts = 0 WHERE store_id = $1").await;
            app.sql("UPDATE tables SET failed_login_attempts = 0 WHERE store_id = $1").await;
            let begin = Instant::now();
            let _ = login.attempt_as(app, store, name, WRONG).await.expect(401);
            *time = begin.elapsed().min(*time);
        }
    }
    times
}

#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_wrong_password() {
    // High enough that bcrypt is most of the answer.
    let app = at_cost(10).await;
    for (login, known) in [(Login::Admin, USERNAME), (Login::Table, "1")] {
        let _ = login.attempt(&app, PASSWORD).await.expect(200);
        let store = app.store.code.as_str();
        let names = [(store, known), (store, "nobody"), ("no-such-store", known)];
        let [wrong, unknown_name, unknown_store] = quickest(&app, login, names).await;
        for unknown in [unknown_name, unknown_store] {
            let ratio = unknown.as_secs_f64() / wrong.as_secs_f64();
            assert!((0.5..2.0).contains(&ratio), "{login:?}: {unknown:?} unknown, {wrong:?} wrong");
        }
    }
}
