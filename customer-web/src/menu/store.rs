//! The menu, and what the guests look at in it.

use leptos::prelude::*;
use shared_types::menu::{Menu, MenuBoard};
use shared_types::{CategoryId, MenuId, StoreId};
use web_kit::api::{self, Failure};
use web_kit::{i18n, json, storage};

use crate::root::Root;
use crate::state::search;
use crate::state::shelf::Shelf;

/// The menu; none until it is there.
#[derive(Clone, Copy)]
pub struct MenuStore {
    shelf: RwSignal<Option<Shelf>>,
    failure: RwSignal<Option<Failure>>,
    store: StoredValue<Option<StoreId>>,
    /// What is typed into the search.
    pub query: RwSignal<String>,
    /// Whether a phone shows the search.
    pub searching: RwSignal<bool>,
    /// The dish whose dialog is open.
    pub open: RwSignal<Option<MenuId>>,
    /// The cart line that the dialog is to replace.
    pub replaces: RwSignal<Option<u32>>,
    /// The category that is on the screen.
    pub category: RwSignal<Option<CategoryId>>,
}

impl MenuStore {
    /// No menu yet.
    pub fn new() -> Self {
        Self {
            shelf: RwSignal::new(None),
            failure: RwSignal::new(None),
            store: StoredValue::new(None),
            query: RwSignal::default(),
            searching: RwSignal::new(false),
            open: RwSignal::new(None),
            replaces: RwSignal::new(None),
            category: RwSignal::new(None),
        }
    }

    /// The menu of this page.
    pub fn expect() -> Self {
        Root::expect().menu
    }

    /// Reads the menu; `None` until it is there.
    pub fn with<T>(self, read: impl FnOnce(Option<&Shelf>) -> T) -> T {
        self.shelf.with(|shelf| read(shelf.as_ref()))
    }

    /// Reads today's menu as the server sent it.
    pub fn with_board<T>(self, read: impl FnOnce(Option<&MenuBoard>) -> T) -> T {
        self.with(|shelf| read(shelf.map(|shelf| &shelf.board)))
    }

    /// Why there is no menu.
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Reads a dish; `None` when it is no longer on the menu. Follows changes of the menu.
    pub fn read<T>(self, id: MenuId, read: impl FnOnce(&Menu) -> T) -> Option<T> {
        self.with(|shelf| shelf?.dish(id).map(read))
    }

    /// The categories that have dishes, in order.
    pub fn category_ids(self) -> Vec<CategoryId> {
        self.with(|shelf| {
            let ids = shelf.map(|shelf| shelf.categories().map(|category| category.id).collect());
            ids.unwrap_or_default()
        })
    }

    /// A category's name in the page's language.
    pub fn category_name(self, id: CategoryId) -> Option<String> {
        self.with(|shelf| {
            let category = shelf?.board.categories.iter().find(|category| category.id == id)?;
            Some(category.name_in(i18n::lang()).to_owned())
        })
    }

    /// Whether something is typed into the search.
    pub fn is_searching(self) -> bool {
        self.query.with(|query| !query.trim().is_empty())
    }

    /// A dish, once.
    pub fn dish_now(self, id: MenuId) -> Option<Menu> {
        self.shelf.with_untracked(|shelf| shelf.as_ref()?.dish(id).cloned())
    }

    /// One of the dishes that are shown to those who have not begun; they take turns.
    pub fn showpiece(self, turn: u32) -> Option<MenuId> {
        self.with(|shelf| {
            let dishes = shelf?.showpieces();
            let place = usize::try_from(turn).ok()?.checked_rem(dishes.len())?;
            dishes.get(place).copied()
        })
    }

    /// The dishes that the search finds.
    pub fn found(self) -> Vec<MenuId> {
        let query = self.query.get();
        self.with(|shelf| {
            let dishes = shelf.into_iter().flat_map(Shelf::dishes);
            dishes.filter(|menu| search::finds(menu, &query)).map(|menu| menu.id).collect()
        })
    }

    /// Begins with a store's menu.
    pub fn open(self, store: StoreId) {
        if self.store.get_value() != Some(store) {
            self.store.set_value(Some(store));
            self.shelf.set(None);
        }
    }

    /// Fetches the menu. Answers with the dishes that have just sold out.
    pub async fn refetch(self) -> Vec<MenuId> {
        let answer = api::menu::board().await;
        let read = answer.and_then(|text| match json::from_str(&text) {
            Ok(board) => Ok((text, board)),
            Err(_) => Err(Failure::Malformed),
        });
        match read {
            Ok((text, board)) => self.take(&text, board),
            Err(failure) => {
                self.fall_back(failure);
                Vec::new()
            }
        }
    }

    /// Whether there is a menu; asked outside of any view.
    pub fn is_known(self) -> bool {
        self.shelf.with_untracked(Option::is_some)
    }

    /// Whether the menu at hand is older than this version.
    pub fn is_older_than(self, version: i64) -> bool {
        self.shelf.with_untracked(|shelf| shelf.as_ref().is_none_or(|shelf| shelf.board.version < version))
    }

    /// Opens a dish's dialog.
    pub fn show(self, dish: MenuId) {
        self.replaces.set(None);
        self.open.set(Some(dish));
    }

    /// Opens a dish's dialog to change a line of the cart.
    pub fn edit(self, line: u32, dish: MenuId) {
        self.replaces.set(Some(line));
        self.open.set(Some(dish));
    }

    /// The party has left.
    pub fn forget(self) {
        self.open.set(None);
        self.query.set(String::new());
        self.searching.set(false);
        self.shelf.update(|shelf| {
            if let Some(shelf) = shelf {
                shelf.forget();
            }
        });
    }

    fn take(self, text: &str, board: MenuBoard) -> Vec<MenuId> {
        self.failure.try_set(None);
        if let Some(store) = self.store.try_get_value().flatten() {
            storage::save_text(&key(store), text);
        }
        let same = |shelf: &Option<Shelf>| shelf.as_ref().is_some_and(|shelf| shelf.board == board);
        if self.shelf.try_with_untracked(same) == Some(true) {
            return Vec::new();
        }
        let sold_out = self.shelf.try_update(|shelf| match shelf {
            Some(shelf) => shelf.update(board),
            None => {
                *shelf = Some(Shelf::new(board));
                Vec::new()
            }
        });
        sold_out.unwrap_or_default()
    }

    fn fall_back(self, failure: Failure) {
        let missing = self.shelf.try_with_untracked(Option::is_none) == Some(true);
        let kept =
            self.store.try_get_value().flatten().and_then(|store| storage::load::<MenuBoard>(&key(store)));
        match kept {
            Some(board) if missing => {
                self.shelf.try_set(Some(Shelf::new(board)));
            }
            None if missing => {
                self.failure.try_set(Some(failure));
            }
            // An older menu is on the screen; the banner says that we are cut off.
            _ => {}
        }
    }
}

fn key(store: StoreId) -> String {
    format!("tableorder.menu.{store}")
}
