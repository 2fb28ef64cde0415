//! A table is finished while somebody else is at one of its orders.

use shared_types::history::HistoryPage;
use shared_types::order_detail::OrderDetail;
use shared_types::orders::{Order, OrderStatus};
use shared_types::tables::CompletedSession;
use shared_types::{ErrorCode, OrderId, TableId};
use test_support::{AdminClient, TestApp};

use super::{finish, path};

/// What every change waits for at its end, held by somebody else: the transactions before it stay open.
const COUNTER: &str = "SELECT FROM event_counters WHERE store_id = $1 FOR UPDATE";

fn order(id: OrderId) -> String {
    format!("/api/admin/orders/{id}")
}

/// History holds exactly what the finish answered.
async fn kept(admin: &AdminClient, table: TableId, done: &CompletedSession) -> Vec<(OrderId, OrderStatus)> {
    let page: HistoryPage = admin.get(&format!("{}/history?limit=1", path(table))).await.json(200);
    let past = &page.sessions[0];
    assert_eq!((past.session_id, past.total_amount), (done.session_id, done.total_amount));
    assert_eq!(i64::try_from(past.orders.len()).unwrap(), done.orders);
    past.orders.iter().map(|order| (order.id, order.status)).collect()
}

async fn steps(admin: &AdminClient, id: OrderId) -> Vec<OrderStatus> {
    let detail: OrderDetail = admin.get(&order(id)).await.json(200);
    detail.timeline.iter().map(|step| step.status).collect()
}

#[tokio::test]
async fn an_order_that_is_being_removed_is_not_kept() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let (stays, goes) = (table.order(&app.store.stew()).await, table.order(&app.store.stew()).await);
    let hold = app.hold(COUNTER).await;
    let (deleted, done, ()) = tokio::join!(
        async { admin.delete(&order(goes.id)).await },
        async {
            app.waiting(1).await;
            finish(&admin, table.table).await
        },
        async {
            app.waiting(2).await;
            hold.rollback().await.unwrap();
        },
    );
    assert_eq!((deleted.status, done.orders, done.total_amount), (204, 1, stays.total_amount));
    assert_eq!(kept(&admin, table.table, &done).await, [(stays.id, OrderStatus::Pending)]);
    assert_eq!(admin.get(&order(goes.id)).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_step_that_is_being_taken_is_kept() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let placed = table.order(&app.store.stew()).await;
    let hold = app.hold(COUNTER).await;
    let (moved, done, ()) = tokio::join!(
        admin.set_status(placed.id, OrderStatus::Preparing),
        async {
            app.waiting(1).await;
            finish(&admin, table.table).await
        },
        async {
            app.waiting(2).await;
            hold.rollback().await.unwrap();
        },
    );
    assert_eq!(moved.json::<Order>(200).status, OrderStatus::Preparing);
    assert_eq!(kept(&admin, table.table, &done).await, [(placed.id, OrderStatus::Preparing)]);
    assert_eq!(steps(&admin, placed.id).await, [OrderStatus::Pending, OrderStatus::Preparing]);
}

#[tokio::test]
async fn whoever_comes_after_the_finish_finds_the_order_gone() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let mut orders = Vec::new();
    for _ in 0..4 {
        orders.push(table.order(&app.store.stew()).await.id);
    }
    let _ = admin.set_status(orders[3], OrderStatus::Preparing).await.expect(200);
    let hold = app.hold(COUNTER).await;
    let late = async {
        app.waiting(1).await;
        let (recall, ack) = (format!("{}/recall", order(orders[3])), format!("{}/ack", order(orders[2])));
        tokio::join!(
            async { admin.delete(&order(orders[0])).await },
            admin.set_status(orders[1], OrderStatus::Preparing),
            async { admin.press(&ack).await },
            async { admin.post(&recall, &serde_json::json!({})).await },
        )
    };
    let (done, (deleted, moved, seen, recalled), ()) =
        tokio::join!(finish(&admin, table.table), late, async {
            app.waiting(5).await;
            hold.rollback().await.unwrap();
        });
    for answer in [deleted, moved, seen, recalled] {
        assert_eq!(answer.code(), ErrorCode::NotFound, "{}", answer.text());
    }
    assert_eq!((done.orders, kept(&admin, table.table, &done).await.len()), (4, 4));
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE store_id = $1 AND action = 'delete'").await,
        0
    );
}

#[tokio::test]
async fn history_is_what_was_answered_however_they_meet() {
    let app = TestApp::start().await;
    let (table, one, two) = (app.table(0).await, app.admin().await, app.admin().await);
    for round in 0..12 {
        let (goes, moves) = (table.order(&app.store.stew()).await, table.order(&app.store.stew()).await);
        let pause = |n: u64| tokio::time::sleep(std::time::Duration::from_millis((round * n) % 5));
        let (deleted, moved, done) = tokio::join!(
            async {
                pause(1).await;
                one.delete(&order(goes.id)).await
            },
            async {
                pause(2).await;
                two.set_status(moves.id, OrderStatus::Preparing).await
            },
            async {
                pause(3).await;
                finish(&one, table.table).await
            },
        );
        let kept = kept(&one, table.table, &done).await;
        assert_eq!(kept.iter().any(|(id, _)| *id == goes.id), deleted.status == 404, "{}", deleted.text());
        let (expected, path) = match moved.status {
            200 => (OrderStatus::Preparing, vec![OrderStatus::Pending, OrderStatus::Preparing]),
            _ => (OrderStatus::Pending, vec![OrderStatus::Pending]),
        };
        assert!(kept.contains(&(moves.id, expected)), "{}: {kept:?}", moved.text());
        assert_eq!(steps(&one, moves.id).await, path);
    }
}
