//! A party's orders, page by page.

use std::collections::HashSet;

use shared_types::orders::OrderPage;
use shared_types::{ErrorCode, Money};
use test_support::fixture::STEW;
use test_support::{TableClient, TestApp};

async fn page(table: &TableClient, limit: usize, cursor: Option<&str>) -> OrderPage {
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    table.get(&format!("/api/orders?limit={limit}{cursor}")).await.json(200)
}

#[tokio::test]
async fn pages_hold_every_order_once_newest_first() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let mut placed = Vec::new();
    for _ in 0..120 {
        placed.push(table.order(&app.store.stew()).await.id);
    }
    placed.reverse();
    let (mut seen, mut sizes, mut cursor) = (Vec::new(), Vec::new(), None::<String>);
    loop {
        let found = page(&table, 50, cursor.as_deref()).await;
        assert_eq!(found.total_amount.0 % STEW.0, 0);
        sizes.push(found.orders.len());
        seen.extend(found.orders.into_iter().map(|order| order.id));
        // What is ordered meanwhile does not move the pages that follow.
        table.order(&app.store.stew()).await;
        match found.next_cursor {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(sizes, [50, 50, 20]);
    assert_eq!(seen, placed);
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 120);
}

#[tokio::test]
async fn the_total_is_of_all_pages() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for _ in 0..5 {
        table.order(&app.store.stew()).await;
    }
    let first = page(&table, 2, None).await;
    assert_eq!((first.orders.len(), first.total_amount), (2, Money(5 * STEW.0)));
    let whole = page(&table, 5, None).await;
    assert_eq!((whole.orders.len(), whole.next_cursor), (5, None), "exactly full, and nothing follows");
}

#[tokio::test]
async fn limits_and_cursors_are_checked() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for limit in ["0", "101", "-1"] {
        let answer = table.get(&format!("/api/orders?limit={limit}")).await;
        assert_eq!(answer.field("limit"), ErrorCode::OutOfRange, "{limit}");
    }
    for cursor in ["x", "9.x", "99999999999999999999.0"] {
        let answer = table.get(&format!("/api/orders?cursor={cursor}")).await;
        assert_eq!(answer.field("cursor"), ErrorCode::InvalidFormat, "{cursor}");
    }
    assert_eq!(table.get("/api/orders?limit=many").await.code(), ErrorCode::MalformedRequest);
}

#[tokio::test]
async fn without_a_party_there_is_nothing() {
    let app = TestApp::start().await;
    assert_eq!(app.table(0).await.orders().await, OrderPage::default());
}
