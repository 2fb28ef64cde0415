use serde_json::{Value, json};
use shared_types::history::HistoryPage;
use shared_types::menu::{Menu, MenuBadge, MenuBoard};
use shared_types::orders::CartChangeKind;
use shared_types::{ErrorCode, MenuId, Money};
use test_support::TestApp;
use uuid::Uuid;

use super::{MENUS, audited, board, create_category, galbitang, names, path};

#[tokio::test]
async fn a_new_dish_is_appended_to_its_category() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut new = galbitang(&app.store);
    new["description"] = json!("  Short ribs  ");
    new["badges"] = json!(["new"]);
    new["translations"] = json!({"en": {"name": "Short rib soup"}});
    let dish: Menu = admin.post(MENUS, &new).await.json(201);
    assert_eq!((dish.name.as_str(), dish.price, dish.is_available), ("galbitang", Money(15_000), true));
    assert_eq!((dish.description.as_deref(), &dish.badges[..]), (Some("Short ribs"), &[MenuBadge::New][..]));
    assert_eq!(dish.translations["en"].name, "Short rib soup");
    let board = board(&admin).await;
    assert_eq!(names(&board), ["bulgogi", "stew", "crab", "galbitang", "cola"]);
    assert!(board.menus.contains(&dish));
    let order = test_support::fixture::cart(vec![shared_types::orders::NewOrderItem {
        menu_id: dish.id,
        ..app.store.line("stew", 2, &[])
    }]);
    assert_eq!(app.table(0).await.order(&order).await.total_amount, Money(30_000));
}

#[tokio::test]
async fn an_update_changes_only_what_it_names() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let before = app.store.dish("bulgogi").clone();
    for (change, expected) in [
        (json!({}), before.clone()),
        (json!({"price": 19_000}), Menu { price: Money(19_000), ..before.clone() }),
        (
            json!({"is_available": false}),
            Menu { price: Money(19_000), is_available: false, ..before.clone() },
        ),
        (
            json!({"name": " grill ", "price": 18_000, "is_available": true, "spicy_level": 3}),
            Menu { name: "grill".to_owned(), spicy_level: 3, ..before.clone() },
        ),
    ] {
        let after: Menu = admin.put(&path(&before), &change).await.json(200);
        assert_eq!(after, expected, "{change}");
        assert_eq!(board(&admin).await.menus[0], after);
    }
}

#[tokio::test]
async fn null_removes_only_what_may_be_missing() {
    let app = TestApp::start().await;
    let (admin, stew) = (app.admin().await, app.store.dish("stew"));
    for field in [
        "category_id",
        "name",
        "translations",
        "price",
        "is_available",
        "badges",
        "spicy_level",
        "allergens",
        "option_groups",
    ] {
        let answer = admin.put(&path(stew), &json!({ field: null })).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{field}");
    }
    assert!(board(&admin).await.menus.contains(stew));
    for gone in [json!(null), json!("   ")] {
        let _ = admin.put(&path(stew), &json!({"description": "Spicy"})).await.expect(200);
        let after: Menu = admin.put(&path(stew), &json!({"description": gone})).await.json(200);
        assert_eq!(after, Menu { description: None, ..stew.clone() });
    }
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let app = TestApp::start().await;
    let (admin, other) = (app.admin().await, app.second_store().await);
    let cases = [
        ("name", json!(" "), ErrorCode::Required),
        ("name", json!("x".repeat(101)), ErrorCode::TooLong),
        ("price", json!(0), ErrorCode::OutOfRange),
        ("price", json!(100_000_001), ErrorCode::OutOfRange),
        ("description", json!("x".repeat(1_001)), ErrorCode::TooLong),
        ("spicy_level", json!(4), ErrorCode::OutOfRange),
        ("image_url", json!("https://elsewhere.example/x.webp"), ErrorCode::InvalidFormat),
        ("category_id", json!(Uuid::now_v7()), ErrorCode::NotFound),
        ("category_id", json!(other.dish("stew").category_id), ErrorCode::NotFound),
    ];
    for (field, value, code) in cases {
        let mut new = galbitang(&app.store);
        new[field] = value.clone();
        assert_eq!(admin.post(MENUS, &new).await.field(field), code, "new: {field} {value}");
        let answer = admin.put(&path(app.store.dish("stew")), &json!({ field: value })).await;
        assert_eq!((answer.status, answer.field(field)), (400, code), "{field} {value}");
    }
    assert_eq!(names(&board(&admin).await), ["bulgogi", "stew", "crab", "cola"]);
}

