//! What requests name and may use up: of store A, fresh for each of them.

use std::collections::BTreeMap;

use shared_types::calls::CallKind;
use shared_types::menu::{Category, Menu};
use shared_types::{CategoryId, MenuId, TableId, UserId};
use test_support::TestApp;
use uuid::Uuid;

use super::table::Operation;

/// Nobody signs in with it.
const NO_HASH: &str = "no password has this as its hash";

/// Ids by the names that stand for them in [`Things::fill`]. Those of paths go by the segment before `{id}`.
pub struct Things(BTreeMap<&'static str, String>);

impl Things {
    pub async fn new(app: &TestApp) -> Self {
        let (table, store) = (app.table(0).await, app.store.id);
        let order = table.order(&app.store.stew()).await;
        let call = table.call(CallKind::Help).await;
        let (free, user) = (TableId(Uuid::now_v7()), UserId(Uuid::now_v7()));
        let (empty, shelf) = (category(), category());
        let menu = Menu {
            id: MenuId(Uuid::now_v7()),
            category_id: shelf.id,
            name: Uuid::now_v7().to_string(),
            ..app.store.dish("stew").clone()
        };
        let mut tx = app.db.begin().await.unwrap();
        db::tables::insert(&mut tx, store, free, &short_name(), NO_HASH).await.unwrap();
        db::users::insert(&mut tx, store, user, &user.to_string(), NO_HASH).await.unwrap();
        for category in [&empty, &shelf] {
            db::menu::insert_category(&mut tx, store, category, 100).await.unwrap();
        }
        db::menu::insert_menu(&mut tx, store, &menu, 1).await.unwrap();
        tx.commit().await.unwrap();
        let categories = db::menu::board(&mut app.db.acquire().await.unwrap(), store).await.unwrap().unwrap();
        let categories: Vec<_> = categories.categories.iter().map(|c| format!("\"{}\"", c.id)).collect();
        Self(BTreeMap::from([
            ("orders", order.id.to_string()),
            ("calls", call.id.to_string()),
            ("occupied", table.table.to_string()),
            ("table", free.to_string()),
            ("device", table.login.table.device_id.to_string()),
            ("category", empty.id.to_string()),
            ("categories", categories.join(", ")),
            ("shelf", shelf.id.to_string()),
            ("menu", menu.id.to_string()),
            ("user", user.to_string()),
            ("new", short_name()),
        ]))
    }

    /// The path with the id of what it is about.
    pub fn path(&self, operation: &Operation) -> String {
        let kind = match operation.path.split('/').nth(3).unwrap_or_default() {
            "tables" if operation.path.ends_with("/complete") || operation.path.ends_with("/move") => {
                "occupied"
            }
            "tables" => "table",
            "devices" => "device",
            "categories" => "category",
            "menus" => "menu",
            "users" => "user",
            other => other,
        };
        let id = self.0.get(kind).map(String::as_str).unwrap_or_default();
        operation.path.replace("{id}", id).replace("{name}", "x")
    }

    /// The body with ids for their names.
    pub fn fill(&self, body: &str) -> String {
        self.0.iter().fold(body.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }
}

fn category() -> Category {
    let id = CategoryId(Uuid::now_v7());
    Category { id, name: id.to_string(), translations: BTreeMap::new() }
}

/// A name that is free everywhere and fits on a table.
fn short_name() -> String {
    Uuid::now_v7().simple().to_string()[12..].to_owned()
}
