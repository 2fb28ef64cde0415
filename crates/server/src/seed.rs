//! `seed-demo`: two stores to try everything with. Does nothing where they are; refuses production.

use std::collections::HashMap;

use bytes::Bytes;
use serde::Deserialize;
use shared_types::media::IMAGE_WIDTHS;
use shared_types::menu::{Category, Menu, MenuBadge, MenuOption, OptionGroup, Translations};
use shared_types::{Allergen, CategoryId, MenuId, Money, OptionGroupId, OptionId, StoreId, TableId, UserId};
use uuid::Uuid;

use crate::app::AppState;
use crate::error::{AppError, Result};
use crate::media;

const DATA: &str = include_str!("../assets/demo.json");
include!(concat!(env!("OUT_DIR"), "/dishes.rs"));

#[derive(Deserialize)]
struct Demo {
    stores: Vec<DemoStore>,
}

#[derive(Deserialize)]
struct DemoStore {
    code: String,
    name: String,
    admin: DemoAdmin,
    tables: Vec<DemoTable>,
    option_groups: HashMap<String, DemoGroup>,
    categories: Vec<DemoCategory>,
}

#[derive(Deserialize)]
struct DemoAdmin {
    username: String,
    password: String,
}

#[derive(Deserialize)]
struct DemoTable {
    number: String,
    password: String,
}

#[derive(Deserialize)]
struct DemoGroup {
    name: String,
    translations: Translations,
    min: u32,
    max: u32,
    options: Vec<DemoOption>,
}

#[derive(Deserialize)]
struct DemoOption {
    name: String,
    translations: Translations,
    price: i64,
}

#[derive(Deserialize)]
struct DemoCategory {
    name: String,
    translations: Translations,
    menus: Vec<DemoMenu>,
}

#[derive(Deserialize)]
struct DemoMenu {
    name: String,
    description: Option<String>,
    translations: Translations,
    price: i64,
    image: Option<String>,
    badges: Vec<MenuBadge>,
    spicy_level: i16,
    #[serde(default)]
    allergens: Vec<Allergen>,
    available: bool,
    option_groups: Vec<String>,
}

/// Seeds the demo stores that are missing. Answers the codes of those that were added.
///
/// # Errors
/// Database errors, or the media directory cannot be written.
pub async fn seed(state: &AppState) -> Result<Vec<String>> {
    let demo: Demo = serde_json::from_str(DATA).map_err(AppError::internal)?;
    let pictures: HashMap<_, _> =
        DISHES.iter().map(|(slug, widths)| (*slug, media::key_of(widths))).collect();
    let mut added = Vec::new();
    for store in &demo.stores {
        let known = db::stores::id_of_code(&mut *state.pool.acquire().await?, &store.code).await?;
        if known.is_none() && seed_store(state, store, &pictures).await? {
            added.push(store.code.clone());
        }
    }
    // After the stores have noted theirs, and each time: files that are missing are there again.
    for (slug, widths) in DISHES {
        for (width, bytes) in IMAGE_WIDTHS.iter().zip(*widths) {
            state.media.put(&pictures[slug], *width, Bytes::from_static(bytes)).await?;
        }
    }
    Ok(added)
}

async fn seed_store(state: &AppState, demo: &DemoStore, pictures: &HashMap<&str, String>) -> Result<bool> {
    // bcrypt first: a transaction does not wait for it.
    let admin_hash = state.passwords.hash(&demo.admin.password).await?;
    let mut tables = Vec::with_capacity(demo.tables.len());
    for table in &demo.tables {
        tables.push((table.number.as_str(), state.passwords.hash(&table.password).await?));
    }
    let mut tx = state.pool.begin().await?;
    let store = StoreId(Uuid::now_v7());
    if !db::stores::insert(&mut tx, store, &demo.code, &demo.name, "Asia/Seoul").await? {
        return Ok(false);
    }
    db::users::insert(&mut tx, store, UserId(Uuid::now_v7()), &demo.admin.username, &admin_hash).await?;
    for (number, hash) in &tables {
        db::tables::insert(&mut tx, store, TableId(Uuid::now_v7()), number, hash).await?;
    }
    for (place, category) in (0_i32..).zip(&demo.categories) {
        let row = Category {
            id: CategoryId(Uuid::now_v7()),
            name: category.name.clone(),
            translations: category.translations.clone(),
        };
        db::menu::insert_category(&mut tx, store, &row, place).await?;
        for (place, menu) in (0_i32..).zip(&category.menus) {
            let menu = menu_row(demo, row.id, menu, pictures)?;
            if let Some(key) = &menu.image_url {
                db::media::register(&mut tx, store, key, state.clock.now()).await?;
            }
            db::menu::insert_menu(&mut tx, store, &menu, place).await?;
        }
    }
    db::menu::touch(&mut tx, store, state.clock.now()).await?;
    tx.commit().await?;
    state.events.changed(store);
    Ok(true)
}

fn menu_row(
    store: &DemoStore,
    category_id: CategoryId,
    menu: &DemoMenu,
    pictures: &HashMap<&str, String>,
) -> Result<Menu> {
    let group = |key: &String| {
        let group = store
            .option_groups
            .get(key)
            .ok_or_else(|| AppError::internal(format!("demo.json has no option group {key}")))?;
        Ok(OptionGroup {
            id: OptionGroupId(Uuid::now_v7()),
            name: group.name.clone(),
            translations: group.translations.clone(),
            min_choices: group.min,
            max_choices: group.max,
            options: group
                .options
                .iter()
                .map(|option| MenuOption {
                    id: OptionId(Uuid::now_v7()),
                    name: option.name.clone(),
                    translations: option.translations.clone(),
                    price: Money(option.price),
                    is_available: true,
                })
                .collect(),
        })
    };
    Ok(Menu {
        id: MenuId(Uuid::now_v7()),
        category_id,
        name: menu.name.clone(),
        description: menu.description.clone(),
        translations: menu.translations.clone(),
        price: Money(menu.price),
        image_url: menu.image.as_deref().and_then(|slug| pictures.get(slug)).cloned(),
        is_available: menu.available,
        badges: menu.badges.clone(),
        spicy_level: menu.spicy_level,
        allergens: Allergen::sorted(menu.allergens.clone()),
        option_groups: menu.option_groups.iter().map(group).collect::<Result<_>>()?,
    })
}