#[tokio::test]
async fn a_name_stands_for_one_dish() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for name in ["cola", "COLA", " cola "] {
        let mut new = galbitang(&app.store);
        new["name"] = json!(name);
        let answer = admin.post(MENUS, &new).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::NameTaken), "{name}");
        let answer = admin.put(&path(app.store.dish("stew")), &json!({"name": name})).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::NameTaken), "{name}");
    }
    let _ = admin.delete(&path(app.store.dish("cola"))).await.expect(204);
    let _ = admin.put(&path(app.store.dish("stew")), &json!({"name": "cola"})).await.expect(200);
}

#[tokio::test]
async fn a_removed_dish_stays_in_orders_of_the_past() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let order = table.order(&app.store.stew()).await;
    let stew = app.store.dish("stew");
    let _ = admin.delete(&path(stew)).await.expect(204);
    assert_eq!(table.orders().await.orders, std::slice::from_ref(&order));
    let refused = table.try_order(&app.store.stew()).await;
    assert_eq!(refused.error().details.changes[0].kind, CartChangeKind::Gone);
    assert_eq!(admin.delete(&path(stew)).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.put(&path(stew), &json!({"price": 1})).await.code(), ErrorCode::NotFound);
    let _ = admin.press(&format!("/api/admin/tables/{}/complete", table.table)).await.expect(200);
    let past: HistoryPage = admin.get(&format!("/api/admin/tables/{}/history", table.table)).await.json(200);
    assert_eq!(past.sessions[0].orders[0].items, order.items);
    assert_eq!(
        app.count("SELECT count(*) FROM menus WHERE store_id = $1 AND deleted_at IS NOT NULL").await,
        1
    );
}

#[tokio::test]
async fn a_dish_that_moves_goes_to_the_end_of_its_new_category() {
    let app = TestApp::start().await;
    let (admin, drinks) = (app.admin().await, app.store.dish("cola").category_id);
    let moved: Menu =
        admin.put(&path(app.store.dish("bulgogi")), &json!({"category_id": drinks})).await.json(200);
    assert_eq!(moved.category_id, drinks);
    assert_eq!(names(&board(&admin).await), ["stew", "crab", "cola", "bulgogi"]);
}

#[tokio::test]
async fn dishes_are_put_into_an_order_all_or_none() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = |name| app.store.dish(name).id;
    let meals = app.store.dish("stew").category_id;
    let reorder = async |ids: &[MenuId]| {
        admin.put("/api/admin/menus/order", &json!({"category_id": meals, "menu_ids": ids})).await
    };
    let sorted: MenuBoard = reorder(&[id("crab"), id("bulgogi"), id("stew")]).await.json(200);
    assert_eq!(names(&sorted), ["crab", "bulgogi", "stew", "cola"]);
    let (a, b, c) = (id("stew"), id("bulgogi"), id("crab"));
    for wrong in [vec![], vec![a, b], vec![a, b, b], vec![a, b, c, c], vec![a, b, c, id("cola")]] {
        let answer = reorder(&wrong).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::OrderMismatch), "{wrong:?}");
    }
    assert_eq!(board(&admin).await, sorted);
    let body = json!({"category_id": Uuid::now_v7(), "menu_ids": []});
    let answer = admin.put("/api/admin/menus/order", &body).await;
    assert_eq!(answer.field("category_id"), ErrorCode::NotFound);
}

#[tokio::test]
async fn every_change_is_audited_with_before_and_after() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let new: Menu = admin.post(MENUS, &galbitang(&app.store)).await.json(201);
    let changed: Menu = admin.put(&path(&new), &json!({"price": 16_000})).await.json(200);
    let _ = admin.put(&path(&new), &json!({"price": 0})).await.expect(400);
    let _ = admin.delete(&path(&new)).await.expect(204);
    let (first, second) = (json!(new), json!(changed));
    let entry =
        |action: &str, before: &Value, after: &Value| (action.to_owned(), before.clone(), after.clone());
    let expected = [
        entry("delete", &second, &Value::Null),
        entry("update", &first, &second),
        entry("create", &Value::Null, &first),
    ];
    assert_eq!(audited(&app, "menu", new.id).await, expected);
    let category = create_category(&admin, "soups").await;
    assert_eq!(audited(&app, "category", category.id).await[0].2, json!(category));
}
