//! The secret that signs tokens is replaced while guests eat.

use serde_json::json;
use test_support::fixture::PASSWORD;
use test_support::{BrowserClient, Instance, JWT_SECRET, TestApp};

const NEW: &str = "the-next-secret-of-more-than-32-bytes-too";

/// A server that signs with the new secret, and still checks with some former one.
async fn restarted(app: &TestApp, former: Option<&str>) -> Instance {
    Instance::start(app.database.options(), |config| {
        config.auth.secret = NEW.to_owned().into();
        config.auth.previous_secret = former.map(|secret| secret.to_owned().into());
    })
    .await
}

#[tokio::test]
async fn with_both_secrets_nobody_is_signed_out() {
    let app = TestApp::start().await;
    let (admin, table) = (app.admin().await, app.table(0).await);
    let both = restarted(&app, Some(JWT_SECRET)).await;
    let _ = admin.at(&both.url).get("/api/admin/auth/me").await.expect(200);
    let _ = table.at(&both.url).get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn new_tokens_no_longer_depend_on_the_former_secret() {
    let app = TestApp::start().await;
    let old = app.admin().await;
    let both = restarted(&app, Some(JWT_SECRET)).await;
    let new = test_support::AdminClient::sign_in(&test_support::Client::new(&both.url), &app.store).await;
    let only = restarted(&app, None).await;
    let _ = new.at(&only.url).get("/api/admin/auth/me").await.expect(200);
    let _ = old.at(&only.url).get("/api/admin/auth/me").await.expect(401);
}

#[tokio::test]
async fn a_tablet_outlives_any_secret() {
    let app = TestApp::start().await;
    let only = restarted(&app, None).await;
    let mut tablet = app.browser();
    let body = json!({"store": app.store.code, "table_number": "1", "password": PASSWORD});
    let _ = tablet.post("/api/auth/table-login", &body).await.expect(200);
    let mut later = BrowserClient::new(&only.url);
    for name in [server::auth::cookies::TABLE, server::auth::cookies::DEVICE] {
        later.restore(tablet.cookie(name).unwrap().clone());
    }
    // A secret that leaked is replaced without a former one: the tablet signs itself in again.
    let _ = later.get("/api/auth/me").await.expect(401);
    let _ = later.post("/api/auth/refresh", &json!({})).await.expect(200);
    let _ = later.get("/api/auth/me").await.expect(200);
}
