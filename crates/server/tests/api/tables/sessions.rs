use serde_json::json;
use shared_types::calls::{CallKind, CallList};
use shared_types::events::{CloseReason, SessionClosed};
use shared_types::history::HistoryPage;
use shared_types::orders::{Order, OrderPage};
use shared_types::tables::{AdminTable, CompletedSession};
use shared_types::{ErrorCode, Money, TableId};
use test_support::fixture::{BULGOGI, STEW, cart};
use test_support::{AdminClient, Answer, TestApp};
use uuid::Uuid;

use super::{finish, path, shown};

async fn move_to(admin: &AdminClient, from: TableId, to: TableId) -> Answer {
    admin.post(&format!("{}/move", path(from)), &json!({"to_table_id": to})).await
}

#[tokio::test]
async fn finishing_moves_every_order_to_history_with_equal_totals() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let stew = table.order(&app.store.stew()).await;
    let meal = cart(vec![app.store.line("bulgogi", 2, &["hot", "egg"]), app.store.line("cola", 1, &[])]);
    let bulgogi = table.order(&meal).await;
    let total = Money(STEW.0 + 2 * (BULGOGI.0 + 500 + 1_500) + 2_000);
    let done = finish(&admin, table.table).await;
    assert_eq!((done.session_id, done.orders, done.total_amount), (stew.session_id, 2, total));
    let left = "SELECT count(*) FROM orders WHERE store_id = $1";
    assert_eq!(app.count(left).await, 0);

    let page: HistoryPage = admin.get(&format!("{}/history", path(table.table))).await.json(200);
    let past = &page.sessions[0];
    assert_eq!((past.session_id, past.completed_at), (done.session_id, done.completed_at));
    assert_eq!((past.total_amount, page.sessions.len()), (total, 1));
    for (past, order) in past.orders.iter().zip([&bulgogi, &stew]) {
        assert_eq!((past.id, &past.order_number), (order.id, &order.order_number));
        assert_eq!((past.total_amount, past.status), (order.total_amount, order.status));
        assert_eq!((&past.items, past.ordered_at), (&order.items, order.created_at));
    }
    assert_eq!(past.orders.iter().map(|o| o.total_amount.0).sum::<i64>(), total.0);
}

#[tokio::test]
async fn finishing_is_told_to_board_and_table_and_its_device_stays() {
    let app = TestApp::start().await;
    let (table, neighbour, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let kept = neighbour.order(&app.store.stew()).await;
    table.call(CallKind::Water).await;
    let (mut guest, mut board) = (table.stream(None).await, admin.stream(None).await);
    finish(&admin, table.table).await;
    for stream in [&mut guest, &mut board] {
        let event = stream.event().await;
        assert_eq!(event.kind, "session-closed");
        let closed = event.read::<SessionClosed>();
        assert_eq!((closed.session_id, closed.table_id), (order.session_id, table.table));
        assert_eq!(closed.reason, CloseReason::Finished);
    }
    assert_eq!(table.orders().await, OrderPage::default());
    let board = admin.board().await;
    assert_eq!(board.orders, std::slice::from_ref(&kept));
    let calls: CallList = admin.get("/api/admin/calls").await.json(200);
    assert!(calls.calls.is_empty(), "nobody is there to be served");
    assert_eq!(shown(&admin, table.table).await.session, None);
    let next = table.order(&app.store.stew()).await;
    assert_ne!(next.session_id, order.session_id);
}

#[tokio::test]
async fn a_free_table_cannot_be_finished() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    table.order(&app.store.stew()).await;
    finish(&admin, table.table).await;
    let again = admin.press(&format!("{}/complete", path(table.table))).await;
    assert_eq!((again.status, again.code()), (409, ErrorCode::NoOpenSession));
    let unknown = admin.press(&format!("{}/complete", path(TableId(Uuid::now_v7())))).await;
    assert_eq!(unknown.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn only_the_party_that_was_seen_is_finished_or_moved() {
    let app = TestApp::start().await;
    let (table, neighbour, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let other = app.second_store().await;
    let theirs = app.table_of(&other, 0).await.order(&other.stew()).await;
    let seen = table.order(&app.store.stew()).await.session_id;
    finish(&admin, table.table).await;
    let here = table.order(&app.store.stew()).await;
    let there = neighbour.order(&app.store.stew()).await.session_id;
    let (complete, goal) = (format!("{}/complete", path(table.table)), app.store.tables[2]);
    let moved = |session| json!({"to_table_id": goal, "session_id": session});
    for wrong in [seen, there, theirs.session_id, Uuid::now_v7().into()] {
        let answer = admin.post(&complete, &json!({"session_id": wrong})).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::NoOpenSession));
        let answer = admin.post(&format!("{}/move", path(table.table)), &moved(wrong)).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::NoOpenSession));
    }
    // Another store's table stays unknown, whatever is said of its party.
    let body = json!({"session_id": theirs.session_id});
    assert_eq!(
        admin.post(&format!("{}/complete", path(theirs.table_id)), &body).await.code(),
        ErrorCode::NotFound
    );
    assert_eq!(table.orders().await.orders, std::slice::from_ref(&here), "nothing has changed");
    assert_eq!(app.count("SELECT count(*) FROM audit_log WHERE store_id = $1").await, 1);
    for unreadable in [json!({"session_id": 7}), json!([1])] {
        assert_eq!(admin.post(&complete, &unreadable).await.code(), ErrorCode::MalformedRequest);
    }

    let after: AdminTable =
        admin.post(&format!("{}/move", path(table.table)), &moved(here.session_id)).await.json(200);
    assert_eq!(after.session.map(|session| session.id), Some(here.session_id));
    // Sent again, because the answer got lost: nobody else is moved or finished.
    let again = admin.post(&format!("{}/move", path(table.table)), &moved(here.session_id)).await;
    assert_eq!(again.code(), ErrorCode::NoOpenSession);
    let body = json!({"session_id": here.session_id});
    let done: CompletedSession = admin.post(&format!("{}/complete", path(goal)), &body).await.json(200);
    assert_eq!((done.session_id, done.orders), (here.session_id, 1));
    assert_eq!(admin.post(&format!("{}/complete", path(goal)), &body).await.code(), ErrorCode::NoOpenSession);
    let whoever = admin.post(&format!("{}/complete", path(neighbour.table)), &json!({})).await;
    assert_eq!(whoever.json::<CompletedSession>(200).session_id, there);
}

