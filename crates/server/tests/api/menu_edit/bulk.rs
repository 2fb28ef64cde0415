use serde_json::json;
use shared_types::menu_bulk::BulkResult;
use shared_types::{ErrorCode, MenuId, Money};
use test_support::{AdminClient, TestApp};
use uuid::Uuid;

use super::{audited, board};

const BULK: &str = "/api/admin/menus/bulk";

fn ids(app: &TestApp, names: &[&str]) -> Vec<MenuId> {
    names.iter().map(|name| app.store.dish(name).id).collect()
}

async fn prices(admin: &AdminClient) -> Vec<(String, i64, bool)> {
    let menus = board(admin).await.menus.into_iter();
    menus.map(|menu| (menu.name, menu.price.0, menu.is_available)).collect()
}

fn row(name: &str, price: i64, is_available: bool) -> (String, i64, bool) {
    (name.to_owned(), price, is_available)
}

#[tokio::test]
async fn a_preview_tells_every_price_and_changes_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let before = board(&admin).await;
    let nobodys = MenuId(Uuid::now_v7());
    let mut menu_ids = ids(&app, &["stew", "cola", "stew"]);
    menu_ids.push(nobodys);
    let body = json!({"menu_ids": menu_ids, "price": {"amount": -1_950, "round_to": 100}, "dry_run": true});
    let preview: BulkResult = admin.post(BULK, &body).await.json(200);
    assert_eq!((preview.dry_run, preview.version), (true, before.version));
    let told: Vec<_> = preview.menus.iter().map(|l| (l.old_price, l.new_price, l.error)).collect();
    // 7,050 and 50 are rounded up; the second would do, and the dish that is none has no price.
    assert_eq!(
        told,
        [
            (Some(Money(9_000)), Some(Money(7_100)), None),
            (Some(Money(2_000)), Some(Money(100)), None),
            (None, None, Some(ErrorCode::NotFound)),
        ]
    );
    let body = json!({"menu_ids": ids(&app, &["cola"]), "price": {"amount": -2_000}, "dry_run": true});
    let preview: BulkResult = admin.post(BULK, &body).await.json(200);
    assert_eq!((preview.menus[0].new_price, preview.menus[0].error), (None, Some(ErrorCode::OutOfRange)));
    assert_eq!(board(&admin).await, before);
}

#[tokio::test]
async fn many_dishes_change_in_one_go_with_one_event() {
    let app = TestApp::start().await;
    let (admin, table) = (app.admin().await, app.table(0).await);
    let version = board(&admin).await.version;
    let mut events = table.stream(None).await;
    let body = json!({"menu_ids": ids(&app, &["bulgogi", "crab", "cola"]), "is_available": true,
        "price": {"percent": 7, "round_to": 100}});
    let result: BulkResult = admin.post(BULK, &body).await.json(200);
    assert_eq!((result.dry_run, result.version), (false, version + 1));
    let after = [
        row("bulgogi", 19_300, true),
        row("stew", 9_000, true),
        row("crab", 32_100, true),
        row("cola", 2_100, true),
    ];
    assert_eq!(prices(&admin).await, after);
    let event = events.event().await;
    assert_eq!((event.kind.as_str(), event.data["version"].as_i64()), ("menu-changed", Some(version + 1)));
    for (name, entries) in [("bulgogi", 1), ("crab", 1), ("stew", 0)] {
        let log = audited(&app, "menu", app.store.dish(name).id).await;
        assert_eq!(log.len(), entries, "{name}");
        if let Some((action, before, after)) = log.first() {
            assert_eq!((action.as_str(), before["name"].as_str()), ("update", Some(name)));
            assert!(before["price"].as_i64() < after["price"].as_i64());
        }
    }
    // What is like that already is no change: no version, no entry.
    let again = json!({"menu_ids": ids(&app, &["bulgogi", "crab"]), "is_available": true});
    let result: BulkResult = admin.post(BULK, &again).await.json(200);
    assert_eq!(result.version, version + 1);
    assert_eq!(board(&admin).await.version, version + 1);
    assert_eq!(table.order(&app.store.stew()).await.total_amount, Money(9_000));
}

