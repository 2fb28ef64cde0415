use serde_json::json;
use shared_types::menu::{Menu, MenuBoard};
use shared_types::{Allergen, ErrorCode};
use test_support::TestApp;

use super::{MENUS, board, galbitang, path};

#[tokio::test]
async fn every_group_can_be_kept_and_is_told_to_guests() {
    let app = TestApp::start().await;
    let (admin, table) = (app.admin().await, app.table(0).await);
    let mut new = galbitang(&app.store);
    new["allergens"] = json!(Allergen::ALL);
    let dish: Menu = admin.post(MENUS, &new).await.json(201);
    assert_eq!(dish.allergens, Allergen::ALL);
    assert!(board(&admin).await.menus.contains(&dish));
    let told: MenuBoard = table.get("/api/menus").await.json(200);
    assert!(told.menus.contains(&dish));
}

#[tokio::test]
async fn they_stand_in_the_order_of_the_list_each_once() {
    let app = TestApp::start().await;
    let (admin, stew) = (app.admin().await, app.store.dish("stew"));
    let mixed = json!({"allergens": ["pine_nuts", "milk", "eggs", "milk"]});
    let dish: Menu = admin.put(&path(stew), &mixed).await.json(200);
    assert_eq!(dish.allergens, [Allergen::Eggs, Allergen::Milk, Allergen::PineNuts]);
    let dish: Menu = admin.put(&path(stew), &json!({"price": 9_000})).await.json(200);
    assert_eq!(dish.allergens.len(), 3, "another change leaves them");
    let told = admin.put(&path(stew), &json!({"allergens": []})).await.value(200);
    assert!(told.get("allergens").is_none(), "absent when there are none: {told}");
}

#[tokio::test]
async fn what_is_no_group_is_refused() {
    let app = TestApp::start().await;
    let (admin, stew) = (app.admin().await, app.store.dish("stew"));
    for wrong in [json!(["gluten"]), json!(["Eggs"]), json!("eggs"), json!([1])] {
        let answer = admin.put(&path(stew), &json!({"allergens": wrong})).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{wrong}");
    }
    assert!(board(&admin).await.menus.contains(stew));
}
