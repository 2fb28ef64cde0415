//! The menu, read as a whole: the server keeps it in memory and asks again only when the version grows.

use shared_types::menu::{Category, Menu, MenuBoard, OptionGroup};
use shared_types::{MenuId, StoreId};
use sqlx::types::Json;

use crate::{PgConnection, Result};

/// The whole menu, sold-out dishes included, and its version, as of one moment: one statement. `image_url`
/// holds the bare content key; the server makes the URL.
///
/// # Errors
/// Database errors only; an unknown store is `None`.
pub async fn board(conn: &mut PgConnection, store: StoreId) -> Result<Option<MenuBoard>> {
    let row = sqlx::query!(
        r#"SELECT s.menu_version,
                  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'translations', c.translations)
                              ORDER BY c.display_order, c.name), '[]')
                     FROM categories c WHERE c.store_id = s.id AND c.deleted_at IS NULL) AS "categories!: Json<Vec<Category>>",
                  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'category_id', m.category_id, 'name', m.name,
                              'description', m.description, 'translations', m.translations, 'price', m.price,
                              'image_url', m.image_key, 'is_available', m.is_available, 'badges', m.badges, 'spicy_level', m.spicy_level)
                              ORDER BY c.display_order, c.name, m.display_order, m.name), '[]')
                     FROM menus m JOIN categories c ON c.store_id = m.store_id AND c.id = m.category_id AND c.deleted_at IS NULL
                    WHERE m.store_id = s.id AND m.deleted_at IS NULL) AS "menus!: Json<Vec<Menu>>",
                  (SELECT coalesce(jsonb_agg(jsonb_build_object('menu_id', g.menu_id, 'group', jsonb_build_object(
                              'id', g.id, 'name', g.name, 'translations', g.translations, 'min_choices', g.min_choices, 'max_choices', g.max_choices,
                              'options', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'translations', o.translations,
                                            'price', o.price, 'is_available', o.is_available) ORDER BY o.display_order, o.name), '[]')
                                            FROM options o WHERE o.store_id = g.store_id AND o.group_id = g.id)))
                              ORDER BY g.display_order, g.name), '[]')
                     FROM option_groups g WHERE g.store_id = s.id) AS "groups!: Json<Vec<GroupOfMenu>>"
             FROM stores s WHERE s.id = $1"#,
        store.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| {
        let mut menus = r.menus.0;
        let mut places: std::collections::HashMap<MenuId, usize> =
            menus.iter().enumerate().map(|(i, m)| (m.id, i)).collect();
        for GroupOfMenu { menu_id, group } in r.groups.0 {
            if let Some(menu) = places.get_mut(&menu_id).and_then(|place| menus.get_mut(*place)) {
                menu.option_groups.push(group);
            }
        }
        MenuBoard { version: r.menu_version, categories: r.categories.0, menus }
    }))
}

#[derive(Debug, serde::Deserialize)]
struct GroupOfMenu {
    menu_id: MenuId,
    group: OptionGroup,
}

/// Adds a category at a place.
///
/// # Errors
/// Database errors only.
pub async fn insert_category(
    conn: &mut PgConnection,
    store: StoreId,
    category: &Category,
    display_order: i32,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO categories (store_id, id, name, translations, display_order) VALUES ($1, $2, $3, $4, $5)",
        store.0,
        category.id.0,
        category.name,
        Json(&category.translations) as _,
        display_order,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Adds a dish with its option groups at a place. `image_url` holds the bare content key.
///
/// # Errors
/// Database errors only.
pub async fn insert_menu(
    conn: &mut PgConnection,
    store: StoreId,
    menu: &Menu,
    display_order: i32,
) -> Result<()> {
    let badges: Vec<String> = menu.badges.iter().map(ToString::to_string).collect();
    sqlx::query!(
        "INSERT INTO menus (store_id, id, category_id, name, description, translations, price, image_key, badges, spicy_level,
                            display_order, is_available)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        store.0,
        menu.id.0,
        menu.category_id.0,
        menu.name,
        menu.description,
        Json(&menu.translations) as _,
        menu.price.0,
        menu.image_url,
        &badges,
        menu.spicy_level,
        display_order,
        menu.is_available,
    )
    .execute(&mut *conn)
    .await?;
    for (place, group) in (0_i32..).zip(&menu.option_groups) {
        insert_group(&mut *conn, store, menu.id, group, place).await?;
    }
    Ok(())
}

async fn insert_group(
    conn: &mut PgConnection,
    store: StoreId,
    menu: MenuId,
    group: &OptionGroup,
    place: i32,
) -> Result<()> {
    let bound = |n: u32| i16::try_from(n).unwrap_or(i16::MAX);
    sqlx::query!(
        "INSERT INTO option_groups (store_id, id, menu_id, name, translations, min_choices, max_choices, display_order)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        store.0,
        group.id.0,
        menu.0,
        group.name,
        Json(&group.translations) as _,
        bound(group.min_choices),
        bound(group.max_choices),
        place,
    )
    .execute(&mut *conn)
    .await?;
    for (place, option) in (0_i32..).zip(&group.options) {
        sqlx::query!(
            "INSERT INTO options (store_id, id, group_id, name, translations, price, is_available, display_order)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            store.0,
            option.id.0,
            group.id.0,
            option.name,
            Json(&option.translations) as _,
            option.price.0,
            option.is_available,
            place,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Ends every change of the menu: the version grows and the apps are told. Answers the new version.
///
/// # Errors
/// Database errors only.
pub async fn touch(
    conn: &mut PgConnection,
    store: StoreId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<i64> {
    sqlx::query_scalar!(r#"SELECT touch_menu($1, $2) AS "version!""#, store.0, now).fetch_one(conn).await
}