#[tokio::test]
async fn one_that_cannot_be_changed_keeps_all_as_they_are() {
    let app = TestApp::start().await;
    let (admin, other) = (app.admin().await, app.second_store().await);
    let before = board(&admin).await;
    let mut menu_ids = ids(&app, &["stew", "cola"]);
    menu_ids.push(other.dish("stew").id);
    let body = json!({"menu_ids": menu_ids, "price": {"amount": -2_000}});
    let answer = admin.post(BULK, &body).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        (answer.field("menu_ids[1]"), answer.field("menu_ids[2]")),
        (ErrorCode::OutOfRange, ErrorCode::NotFound)
    );
    assert_eq!(board(&admin).await, before);
    let nothing = admin.post(BULK, &json!({"menu_ids": menu_ids})).await;
    assert_eq!(nothing.field("price"), ErrorCode::Required);
    let none = admin.post(BULK, &json!({"menu_ids": [], "is_available": true})).await;
    assert_eq!(none.field("menu_ids"), ErrorCode::Required);
    assert_eq!(admin.put(BULK, &json!({})).await.expect(405).header("Allow"), "POST");
}

#[tokio::test]
async fn two_rises_at_once_are_two_rises() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let body = json!({"menu_ids": ids(&app, &["stew", "cola", "bulgogi"]), "price": {"amount": 100}});
    let rises = (0..6).map(|_| admin.post(BULK, &body));
    for answer in futures_util::future::join_all(rises).await {
        let _ = answer.expect(200);
    }
    let stew = prices(&admin).await.into_iter().find(|(name, ..)| name == "stew").unwrap();
    assert_eq!(stew.1, 9_600);
}

#[tokio::test]
async fn a_rise_that_is_sent_again_is_one_rise() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let preview =
        json!({"menu_ids": ids(&app, &["stew", "cola"]), "price": {"amount": 100}, "dry_run": true});
    let preview: BulkResult = admin.post(BULK, &preview).await.json(200);
    let body = json!({"menu_ids": ids(&app, &["stew", "cola"]), "price": {"amount": 100}, "version": preview.version});
    let rises = (0..4).map(|_| admin.post(BULK, &body));
    let mut answers = futures_util::future::join_all(rises).await;
    answers.sort_by_key(|answer| answer.status);
    assert_eq!(answers.remove(0).json::<BulkResult>(200).version, preview.version + 1);
    for answer in answers {
        assert_eq!((answer.status, answer.code()), (409, ErrorCode::MenuChanged));
    }
    let after = board(&admin).await;
    let stew = after.menus.iter().find(|menu| menu.name == "stew").unwrap();
    assert_eq!((stew.price, after.version), (Money(9_100), preview.version + 1));
    // Other dishes, but the same old menu; a preview tells what is now.
    let other = json!({"menu_ids": ids(&app, &["crab"]), "is_available": false, "version": preview.version});
    assert_eq!(admin.post(BULK, &other).await.code(), ErrorCode::MenuChanged);
    let again = json!({"menu_ids": ids(&app, &["stew"]), "price": {"amount": 100}, "version": preview.version, "dry_run": true});
    let again: BulkResult = admin.post(BULK, &again).await.json(200);
    assert_eq!((again.version, again.menus[0].old_price), (after.version, Some(Money(9_100))));
    assert_eq!(board(&admin).await, after);
}

#[tokio::test]
async fn reorders_and_rises_never_wait_for_each_other() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let board = board(&admin).await;
    let category = app.store.dish("stew").category_id;
    let mut there: Vec<_> =
        board.menus.iter().filter(|menu| menu.category_id == category).map(|menu| menu.id).collect();
    let mut categories: Vec<_> = board.categories.iter().map(|category| category.id).collect();
    let all: Vec<_> = board.menus.iter().map(|menu| menu.id).collect();
    for _ in 0..8 {
        let menus = json!({"category_id": category, "menu_ids": there});
        let rows = json!({"category_ids": categories});
        there.reverse();
        categories.reverse();
        let back = json!({"category_id": category, "menu_ids": there});
        let rows_back = json!({"category_ids": categories});
        let rise = json!({"menu_ids": all, "price": {"amount": 10}});
        let (a, b, c, d, e) = tokio::join!(
            admin.put("/api/admin/menus/order", &menus),
            admin.put("/api/admin/menus/order", &back),
            admin.post(BULK, &rise),
            admin.put("/api/admin/categories/order", &rows),
            admin.put("/api/admin/categories/order", &rows_back),
        );
        for answer in [a, b, c, d, e] {
            let _ = answer.expect(200);
        }
    }
}
