//! The menu, read as a whole: the server keeps it in memory and asks again only when the version grows.

use chrono::{DateTime, Utc};
use shared_types::menu::{Category, Menu, MenuBadge, MenuBoard, OptionGroup, Translations};
use shared_types::{Allergen, CategoryId, MenuId, Money, StoreId};
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
                              'image_url', m.image_key, 'is_available', m.is_available, 'badges', m.badges, 'spicy_level', m.spicy_level,
                              'allergens', m.allergens)
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
    let badges = names(&menu.badges);
    let allergens = names(&menu.allergens);
    sqlx::query!(
        "INSERT INTO menus (store_id, id, category_id, name, description, translations, price, image_key, badges, spicy_level,
                            display_order, is_available, allergens)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
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
        &allergens,
    )
    .execute(&mut *conn)
    .await?;
    for (place, group) in (0_i32..).zip(&menu.option_groups) {
        insert_group(&mut *conn, store, menu.id, group, place).await?;
    }
    Ok(())
}

/// As the columns of type `text[]` hold them.
fn names<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
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

/// What changes of a dish; what is `None` stays.
#[derive(Debug, Default)]
pub struct MenuChange<'a> {
    /// Another category, at whose end the dish goes.
    pub category: Option<CategoryId>,
    /// Name.
    pub name: Option<&'a str>,
    /// Description; `Some(None)` removes it.
    pub description: Option<Option<&'a str>>,
    /// Translations.
    pub translations: Option<&'a Translations>,
    /// Price.
    pub price: Option<Money>,
    /// Content key of the picture; `Some(None)` removes it.
    pub image_key: Option<Option<&'a str>>,
    /// Availability.
    pub is_available: Option<bool>,
    /// Badges.
    pub badges: Option<&'a [MenuBadge]>,
    /// Spiciness.
    pub spicy_level: Option<i16>,
    /// Allergens.
    pub allergens: Option<Vec<Allergen>>,
}

