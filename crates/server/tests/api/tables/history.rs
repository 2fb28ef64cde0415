use chrono::{NaiveDate, TimeDelta};
use shared_types::history::HistoryPage;
use shared_types::{ErrorCode, Money, SessionId, TableId};
use test_support::fixture::STEW;
use test_support::{AdminClient, TestApp};
use uuid::Uuid;

use super::{finish, path};

async fn page(admin: &AdminClient, table: TableId, query: &str) -> HistoryPage {
    admin.get(&format!("{}/history?{query}", path(table))).await.json(200)
}

fn sessions(page: &HistoryPage) -> Vec<SessionId> {
    page.sessions.iter().map(|s| s.session_id).collect()
}

/// A party of some orders that comes and goes; its business date too.
async fn party(app: &TestApp, place: usize, orders: usize) -> (SessionId, NaiveDate) {
    let (table, admin) = (app.table(place).await, app.admin().await);
    for _ in 0..orders {
        table.order(&app.store.stew()).await;
    }
    let session = finish(&admin, table.table).await.session_id;
    let past = page(&admin, table.table, "limit=1").await.sessions.remove(0);
    (session, past.orders[0].business_date)
}

#[tokio::test]
async fn history_is_grouped_by_stay_newest_first() {
    let app = TestApp::start().await;
    let (first, _) = party(&app, 0, 2).await;
    app.advance(TimeDelta::minutes(10));
    let (second, _) = party(&app, 0, 1).await;
    party(&app, 1, 1).await;
    let (admin, table) = (app.admin().await, app.store.tables[0]);
    app.table(0).await.order(&app.store.stew()).await;
    let all = page(&admin, table, "").await;
    assert_eq!(sessions(&all), [second, first], "only stays of this table that have ended");
    assert_eq!(all.next_cursor, None);
    let past = &all.sessions[1];
    assert_eq!((past.total_amount, past.orders.len()), (Money(2 * STEW.0), 2));
    assert!(past.orders[0].ordered_at > past.orders[1].ordered_at && past.opened_at <= past.completed_at);
}

#[tokio::test]
async fn history_is_found_by_business_date() {
    let app = TestApp::start().await;
    let (first, monday) = party(&app, 0, 1).await;
    app.advance(TimeDelta::days(1));
    let (second, tuesday) = party(&app, 0, 1).await;
    assert_eq!(tuesday, monday + TimeDelta::days(1));
    let (admin, table) = (app.admin().await, app.store.tables[0]);
    for (query, expected) in [
        (format!("from={monday}&to={tuesday}"), vec![second, first]),
        (format!("from={tuesday}"), vec![second]),
        (format!("to={monday}"), vec![first]),
        (format!("from={monday}&to={monday}"), vec![first]),
        (format!("from={}", tuesday + TimeDelta::days(1)), vec![]),
    ] {
        assert_eq!(sessions(&page(&admin, table, &query).await), expected, "{query}");
    }
    let answer = admin.get(&format!("{}/history?from={tuesday}&to={monday}", path(table))).await;
    assert_eq!(answer.field("to"), ErrorCode::OutOfRange);
    let answer = admin.get(&format!("{}/history?from=yesterday", path(table))).await;
    assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest));
}

#[tokio::test]
async fn history_is_read_page_by_page_without_gaps() {
    let app = TestApp::start().await;
    let mut expected = Vec::new();
    for _ in 0..5 {
        expected.insert(0, party(&app, 0, 2).await.0);
    }
    let (admin, table) = (app.admin().await, app.store.tables[0]);
    let (mut seen, mut query) = (Vec::new(), "limit=2".to_owned());
    loop {
        let page = page(&admin, table, &query).await;
        assert!(page.sessions.iter().all(|s| s.orders.len() == 2), "a stay is not torn apart");
        seen.push(sessions(&page));
        let Some(cursor) = page.next_cursor else { break };
        // A stay that ends in the meantime moves nothing.
        party(&app, 0, 1).await;
        query = format!("limit=2&cursor={cursor}");
    }
    assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(seen.concat(), expected);
}

#[tokio::test]
async fn wrong_pages_and_tables_are_refused() {
    let app = TestApp::start().await;
    let (admin, table) = (app.admin().await, app.store.tables[0]);
    for limit in ["0", "101", "-1"] {
        let answer = admin.get(&format!("{}/history?limit={limit}", path(table))).await;
        assert_eq!(answer.field("limit"), ErrorCode::OutOfRange, "{limit}");
    }
    let answer = admin.get(&format!("{}/history?cursor=x", path(table))).await;
    assert_eq!(answer.field("cursor"), ErrorCode::InvalidFormat);
    for (field, date) in
        [("from", "-9999-01-01"), ("from", "-4714-01-01"), ("to", "-9999-01-01"), ("to", "+10000-01-01")]
    {
        let answer =
            admin.get(&format!("{}/history?{field}={}", path(table), date.replace('+', "%2B"))).await;
        assert_eq!(answer.field(field), ErrorCode::OutOfRange, "{field}={date}");
    }
    let unknown = admin.get(&format!("{}/history", path(TableId(Uuid::now_v7())))).await;
    assert_eq!(unknown.code(), ErrorCode::NotFound);
    let other = app.second_store().await;
    assert_eq!(admin.get(&format!("{}/history", path(other.tables[0]))).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_removed_tables_history_stays_readable() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let _ = admin.press(&format!("{}/complete", path(table.table))).await.expect(200);
    let _ = admin.delete(&path(table.table)).await.expect(204);
    let page: HistoryPage = admin.get(&format!("{}/history", path(table.table))).await.json(200);
    assert_eq!(page.sessions[0].orders[0].order_number, order.order_number);
}