#[tokio::test]
async fn of_two_managers_who_finish_at_once_one_does() {
    let app = TestApp::start().await;
    let (table, one, two) = (app.table(0).await, app.admin().await, app.admin().await);
    let path = format!("{}/complete", path(table.table));
    for round in 1..=5 {
        table.order(&app.store.stew()).await;
        let (a, b) = tokio::join!(one.press(&path), two.press(&path));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(app.count("SELECT count(*) FROM order_history WHERE store_id = $1").await, round);
    }
}

#[tokio::test]
async fn an_order_that_meets_the_finish_lands_in_one_stay() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let stew = app.store.stew();
    for _ in 0..5 {
        let first = table.order(&stew).await;
        let (order, done) = tokio::join!(table.order(&stew), finish(&admin, table.table));
        let with_it = order.session_id == first.session_id;
        assert_eq!(done.orders, if with_it { 2 } else { 1 });
        assert_eq!(table.orders().await.orders.len(), if with_it { 0 } else { 1 });
        if !with_it {
            finish(&admin, table.table).await;
        }
    }
    assert_eq!(app.count("SELECT count(*) FROM order_history WHERE store_id = $1").await, 10);
}

#[tokio::test]
async fn a_party_moves_with_its_orders_and_their_numbers() {
    let app = TestApp::start().await;
    let (from, to, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let order = from.order(&app.store.stew()).await;
    let (mut old, mut new, mut board) =
        (from.stream(None).await, to.stream(None).await, admin.stream(None).await);
    let table: AdminTable = move_to(&admin, from.table, to.table).await.json(200);
    assert_eq!((table.id, table.order_count, table.total_amount), (to.table, 1, STEW));
    assert_eq!(table.session.map(|s| s.id), Some(order.session_id));
    assert_eq!(old.event().await.kind, "table-changed");
    assert_eq!(new.event().await.kind, "table-changed");
    // Nothing is sent to the kitchen again.
    let kinds: Vec<_> = board.take(2).await.into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds, ["table-changed", "table-changed"]);

    assert_eq!(from.orders().await, OrderPage::default());
    let moved: Order = to.orders().await.orders[0].clone();
    assert_eq!((moved.id, &moved.order_number), (order.id, &order.order_number));
    assert_eq!((moved.table_id, moved.table_number.as_str()), (to.table, "2"));
    assert_eq!((moved.total_amount, &moved.items), (order.total_amount, &order.items));
    let next = to.order(&app.store.stew()).await;
    assert_eq!(next.session_id, order.session_id, "the stay goes on");
    assert_ne!(from.order(&app.store.stew()).await.session_id, order.session_id);
    assert_eq!(finish(&admin, to.table).await.orders, 2);
}

