//! The callers, and how their tokens are made: signed in where that is possible, forged where it is not.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};
use test_support::{Client, JWT_SECRET, Store, TestApp};

use super::table::Guard;
use crate::wait::{A_SECOND, until};

/// Who asks. The broken tokens are otherwise those of the right caller of store A.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    Nobody,
    Table,
    OtherStoresTable,
    Admin,
    OtherStoresAdmin,
    /// The device was revoked, or the manager disabled.
    Ended,
    Expired,
    WrongAlgorithm,
    /// `alg: none`, without a signature.
    Unsigned,
    /// The other app's audience.
    WrongAudience,
    /// Neither app's audience.
    ForeignAudience,
    WrongIssuer,
    /// Signed with another secret.
    Forged,
}

impl Caller {
    pub const ALL: [Self; 13] = [
        Self::Nobody,
        Self::Expired,
        Self::WrongAlgorithm,
        Self::Unsigned,
        Self::WrongAudience,
        Self::ForeignAudience,
        Self::WrongIssuer,
        Self::Forged,
        Self::OtherStoresTable,
        Self::OtherStoresAdmin,
        Self::Ended,
        Self::Table,
        Self::Admin,
    ];
}

/// Tokens whose time was cut short: made once, for the news takes up to a second.
pub struct Ended {
    device: String,
    manager: String,
}

impl Ended {
    pub async fn new(app: &TestApp) -> Self {
        Self { device: revoked_device(app).await, manager: disabled_manager(app).await }
    }
}

/// A token for each caller.
pub struct Credentials {
    tokens: Vec<(Caller, String)>,
}

impl Credentials {
    pub async fn new(app: &TestApp, other: &Store, ended: &Ended, guard: Guard) -> Self {
        let (table, admin) = (app.table(0).await, app.admin().await);
        let (other_table, other_admin) = (app.table_of(other, 0).await, app.admin_of(other).await);
        let (good, ended) = if guard == Guard::Admin {
            (admin.token(), &ended.manager)
        } else {
            (table.token(), &ended.device)
        };
        let claims = claims(good);
        let with = |name: &str, value: Value| {
            let mut changed = claims.clone();
            changed[name] = value;
            changed
        };
        let wrong_audience = if guard == Guard::Admin { "tableorder-table" } else { "tableorder-admin" };
        let tokens = vec![
            (Caller::Table, table.token().to_owned()),
            (Caller::OtherStoresTable, other_table.token().to_owned()),
            (Caller::Admin, admin.token().to_owned()),
            (Caller::OtherStoresAdmin, other_admin.token().to_owned()),
            (Caller::Ended, ended.clone()),
            (Caller::Expired, sign(&with("exp", json!(claims["iat"])), Algorithm::HS256, JWT_SECRET)),
            (Caller::WrongAlgorithm, sign(&claims, Algorithm::HS512, JWT_SECRET)),
            (Caller::Unsigned, unsigned(good)),
            (Caller::WrongAudience, sign(&with("aud", json!(wrong_audience)), Algorithm::HS256, JWT_SECRET)),
            (Caller::ForeignAudience, sign(&with("aud", json!("elsewhere")), Algorithm::HS256, JWT_SECRET)),
            (Caller::WrongIssuer, sign(&with("iss", json!("elsewhere")), Algorithm::HS256, JWT_SECRET)),
            (Caller::Forged, sign(&claims, Algorithm::HS256, "another-secret-of-more-than-32-bytes")),
        ];
        Self { tokens }
    }

    pub fn client(&self, anonymous: &Client, caller: Caller) -> Client {
        match self.tokens.iter().find(|(known, _)| *known == caller) {
            Some((_, token)) => anonymous.with_token(token),
            None => anonymous.clone(),
        }
    }
}

/// A device that has signed out.
async fn revoked_device(app: &TestApp) -> String {
    let device = app.table(0).await;
    let _ = device.press("/api/auth/logout").await.expect(204);
    device.token().to_owned()
}

/// A manager who was disabled.
async fn disabled_manager(app: &TestApp) -> String {
    let user = shared_types::UserId(uuid::Uuid::now_v7());
    let mut conn = app.db.acquire().await.unwrap();
    let name = user.to_string();
    db::users::insert(&mut conn, app.store.id, user, &name, "no password has this as its hash")
        .await
        .unwrap();
    let mut claims = claims(app.admin().await.token());
    claims["sub"] = json!(user);
    claims["ver"] = json!(1);
    let token = sign(&claims, Algorithm::HS256, JWT_SECRET);
    let client = app.anonymous().with_token(&token);
    // It works until then: what is tested below is the end of it.
    let _ = client.get("/api/admin/auth/me").await.expect(200);
    sqlx::query("UPDATE users SET is_active = false WHERE id = $1")
        .bind(user.0)
        .execute(&app.db)
        .await
        .unwrap();
    db::auth::end_user_tokens(&mut conn, app.store.id, user, app.clock().now()).await.unwrap();
    until(A_SECOND, async || client.get("/api/admin/calls").await.status == 401).await;
    token
}

fn claims(token: &str) -> Value {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_aud = false;
    let key = DecodingKey::from_secret(JWT_SECRET.as_bytes());
    jsonwebtoken::decode::<Value>(token, &key, &rules).unwrap().claims
}

fn sign(claims: &Value, algorithm: Algorithm, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(algorithm), claims, &key).unwrap()
}

/// The same claims under `{"alg":"none","typ":"JWT"}`.
fn unsigned(token: &str) -> String {
    let claims = token.split('.').nth(1).unwrap();
    format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.")
}
