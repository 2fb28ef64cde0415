//! Live events: who gets which, in what order, and for how long.

mod audience;
mod instances;
mod lifetime;
mod replay;

use test_support::TestApp;

/// Writes events past the API: `$1` is the store.
async fn write_events(app: &TestApp, count: i32) {
    let statement = "SELECT append_event($1, 'menu-changed', NULL, jsonb_build_object('version', n), now())
                       FROM generate_series(1, $2) AS n";
    sqlx::query(statement).bind(app.store.id.0).bind(count).execute(&app.db).await.unwrap();
}
