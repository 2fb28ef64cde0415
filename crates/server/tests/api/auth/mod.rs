//! Signing in, staying signed in, and being signed out.

mod browser;
mod devices;
mod lockout;
mod login;
mod logout;
mod secrets;
mod strength;
mod tokens;

use serde_json::json;
use test_support::{Answer, TestApp};

const WRONG: &str = "not-the-password";

/// The two kinds of logins, which obey the same rules.
#[derive(Debug, Clone, Copy)]
enum Login {
    Admin,
    Table,
}

impl Login {
    const BOTH: [Self; 2] = [Self::Admin, Self::Table];

    /// Tries a password, of the manager or of table 1.
    async fn attempt(self, app: &TestApp, password: &str) -> Answer {
        let name = match self {
            Self::Admin => test_support::fixture::USERNAME,
            Self::Table => "1",
        };
        self.attempt_as(app, &app.store.code, name, password).await
    }

    async fn attempt_as(self, app: &TestApp, store: &str, name: &str, password: &str) -> Answer {
        let (path, field) = match self {
            Self::Admin => ("/api/auth/admin-login", "username"),
            Self::Table => ("/api/auth/table-login", "table_number"),
        };
        app.anonymous().post(path, &json!({"store": store, field: name, "password": password})).await
    }
}
