//! Orders: from the table to the board, and into history.

mod board;
mod bound;
mod changes;
mod deletion;
mod detail;
mod house;
mod idempotency;
mod paging;
mod parallel;
mod placing;
mod rules;
mod sessions;
mod status;

use test_support::TestApp;

/// How many orders are stored, in open sessions.
async fn stored(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM orders WHERE store_id = $1").await
}

/// Fails if a refused order left anything behind.
async fn expect_nothing_stored(app: &TestApp) {
    assert_eq!(stored(app).await, 0);
    assert_eq!(app.count("SELECT count(*) FROM idempotency_keys WHERE store_id = $1").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM table_sessions WHERE store_id = $1").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM order_counters WHERE store_id = $1").await, 0);
    let events = "SELECT count(*) FROM store_events WHERE store_id = $1 AND kind <> 'menu-changed'";
    assert_eq!(app.count(events).await, 0);
}