#[tokio::test]
async fn a_party_moves_only_to_a_free_table_of_its_store() {
    let app = TestApp::start().await;
    let (one, two, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let other = app.second_store().await;
    let order = one.order(&app.store.stew()).await;
    two.order(&app.store.stew()).await;
    let occupied = move_to(&admin, one.table, two.table).await;
    assert_eq!((occupied.status, occupied.code()), (409, ErrorCode::TableOccupied));
    let oneself = move_to(&admin, one.table, one.table).await;
    assert_eq!((oneself.status, oneself.code()), (409, ErrorCode::TableOccupied));
    let nobody = move_to(&admin, app.store.tables[2], app.store.tables[3]).await;
    assert_eq!((nobody.status, nobody.code()), (409, ErrorCode::NoOpenSession));
    for unknown in [TableId(Uuid::now_v7()), other.tables[0]] {
        assert_eq!(move_to(&admin, one.table, unknown).await.code(), ErrorCode::NotFound);
        assert_eq!(move_to(&admin, unknown, app.store.tables[3]).await.code(), ErrorCode::NotFound);
    }
    assert_eq!(one.orders().await.orders, [order], "nothing has moved");
}

#[tokio::test]
async fn of_two_parties_that_move_to_one_table_one_gets_it() {
    let app = TestApp::start().await;
    let (one, two, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    one.order(&app.store.stew()).await;
    two.order(&app.store.stew()).await;
    let to = app.store.tables[2];
    let (a, b) = tokio::join!(move_to(&admin, one.table, to), move_to(&admin, two.table, to));
    let lost = if a.status == 200 { &b } else { &a };
    assert_eq!((a.status.min(b.status), lost.code()), (200, ErrorCode::TableOccupied));
    assert_eq!(shown(&admin, to).await.order_count, 1);
}

#[tokio::test]
async fn a_partys_open_calls_move_with_it() {
    let app = TestApp::start().await;
    let (from, to, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    from.order(&app.store.stew()).await;
    for (table, kind) in [(&from, "water"), (&from, "bill"), (&to, "bill")] {
        let _ = table.post("/api/calls", &json!({"kind": kind})).await.expect(201);
    }
    let _ = move_to(&admin, from.table, to.table).await.expect(200);
    let CallList { calls } = admin.get("/api/admin/calls").await.json(200);
    let mut open: Vec<_> = calls.iter().map(|call| (call.table_id, call.kind)).collect();
    open.sort_by_key(|(_, kind)| kind.as_str());
    assert_eq!(open, [(to.table, CallKind::Bill), (to.table, CallKind::Water)]);
}

/// A table on the point of being removed: the manager's transaction has not ended yet.
async fn removing(app: &TestApp, table: TableId) -> sqlx::Transaction<'static, sqlx::Postgres> {
    let mut tx = app.db.begin().await.unwrap();
    assert!(db::tables::delete(&mut tx, app.store.id, table, app.clock().now()).await.unwrap());
    tx
}

#[tokio::test]
async fn nobody_sits_down_at_a_table_that_is_being_removed() {
    let app = TestApp::start().await;
    let (table, admin, goal) = (app.table(0).await, app.admin().await, app.store.tables[1]);
    table.order(&app.store.stew()).await;
    let late = app.table(2).await;
    let mut removals = Vec::new();
    for gone in [goal, late.table] {
        removals.push(removing(&app, gone).await);
    }
    let ending = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        for removal in removals {
            removal.commit().await.unwrap();
        }
    };
    let (cart, key) = (app.store.stew(), test_support::callers::new_key());
    let (moved, ordered, ()) =
        tokio::join!(move_to(&admin, table.table, goal), late.post_order(&cart, key), ending);
    assert_eq!((moved.code(), ordered.code()), (ErrorCode::NotFound, ErrorCode::CredentialRevoked));
    assert_eq!(app.count("SELECT count(*) FROM table_sessions WHERE store_id = $1").await, 1);
    assert_eq!(shown(&admin, table.table).await.order_count, 1);
}
