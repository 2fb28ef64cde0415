use serde_json::json;
use shared_types::events::MenuChanged;
use shared_types::menu::MenuBoard;
use shared_types::{ErrorCode, Money};
use test_support::TestApp;

use super::{CATEGORIES, board, path};
use crate::wait::{A_SECOND, until};

#[tokio::test]
async fn guests_see_a_change_at_once() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let read = async || table.get("/api/menus").await.json::<MenuBoard>(200);
    let mut version = read().await.version;
    for price in 9_001..9_006 {
        let _ = admin.put(&path(app.store.dish("stew")), &json!({"price": price})).await.expect(200);
        let menu = read().await;
        let stew = menu.menus.iter().find(|m| m.name == "stew").unwrap();
        assert_eq!((stew.price, menu.version), (Money(price), version + 1));
        version = menu.version;
    }
    let _ = admin.put(&path(app.store.dish("stew")), &json!({"is_available": false})).await.expect(200);
    assert!(read().await.menus.iter().all(|m| m.name != "stew"));
    assert!(board(&admin).await.menus.iter().any(|m| m.name == "stew" && !m.is_available));
    let _ = admin.post(CATEGORIES, &json!({"name": "soups"})).await.expect(201);
    assert!(read().await.categories.iter().any(|c| c.name == "soups"));
}

#[tokio::test]
async fn a_change_is_told_to_everybody_once_and_only_in_its_store() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let (mut guest, mut manager) = (table.stream(None).await, admin.stream(None).await);
    let mut elsewhere = app.admin_of(&other).await.stream(None).await;
    let version = board(&admin).await.version;
    let _ = admin.put(&path(app.store.dish("stew")), &json!({"price": 9_500})).await.expect(200);
    let refused = admin.put(&path(app.store.dish("stew")), &json!({"name": "cola"})).await;
    assert_eq!(refused.code(), ErrorCode::NameTaken);
    for stream in [&mut guest, &mut manager] {
        let event = stream.event().await;
        assert_eq!(event.kind, "menu-changed");
        assert_eq!(event.read::<MenuChanged>().version, version + 1);
        stream.expect_silence(std::time::Duration::from_millis(100)).await;
    }
    elsewhere.expect_silence(std::time::Duration::from_millis(100)).await;
}

#[tokio::test]
async fn another_instance_shows_the_change_within_a_second() {
    let app = TestApp::start().await;
    let (other, admin) = (app.second_instance().await, app.admin().await);
    let table = app.table(0).await.at(&other.url);
    let _ = table.get("/api/menus").await.expect(200);
    let _ = admin.put(&path(app.store.dish("stew")), &json!({"price": 9_500})).await.expect(200);
    let price = async || {
        let menu: MenuBoard = table.get("/api/menus").await.json(200);
        menu.menus.iter().find(|m| m.name == "stew").unwrap().price
    };
    until(A_SECOND, async || price().await == Money(9_500)).await;
}
