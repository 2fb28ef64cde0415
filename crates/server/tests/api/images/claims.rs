//! Dishes and the pictures they name.

use serde_json::{Value, json};
use shared_types::ErrorCode;
use shared_types::menu::{Menu, MenuBoard};
use test_support::{AdminClient, Answer, TestApp};

use super::samples::{self, photo};
use super::uploaded;

async fn show(admin: &AdminClient, dish: &Menu, url: Value) -> Answer {
    admin.put(&format!("/api/admin/menus/{}", dish.id), &json!({"image_url": url})).await
}

#[tokio::test]
async fn a_dish_shows_a_picture_of_its_store() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let image = uploaded(&admin, &samples::png(&photo(80, 60))).await;
    let stew: Menu = show(&admin, app.store.dish("stew"), json!(image.url)).await.json(200);
    assert_eq!(stew.image_url.as_ref(), Some(&image.url));
    let new =
        json!({"category_id": stew.category_id, "name": "soup", "price": 5_000, "image_url": image.url});
    let soup: Menu = admin.post("/api/admin/menus", &new).await.json(201);
    assert_eq!(soup.image_url.as_ref(), Some(&image.url));
    let board: MenuBoard = app.table(0).await.get("/api/menus").await.json(200);
    assert_eq!(board.menus.iter().filter(|menu| menu.image_url.as_ref() == Some(&image.url)).count(), 2);
    // Saved as it was read.
    let _ = show(&admin, &stew, json!(image.url)).await.expect(200);
    let plain: Menu = show(&admin, &stew, json!(null)).await.json(200);
    assert_eq!(plain.image_url, None);
}

#[tokio::test]
async fn nobody_shows_what_another_store_has_uploaded() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let (admin, other_admin) = (app.admin().await, app.admin_of(&other).await);
    let file = samples::png(&photo(80, 60));
    let theirs = uploaded(&other_admin, &file).await;
    let unknown = "/api/images/0123456789abcdef0123456789abcdef-960.webp";
    for url in [theirs.url.as_str(), unknown] {
        let answer = show(&admin, app.store.dish("stew"), json!(url)).await;
        assert_eq!((answer.status, answer.field("image_url")), (400, ErrorCode::NotFound), "{url}");
        let new = json!({"category_id": app.store.dish("stew").category_id, "name": "soup", "price": 5_000, "image_url": url});
        let answer = admin.post("/api/admin/menus", &new).await;
        assert_eq!((answer.status, answer.field("image_url")), (400, ErrorCode::NotFound), "{url}");
    }
    // The same picture of one's own has the same URL.
    assert_eq!(uploaded(&admin, &file).await, theirs);
    let _ = show(&admin, app.store.dish("stew"), json!(theirs.url)).await.expect(200);
}
