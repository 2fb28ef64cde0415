//! How many orders one stay may have.

use shared_types::ErrorCode;
use shared_types::orders::MAX_OF_SESSION;
use test_support::TestApp;
use test_support::callers::new_key;

#[tokio::test]
async fn a_stay_has_so_many_orders_and_no_more() {
    let app = TestApp::start().await;
    let (table, neighbour, admin) = (app.table(0).await, app.table(1).await, app.admin().await);
    let key = new_key();
    let first = table.post_order(&app.store.stew(), key).await.expect(201);
    for _ in 1..MAX_OF_SESSION {
        table.order(&app.store.stew()).await;
    }
    let refused = table.try_order(&app.store.stew()).await;
    assert_eq!((refused.status, refused.code()), (409, ErrorCode::TooManyOrders));
    let count = "SELECT count(*) FROM orders WHERE store_id = $1";
    assert_eq!(app.count(count).await, i64::try_from(MAX_OF_SESSION).unwrap());
    // An answer that was lost is given again, and others go on ordering.
    assert_eq!(table.post_order(&app.store.stew(), key).await.body, first.body);
    neighbour.order(&app.store.stew()).await;
    let removed = admin.board().await.orders.into_iter().find(|o| o.table_id == table.table).unwrap();
    let _ = admin.delete(&format!("/api/admin/orders/{}", removed.id)).await.expect(204);
    table.order(&app.store.stew()).await;
    assert_eq!(table.try_order(&app.store.stew()).await.code(), ErrorCode::TooManyOrders);
    let _ = admin.press(&format!("/api/admin/tables/{}/complete", table.table)).await.expect(200);
    table.order(&app.store.stew()).await;
}
