//! Small menus for the tests of this folder.

use shared_types::menu::{Category, Menu, MenuBoard, MenuOption, OptionGroup, Translations};
use shared_types::{Money, OptionId};
use uuid::Uuid;

use super::cart::{Seen, Wanted};

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn option_ids(ids: &[u128]) -> Vec<OptionId> {
    ids.iter().map(|n| OptionId(id(*n))).collect()
}

pub fn wanted(dish: u128, quantity: u32, options: &[u128]) -> Wanted {
    Wanted {
        menu_id: id(dish).into(),
        quantity,
        options: option_ids(options),
        note: None,
        seen: Seen {
            name: format!("dish {dish}"),
            unit_price: Money(1_000),
            options: vec![],
            image_url: None,
        },
    }
}

pub fn dish(n: u128, price: i64) -> Menu {
    Menu {
        id: id(n).into(),
        category_id: id(100).into(),
        name: format!("dish {n}"),
        description: None,
        translations: Translations::new(),
        price: Money(price),
        image_url: None,
        is_available: true,
        badges: vec![],
        spicy_level: 0,
        allergens: vec![],
        option_groups: vec![],
    }
}

pub fn group(n: u128, min_choices: u32, max_choices: u32, options: &[(u128, i64)]) -> OptionGroup {
    let options = options.iter().map(|(n, price)| MenuOption {
        id: id(*n).into(),
        name: format!("option {n}"),
        translations: Translations::new(),
        price: Money(*price),
        is_available: true,
    });
    OptionGroup {
        id: id(n).into(),
        name: format!("group {n}"),
        translations: Translations::new(),
        min_choices,
        max_choices,
        options: options.collect(),
    }
}

pub fn board(menus: Vec<Menu>) -> MenuBoard {
    let category = Category { id: id(100).into(), name: "all".into(), translations: Translations::new() };
    MenuBoard { version: 1, categories: vec![category], menus }
}
