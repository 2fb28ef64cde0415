//! What managers see: everything, as of one moment.

use futures_util::future::join_all;
use shared_types::ErrorCode;
use shared_types::calls::CallKind;
use shared_types::orders::{BoardSnapshot, OrderStatus};
use test_support::TestApp;
use test_support::fixture::TABLES;

#[tokio::test]
async fn the_board_shows_orders_tables_and_calls() {
    let app = TestApp::start().await;
    let (one, two, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let older = one.order(&app.store.stew()).await;
    let newer = two.order(&app.store.stew()).await;
    let call = two.call(CallKind::Water).await;
    let board = admin.board().await;
    assert_eq!(board.orders, [newer, older.clone()], "newest first");
    assert_eq!(board.calls, [call]);
    assert_eq!(board.last_event_id, 3);
    let numbers: Vec<_> = board.tables.iter().map(|table| table.table_number.as_str()).collect();
    assert_eq!(numbers, TABLES, "free tables too, by number");
    let session = board.tables[0].session.unwrap();
    assert_eq!((session.id, session.opened_at), (older.session_id, older.created_at));
    assert!(board.tables[2].session.is_none());
}

#[tokio::test]
async fn an_empty_store_has_an_empty_board() {
    let app = TestApp::start().await;
    let board = app.admin().await.board().await;
    assert_eq!((board.orders.len(), board.calls.len(), board.last_event_id), (0, 0, 0));
    assert_eq!(board.tables.len(), TABLES.len());
}

#[tokio::test]
async fn the_board_can_be_narrowed() {
    let app = TestApp::start().await;
    let (one, two, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let first = one.order(&app.store.stew()).await;
    let second = two.order(&app.store.stew()).await;
    let _ = admin.set_status(first.id, OrderStatus::Preparing).await.expect(200);
    let ids = async |query: &str| {
        let board: BoardSnapshot = admin.get(&format!("/api/admin/orders?{query}")).await.json(200);
        board.orders.into_iter().map(|order| order.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("status=preparing").await, [first.id]);
    assert_eq!(ids("status=pending").await, [second.id]);
    assert_eq!(ids(&format!("table_id={}", one.table)).await, [first.id]);
    assert!(ids(&format!("status=completed&table_id={}", one.table)).await.is_empty());
    for bad in ["status=eaten", "table_id=7"] {
        let answer = admin.get(&format!("/api/admin/orders?{bad}")).await;
        assert_eq!(answer.code(), ErrorCode::MalformedRequest, "{bad}");
    }
}

#[tokio::test]
async fn a_snapshot_and_the_stream_after_it_miss_nothing_and_repeat_nothing() {
    let app = TestApp::start().await;
    let tables = join_all((0..4).map(|place| app.table(place))).await;
    let (admin, cart) = (app.admin().await, app.store.stew());
    let snapshots = async {
        let mut taken = Vec::new();
        for _ in 0..10 {
            taken.push(admin.board().await);
        }
        taken
    };
    let (_, snapshots) = tokio::join!(join_all((0..40).map(|n| tables[n % 4].order(&cart))), snapshots);
    for board in snapshots {
        // Every event of this store is an order.
        assert_eq!(i64::try_from(board.orders.len()).unwrap(), board.last_event_id);
        let missing = 40 - board.orders.len();
        let ids = admin.stream(Some(board.last_event_id)).await.ids(missing).await;
        assert_eq!(ids, (board.last_event_id + 1..=40).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_board_shows_one_store_only() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    app.table(0).await.order(&app.store.stew()).await;
    app.table(0).await.call(CallKind::Help).await;
    let board = app.admin_of(&other).await.board().await;
    assert_eq!((board.orders.len(), board.calls.len(), board.last_event_id), (0, 0, 0));
    assert!(board.tables.iter().all(|table| other.tables.contains(&table.id) && table.session.is_none()));
}