/// Changes a dish. False: no such dish.
///
/// # Errors
/// Database errors; `menus_name_key` when the name is taken, `menus_category_fkey` for an unknown category.
pub async fn update_menu(
    conn: &mut PgConnection,
    store: StoreId,
    id: MenuId,
    change: &MenuChange<'_>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (badges, allergens) = (change.badges.map(names), change.allergens.as_deref().map(names));
    let updated = sqlx::query!(
        "UPDATE menus m SET
                display_order = CASE WHEN $3::uuid IS NULL OR $3 = m.category_id THEN m.display_order
                    ELSE (SELECT coalesce(max(o.display_order) + 1, 0) FROM menus o
                           WHERE o.store_id = $1 AND o.category_id = $3 AND o.deleted_at IS NULL) END,
                category_id = coalesce($3, category_id), name = coalesce($4, name),
                description = CASE WHEN $5 THEN $6 ELSE description END,
                translations = coalesce($7, translations), price = coalesce($8, price),
                image_key = CASE WHEN $9 THEN $10 ELSE image_key END,
                is_available = coalesce($11, is_available), badges = coalesce($12, badges),
                spicy_level = coalesce($13, spicy_level), allergens = coalesce($15, allergens), updated_at = $14
          WHERE store_id = $1 AND id = $2 AND deleted_at IS NULL",
        store.0,
        id.0,
        change.category.map(|c| c.0),
        change.name,
        change.description.is_some(),
        change.description.flatten(),
        change.translations.map(Json) as _,
        change.price.map(|p| p.0),
        change.image_key.is_some(),
        change.image_key.flatten(),
        change.is_available,
        badges.as_deref(),
        change.spicy_level,
        now,
        allergens.as_deref(),
    )
    .execute(conn)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// What a dish costs from now on, and whether there is any.
#[derive(Debug, Clone, Copy)]
pub struct BulkChange {
    /// The dish.
    pub id: MenuId,
    /// Its price.
    pub price: Money,
    /// Its availability.
    pub is_available: bool,
}

/// Locks dishes, all unless some are given, until the transaction ends; always in the same order.
///
/// # Errors
/// Database errors only.
pub async fn lock_menus(conn: &mut PgConnection, store: StoreId, ids: Option<&[MenuId]>) -> Result<()> {
    let ids: Option<Vec<_>> = ids.map(|ids| ids.iter().map(|id| id.0).collect());
    sqlx::query!(
        "SELECT 1 AS one FROM menus WHERE store_id = $1 AND deleted_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2))
          ORDER BY id FOR NO KEY UPDATE",
        store.0,
        ids.as_deref(),
    )
    .fetch_all(conn)
    .await
    .map(drop)
}

/// Locks categories until the transaction ends; always in the same order.
async fn lock_categories(conn: &mut PgConnection, store: StoreId) -> Result<()> {
    sqlx::query!(
        "SELECT 1 AS one FROM categories WHERE store_id = $1 AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE",
        store.0,
    )
    .fetch_all(conn)
    .await
    .map(drop)
}

/// The menu's version; it stays until the transaction ends. Comes after the locks of dishes, as [`touch`] does.
///
/// # Errors
/// Database errors only.
pub async fn lock_version(conn: &mut PgConnection, store: StoreId) -> Result<i64> {
    sqlx::query_scalar!("SELECT menu_version FROM stores WHERE id = $1 FOR NO KEY UPDATE", store.0)
        .fetch_one(conn)
        .await
}

/// Frees the names of dishes that are about to be renamed: they may be each other's.
///
/// # Errors
/// Database errors only.
pub async fn free_names(conn: &mut PgConnection, store: StoreId, ids: &[MenuId]) -> Result<()> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "UPDATE menus SET name = id::text WHERE store_id = $1 AND id = ANY($2) AND deleted_at IS NULL",
        store.0,
        &ids,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Changes prices and availability of many dishes.
///
/// # Errors
/// Database errors only.
pub async fn change_menus(
    conn: &mut PgConnection,
    store: StoreId,
    changes: &[BulkChange],
    now: DateTime<Utc>,
) -> Result<()> {
    let ids: Vec<_> = changes.iter().map(|change| change.id.0).collect();
    let prices: Vec<_> = changes.iter().map(|change| change.price.0).collect();
    let available: Vec<_> = changes.iter().map(|change| change.is_available).collect();
    sqlx::query!(
        "UPDATE menus m SET price = c.price, is_available = c.is_available, updated_at = $5
           FROM unnest($2::uuid[], $3::bigint[], $4::boolean[]) AS c (id, price, is_available)
          WHERE m.store_id = $1 AND m.id = c.id AND m.deleted_at IS NULL",
        store.0,
        &ids,
        &prices,
        &available,
        now,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Replaces all option groups of a dish. Orders keep what they were made of.
///
/// # Errors
/// Database errors only.
pub async fn replace_groups(
    conn: &mut PgConnection,
    store: StoreId,
    menu: MenuId,
    groups: &[OptionGroup],
) -> Result<()> {
    sqlx::query!("DELETE FROM option_groups WHERE store_id = $1 AND menu_id = $2", store.0, menu.0)
        .execute(&mut *conn)
        .await?;
    for (place, group) in (0_i32..).zip(groups) {
        insert_group(&mut *conn, store, menu, group, place).await?;
    }
    Ok(())
}

/// Removes a dish from the menu. False: no such dish.
///
/// # Errors
/// Database errors only.
pub async fn delete_menu(
    conn: &mut PgConnection,
    store: StoreId,
    id: MenuId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let deleted = sqlx::query!(
        "UPDATE menus SET deleted_at = $3, updated_at = $3 WHERE store_id = $1 AND id = $2 AND deleted_at IS NULL",
        store.0,
        id.0,
        now,
    )
    .execute(conn)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Where the next category goes.
///
/// # Errors
/// Database errors only.
pub async fn next_category_order(conn: &mut PgConnection, store: StoreId) -> Result<i32> {
    sqlx::query_scalar!(
        r#"SELECT coalesce(max(display_order) + 1, 0) AS "next!" FROM categories WHERE store_id = $1 AND deleted_at IS NULL"#,
        store.0,
    )
    .fetch_one(conn)
    .await
}

/// Where the next dish of a category goes; `None`: no such category.
///
/// # Errors
/// Database errors only.
pub async fn next_menu_order(
    conn: &mut PgConnection,
    store: StoreId,
    category: CategoryId,
) -> Result<Option<i32>> {
    // The lock keeps the category from being removed before the dish is there.
    sqlx::query_scalar!(
        r#"SELECT (SELECT coalesce(max(m.display_order) + 1, 0) FROM menus m
                    WHERE m.store_id = c.store_id AND m.category_id = c.id AND m.deleted_at IS NULL) AS "next!"
             FROM categories c WHERE c.store_id = $1 AND c.id = $2 AND c.deleted_at IS NULL FOR SHARE"#,
        store.0,
        category.0,
    )
    .fetch_optional(conn)
    .await
}

/// Changes a category. False: no such category.
///
/// # Errors
/// Database errors; `categories_name_key` when the name is taken.
pub async fn update_category(
    conn: &mut PgConnection,
    store: StoreId,
    id: CategoryId,
    name: Option<&str>,
    translations: Option<&Translations>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let updated = sqlx::query!(
        "UPDATE categories SET name = coalesce($3, name), translations = coalesce($4, translations), updated_at = $5
          WHERE store_id = $1 AND id = $2 AND deleted_at IS NULL",
        store.0,
        id.0,
        name,
        translations.map(Json) as _,
        now,
    )
    .execute(conn)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Removes a category without dishes. False: it has dishes, or there is no such category.
///
/// # Errors
/// Database errors only.
pub async fn delete_category(
    conn: &mut PgConnection,
    store: StoreId,
    id: CategoryId,
    now: DateTime<Utc>,
) -> Result<bool> {
    // Waits for whoever is adding a dish to it (`next_menu_order`).
    sqlx::query!("SELECT 1 AS one FROM categories WHERE store_id = $1 AND id = $2 FOR UPDATE", store.0, id.0)
        .fetch_optional(&mut *conn)
        .await?;
    let deleted = sqlx::query!(
        "UPDATE categories SET deleted_at = $3, updated_at = $3 WHERE store_id = $1 AND id = $2 AND deleted_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM menus m WHERE m.store_id = $1 AND m.category_id = $2 AND m.deleted_at IS NULL)",
        store.0,
        id.0,
        now,
    )
    .execute(conn)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Puts all categories into an order. False: the ids are not exactly the store's categories.
///
/// # Errors
/// Database errors only.
pub async fn order_categories(
    conn: &mut PgConnection,
    store: StoreId,
    ids: &[uuid::Uuid],
    now: DateTime<Utc>,
) -> Result<bool> {
    lock_categories(&mut *conn, store).await?;
    let moved = sqlx::query!(
        "UPDATE categories c SET display_order = o.place::integer - 1, updated_at = $3
           FROM unnest($2::uuid[]) WITH ORDINALITY AS o (id, place)
          WHERE c.store_id = $1 AND c.id = o.id AND c.deleted_at IS NULL",
        store.0,
        ids,
        now,
    )
    .execute(&mut *conn)
    .await?
    .rows_affected();
    let all = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM categories WHERE store_id = $1 AND deleted_at IS NULL"#,
        store.0
    )
    .fetch_one(conn)
    .await?;
    Ok(is_every(moved, all, ids.len()))
}

/// Puts all dishes of a category into an order. False: the ids are not exactly its dishes.
///
/// # Errors
/// Database errors only.
pub async fn order_menus(
    conn: &mut PgConnection,
    store: StoreId,
    category: CategoryId,
    ids: &[uuid::Uuid],
    now: DateTime<Utc>,
) -> Result<bool> {
    let menus: Vec<_> = ids.iter().copied().map(MenuId).collect();
    lock_menus(&mut *conn, store, Some(&menus)).await?;
    let moved = sqlx::query!(
        "UPDATE menus m SET display_order = o.place::integer - 1, updated_at = $4
           FROM unnest($3::uuid[]) WITH ORDINALITY AS o (id, place)
          WHERE m.store_id = $1 AND m.category_id = $2 AND m.id = o.id AND m.deleted_at IS NULL",
        store.0,
        category.0,
        ids,
        now,
    )
    .execute(&mut *conn)
    .await?
    .rows_affected();
    let all = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM menus WHERE store_id = $1 AND category_id = $2 AND deleted_at IS NULL"#,
        store.0,
        category.0,
    )
    .fetch_one(conn)
    .await?;
    Ok(is_every(moved, all, ids.len()))
}

fn is_every(moved: u64, all: i64, asked: usize) -> bool {
    u64::try_from(all) == Ok(moved) && u64::try_from(asked) == Ok(moved)
}

/// Ends every change of the menu: the version grows and the apps are told. Answers the new version.
///
/// # Errors
/// Database errors only.
pub async fn touch(conn: &mut PgConnection, store: StoreId, now: DateTime<Utc>) -> Result<i64> {
    sqlx::query_scalar!(r#"SELECT touch_menu($1, $2) AS "version!""#, store.0, now).fetch_one(conn).await
}
