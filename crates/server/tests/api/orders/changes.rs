//! The menu changes while a guest fills the cart.

use shared_types::orders::{CartChange, CartChangeKind, NewOrder};
use shared_types::{ErrorCode, MenuId, Money};
use test_support::fixture::{BULGOGI, STEW, cart};
use test_support::{Answer, TestApp, callers};
use uuid::Uuid;

use super::expect_nothing_stored;

fn changes(answer: &Answer) -> Vec<CartChange> {
    assert_eq!((answer.status, answer.code()), (409, ErrorCode::CartChanged), "{}", answer.text());
    answer.error().details.changes
}

fn kinds(answer: &Answer) -> Vec<(usize, CartChangeKind)> {
    changes(answer).into_iter().map(|change| (change.line, change.kind)).collect()
}

/// Bulgogi and stew, with the total that the menu shows.
fn dinner(app: &TestApp) -> NewOrder {
    let items = vec![app.store.line("bulgogi", 1, &["mild"]), app.store.line("stew", 1, &[])];
    NewOrder { expected_total: Some(Money(BULGOGI.0 + STEW.0)), ..cart(items) }
}

#[tokio::test]
async fn a_total_that_no_longer_holds_orders_nothing_and_says_what_changed() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let _ = table.get("/api/menus").await.expect(200);
    app.change_menu("UPDATE menus SET price = 20000 WHERE store_id = $1 AND name = 'bulgogi'").await;
    // At once: the menu in memory is still the old one.
    let answer = table.try_order(&dinner(&app)).await;
    let changed = changes(&answer);
    assert_eq!(answer.error().details.current_total, Some(Money(29_000)));
    let bulgogi = changed.iter().find(|change| change.line == 0).unwrap();
    assert_eq!((bulgogi.kind, bulgogi.current_price), (CartChangeKind::Repriced, Some(Money(20_000))));
    assert_eq!(bulgogi.menu_name.as_deref(), Some("bulgogi"));
    expect_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_refused_cart_can_be_sent_again_under_its_key() {
    let app = TestApp::start().await;
    let (table, key) = (app.table(0).await, callers::new_key());
    let wrong = NewOrder { expected_total: Some(Money(1)), ..dinner(&app) };
    assert_eq!(table.post_order(&wrong, key).await.code(), ErrorCode::CartChanged);
    let _ = table.post_order(&dinner(&app), key).await.expect(201);
}

#[tokio::test]
async fn an_order_is_never_priced_against_an_old_menu() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for price in 1..=5 {
        let _ = table.get("/api/menus").await.expect(200);
        app.change_menu("UPDATE menus SET price = price + 1 WHERE store_id = $1").await;
        let order = table.order(&app.store.stew()).await;
        assert_eq!(order.total_amount, Money(STEW.0 + price));
    }
}

#[tokio::test]
async fn what_is_sold_out_cannot_be_ordered() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let order = cart(vec![app.store.line("stew", 1, &[]), app.store.line("crab", 1, &[])]);
    let answer = table.try_order(&order).await;
    assert_eq!(kinds(&answer), [(1, CartChangeKind::SoldOut)]);
    assert_eq!(answer.error().details.current_total, Some(STEW), "what is left of the cart");
    expect_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_dish_that_sells_out_between_menu_and_order_is_refused() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let _ = table.get("/api/menus").await.expect(200);
    app.change_menu("UPDATE menus SET is_available = false WHERE store_id = $1 AND name = 'stew'").await;
    assert_eq!(kinds(&table.try_order(&app.store.stew()).await), [(0, CartChangeKind::SoldOut)]);
    expect_nothing_stored(&app).await;
    app.change_menu("UPDATE menus SET is_available = true WHERE store_id = $1 AND name = 'stew'").await;
    table.order(&app.store.stew()).await;
}

#[tokio::test]
async fn an_option_that_is_gone_or_sold_out_is_named() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let order = cart(vec![app.store.line("bulgogi", 1, &["hot", "egg"])]);
    app.change_menu("UPDATE options SET is_available = false WHERE store_id = $1 AND name = 'egg'").await;
    assert_eq!(kinds(&table.try_order(&order).await), [(0, CartChangeKind::OptionsChanged)]);
    app.change_menu("DELETE FROM options WHERE store_id = $1 AND name = 'egg'").await;
    assert_eq!(kinds(&table.try_order(&order).await), [(0, CartChangeKind::OptionsChanged)]);
    expect_nothing_stored(&app).await;
}

#[tokio::test]
async fn another_stores_dish_and_an_unknown_one_are_gone() {
    let app = TestApp::start().await;
    let (table, other) = (app.table(0).await, app.second_store().await);
    let mut order = cart(vec![other.line("stew", 1, &[]), app.store.line("stew", 1, &[])]);
    assert_eq!(kinds(&table.try_order(&order).await), [(0, CartChangeKind::Gone)]);
    order.items[0].menu_id = MenuId(Uuid::now_v7());
    let answer = table.try_order(&order).await;
    assert_eq!(kinds(&answer), [(0, CartChangeKind::Gone)]);
    assert_eq!(changes(&answer)[0].menu_name, None);
    expect_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_removed_dish_is_gone() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    app.change_menu("UPDATE menus SET deleted_at = now() WHERE store_id = $1 AND name = 'stew'").await;
    assert_eq!(kinds(&table.try_order(&dinner(&app)).await), [(1, CartChangeKind::Gone)]);
}
