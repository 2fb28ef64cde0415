//! A store to order in, written straight into the database: small, known by heart, and quick to make.

use std::collections::BTreeMap;

use db::Pool;
use server::auth::passwords::Passwords;
use shared_types::menu::{Category, Menu, MenuOption, OptionGroup};
use shared_types::orders::{NewOrder, NewOrderItem};
use shared_types::{CategoryId, MenuId, Money, OptionGroupId, OptionId, StoreId, TableId, UserId};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// The manager of every store.
pub const USERNAME: &str = "manager";
/// Its password, and that of every table.
pub const PASSWORD: &str = "a-long-password";
/// The tables of every store; the last one's number has letters.
pub const TABLES: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "Vip1"];
/// What a bowl of stew costs.
pub const STEW: Money = Money(9_000);
/// What bulgogi costs, without options.
pub const BULGOGI: Money = Money(18_000);

/// A store as the tests know it.
///
/// | dish | price | options |
/// |---|---|---|
/// | `bulgogi` | 18,000 | `spice`, exactly one: `mild` 0, `hot` 500; `extras`, at most two: `rice` 1,000, `egg` 1,500, `cheese` 2,000 |
/// | `stew` | 9,000 | |
/// | `crab` | 30,000 | sold out |
/// | `cola` | 2,000 | in the second category |
pub struct Store {
    /// The store.
    pub id: StoreId,
    /// What is typed on login screens.
    pub code: String,
    /// The manager.
    pub admin: UserId,
    /// The tables, as in [`TABLES`].
    pub tables: Vec<TableId>,
    menus: Vec<Menu>,
}

impl Store {
    /// Writes a store.
    pub async fn insert(pool: &Pool, code: &str) -> Self {
        let mut tx = pool.begin().await.unwrap();
        let store = Self {
            id: StoreId(Uuid::now_v7()),
            code: code.to_owned(),
            admin: UserId(Uuid::now_v7()),
            tables: TABLES.iter().map(|_| TableId(Uuid::now_v7())).collect(),
            menus: dishes(CategoryId(Uuid::now_v7()), CategoryId(Uuid::now_v7())),
        };
        let hash = password_hash().await;
        assert!(
            db::stores::insert(&mut tx, store.id, code, code, "Asia/Seoul").await.unwrap(),
            "{code} is taken"
        );
        db::users::insert(&mut tx, store.id, store.admin, USERNAME, hash).await.unwrap();
        for (id, number) in store.tables.iter().zip(TABLES) {
            db::tables::insert(&mut tx, store.id, *id, number, hash).await.unwrap();
        }
        for (place, (name, dish)) in (1..).zip([("meals", "stew"), ("drinks", "cola")]) {
            let category = Category {
                id: store.dish(dish).category_id,
                name: name.to_owned(),
                translations: BTreeMap::new(),
            };
            db::menu::insert_category(&mut tx, store.id, &category, place).await.unwrap();
        }
        for (place, menu) in (1..).zip(&store.menus) {
            db::menu::insert_menu(&mut tx, store.id, menu, place).await.unwrap();
        }
        tx.commit().await.unwrap();
        store
    }

    /// A dish by its name.
    #[must_use]
    pub fn dish(&self, name: &str) -> &Menu {
        self.menus.iter().find(|menu| menu.name == name).unwrap_or_else(|| panic!("no dish {name}"))
    }

    /// A line of an order: dish, quantity, names of the options.
    #[must_use]
    pub fn line(&self, dish: &str, quantity: u32, options: &[&str]) -> NewOrderItem {
        let menu = self.dish(dish);
        let known: Vec<&MenuOption> = menu.option_groups.iter().flat_map(|group| &group.options).collect();
        let id = |name: &&str| {
            known.iter().find(|o| o.name == *name).unwrap_or_else(|| panic!("{dish} has no option {name}")).id
        };
        NewOrderItem { menu_id: menu.id, quantity, options: options.iter().map(id).collect(), note: None }
    }

    /// The smallest order: one stew, [`STEW`] won.
    #[must_use]
    pub fn stew(&self) -> NewOrder {
        cart(vec![self.line("stew", 1, &[])])
    }
}

/// An order of some lines.
#[must_use]
pub fn cart(items: Vec<NewOrderItem>) -> NewOrder {
    NewOrder { items, note: None, expected_total: None }
}

/// Hashed once per program: even a cheap bcrypt takes its time in a debug build.
async fn password_hash() -> &'static str {
    static HASH: OnceCell<String> = OnceCell::const_new();
    HASH.get_or_init(async || Passwords::new(4).unwrap().hash(PASSWORD).await.unwrap()).await
}

fn dishes(meals: CategoryId, drinks: CategoryId) -> Vec<Menu> {
    let spice = group("spice", (1, 1), &[("mild", 0), ("hot", 500)]);
    let extras = group("extras", (0, 2), &[("rice", 1_000), ("egg", 1_500), ("cheese", 2_000)]);
    let mut crab = dish(meals, "crab", Money(30_000), vec![]);
    crab.is_available = false;
    vec![
        dish(meals, "bulgogi", BULGOGI, vec![spice, extras]),
        dish(meals, "stew", STEW, vec![]),
        crab,
        dish(drinks, "cola", Money(2_000), vec![]),
    ]
}

fn dish(category_id: CategoryId, name: &str, price: Money, option_groups: Vec<OptionGroup>) -> Menu {
    Menu {
        id: MenuId(Uuid::now_v7()),
        category_id,
        name: name.to_owned(),
        description: Some(format!("How {name} is made")),
        translations: BTreeMap::new(),
        price,
        image_url: None,
        is_available: true,
        badges: vec![],
        spicy_level: 0,
        allergens: vec![],
        option_groups,
    }
}

fn group(name: &str, (min_choices, max_choices): (u32, u32), options: &[(&str, i64)]) -> OptionGroup {
    let options = options.iter().map(|(name, price)| MenuOption {
        id: OptionId(Uuid::now_v7()),
        name: (*name).to_owned(),
        translations: BTreeMap::new(),
        price: Money(*price),
        is_available: true,
    });
    OptionGroup {
        id: OptionGroupId(Uuid::now_v7()),
        name: name.to_owned(),
        translations: BTreeMap::new(),
        min_choices,
        max_choices,
        options: options.collect(),
    }
}
