//! The menu, and what the guests look at in it.

use leptos::prelude::*;
use shared_types::menu::{Menu, MenuBoard};
use shared_types::{CategoryId, MenuId, StoreId};
use web_kit::api::Failure;
use web_kit::i18n;

use crate::root::Root;
use crate::state::search;
use crate::state::shelf::Shelf;

/// The menu; none until it is there.
#[derive(Clone, Copy)]
pub struct MenuStore {
    pub(super) shelf: RwSignal<Option<Shelf>>,
    pub(super) failure: RwSignal<Option<Failure>>,
    pub(super) store: StoredValue<Option<StoreId>>,
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
    /// The category that was jumped to, while nobody has scrolled since.
    pub jumped: StoredValue<Option<CategoryId>>,
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
            jumped: StoredValue::new(None),
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

    /// Whether the menu may still come: there is neither it nor a reason why not.
    pub fn is_awaited(self) -> bool {
        self.with(|shelf| shelf.is_none()) && self.failure.with(Option::is_none)
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

    /// Whether a dish is among those that a page begins with.
    pub fn is_first(self, id: MenuId) -> bool {
        self.shelf.with_untracked(|shelf| shelf.as_ref().is_some_and(|shelf| shelf.is_first(id)))
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
}
