//! Changing the menu: dishes, option groups, categories, and who learns of it.

mod allergens;
mod bulk;
mod categories;
mod dishes;
mod groups;
mod news;
mod sheet;

use serde_json::{Value, json};
use shared_types::menu::{Category, Menu, MenuBoard};
use test_support::{AdminClient, Store, TestApp};

const MENUS: &str = "/api/admin/menus";
const CATEGORIES: &str = "/api/admin/categories";

fn path(menu: &Menu) -> String {
    format!("{MENUS}/{}", menu.id)
}

/// The menu as managers see it.
async fn board(admin: &AdminClient) -> MenuBoard {
    admin.get(MENUS).await.json(200)
}

/// The names of the dishes of a board, in order.
fn names(board: &MenuBoard) -> Vec<&str> {
    board.menus.iter().map(|menu| menu.name.as_str()).collect()
}

/// The smallest dish beside the stew.
fn galbitang(store: &Store) -> Value {
    json!({"category_id": store.dish("stew").category_id, "name": "galbitang", "price": 15_000})
}

async fn create_category(admin: &AdminClient, name: &str) -> Category {
    admin.post(CATEGORIES, &json!({"name": name})).await.json(201)
}

/// The audit log's entries about one thing, newest first: action, before, after.
async fn audited(app: &TestApp, entity: &str, id: impl std::fmt::Display) -> Vec<(String, Value, Value)> {
    let query = format!("/api/admin/audit?entity={entity}&entity_id={id}");
    let page = app.admin().await.get(&query).await.value(200);
    let entries = page["entries"].as_array().unwrap().iter();
    entries
        .map(|e| (e["action"].as_str().unwrap().to_owned(), e["before"].clone(), e["after"].clone()))
        .collect()
}
