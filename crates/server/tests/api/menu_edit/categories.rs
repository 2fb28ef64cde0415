use serde_json::json;
use shared_types::menu::Category;
use shared_types::menu_edit::CategoryList;
use shared_types::{CategoryId, ErrorCode};
use test_support::{AdminClient, TestApp};
use uuid::Uuid;

use super::{CATEGORIES, MENUS, create_category, galbitang};

async fn list(admin: &AdminClient) -> Vec<Category> {
    admin.get(CATEGORIES).await.json::<CategoryList>(200).categories
}

fn path(id: CategoryId) -> String {
    format!("{CATEGORIES}/{id}")
}

#[tokio::test]
async fn a_new_category_is_appended() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let body = json!({"name": " soups ", "translations": {"ko": {"name": "국물"}}});
    let new: Category = admin.post(CATEGORIES, &body).await.json(201);
    assert_eq!((new.name.as_str(), new.translations["ko"].name.as_str()), ("soups", "국물"));
    let names: Vec<_> = list(&admin).await.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["meals", "drinks", "soups"]);
}

#[tokio::test]
async fn a_category_is_renamed_and_keeps_the_rest() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let body = json!({"name": "soups", "translations": {"en": {"name": "Soups"}}});
    let new: Category = admin.post(CATEGORIES, &body).await.json(201);
    let after: Category = admin.put(&path(new.id), &json!({"name": "stews"})).await.json(200);
    assert_eq!(after, Category { name: "stews".to_owned(), ..new });
    for field in ["name", "translations"] {
        let answer = admin.put(&path(after.id), &json!({ field: null })).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{field}");
    }
    let unknown = path(CategoryId(Uuid::now_v7()));
    assert_eq!(admin.put(&unknown, &json!({"name": "x"})).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn names_are_checked_and_stand_for_one_category() {
    let app = TestApp::start().await;
    let (admin, soups) = (app.admin().await, "soups");
    let id = create_category(&admin, soups).await.id;
    for (name, code) in [("", ErrorCode::Required), ("x".repeat(51).as_str(), ErrorCode::TooLong)] {
        assert_eq!(admin.post(CATEGORIES, &json!({"name": name})).await.field("name"), code);
        assert_eq!(admin.put(&path(id), &json!({"name": name})).await.field("name"), code);
    }
    for name in ["meals", "MEALS"] {
        assert_eq!(admin.post(CATEGORIES, &json!({"name": name})).await.code(), ErrorCode::NameTaken);
        assert_eq!(admin.put(&path(id), &json!({"name": name})).await.code(), ErrorCode::NameTaken);
    }
}

#[tokio::test]
async fn only_a_category_without_dishes_is_removed() {
    let app = TestApp::start().await;
    let (admin, drinks) = (app.admin().await, app.store.dish("cola").category_id);
    let answer = admin.delete(&path(drinks)).await;
    assert_eq!((answer.status, answer.code()), (409, ErrorCode::CategoryInUse));
    let _ = admin.delete(&format!("{MENUS}/{}", app.store.dish("cola").id)).await.expect(204);
    let _ = admin.delete(&path(drinks)).await.expect(204);
    assert_eq!(admin.delete(&path(drinks)).await.code(), ErrorCode::NotFound);
    assert_eq!(list(&admin).await.len(), 1);
    let mut new = galbitang(&app.store);
    new["category_id"] = json!(drinks);
    assert_eq!(admin.post(MENUS, &new).await.field("category_id"), ErrorCode::NotFound);
    create_category(&admin, "drinks").await;
}

#[tokio::test]
async fn a_dish_never_ends_up_in_a_category_that_is_gone() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for round in 0..5 {
        let category = create_category(&admin, &format!("round {round}")).await.id;
        let (path, new) =
            (path(category), json!({"category_id": category, "name": format!("dish {round}"), "price": 1}));
        let (created, removed) = tokio::join!(admin.post(MENUS, &new), admin.delete(&path));
        let expected = if created.status == 201 { 409 } else { 204 };
        assert_eq!(removed.status, expected, "{} and {}", created.text(), removed.text());
    }
}

#[tokio::test]
async fn categories_are_put_into_an_order_all_or_none() {
    let app = TestApp::start().await;
    let (admin, other) = (app.admin().await, app.second_store().await);
    let (meals, drinks) = (app.store.dish("stew").category_id, app.store.dish("cola").category_id);
    let soups = create_category(&admin, "soups").await.id;
    let reorder = async |ids: &[CategoryId]| {
        admin.put("/api/admin/categories/order", &json!({"category_ids": ids})).await
    };
    let sorted: CategoryList = reorder(&[soups, meals, drinks]).await.json(200);
    assert_eq!(sorted.categories.iter().map(|c| c.id).collect::<Vec<_>>(), [soups, meals, drinks]);
    let foreign = other.dish("stew").category_id;
    for wrong in [
        vec![],
        vec![meals, drinks],
        vec![meals, drinks, drinks],
        vec![meals, drinks, soups, soups],
        vec![meals, drinks, foreign],
        vec![meals, drinks, soups, foreign],
    ] {
        let answer = reorder(&wrong).await;
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::OrderMismatch), "{wrong:?}");
    }
    assert_eq!(list(&admin).await, sorted.categories);
}
