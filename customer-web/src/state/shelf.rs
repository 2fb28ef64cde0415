//! The menu as it stands on the screen.

use shared_types::menu::{Category, Menu, MenuBoard};
use shared_types::{CategoryId, MenuId};

use super::check::find;

/// Columns of the widest grid. A large card takes two places.
const COLUMNS: usize = 3;

/// How many dishes take turns on an idle tablet.
const SHOWPIECES: usize = 8;

/// The menu, and which dishes this party has seen: one that sells out before their eyes stays, marked, while one
/// that was sold out when they sat down is not shown at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Today's menu.
    pub board: MenuBoard,
    seen: Vec<MenuId>,
}

impl Shelf {
    /// A menu that is shown for the first time.
    #[must_use]
    pub fn new(board: MenuBoard) -> Self {
        let mut shelf = Self { board, seen: Vec::new() };
        shelf.look();
        shelf
    }

    /// Takes up a newer menu. Answers with the names of dishes that have just sold out.
    pub fn update(&mut self, board: MenuBoard) -> Vec<MenuId> {
        let available = |board: &MenuBoard, id| find(board, id).is_some_and(|menu| menu.is_available);
        let gone = |id: &MenuId| available(&self.board, *id) && !available(&board, *id);
        let sold_out = self.seen.iter().copied().filter(gone).collect();
        self.board = board;
        self.look();
        sold_out
    }

    /// The next party sees only what there is.
    pub fn forget(&mut self) {
        self.seen.clear();
        self.look();
    }

    fn look(&mut self) {
        for menu in self.board.menus.iter().filter(|menu| menu.is_available) {
            if !self.seen.contains(&menu.id) {
                self.seen.push(menu.id);
            }
        }
    }

    /// The dishes on the screen, in order.
    pub fn dishes(&self) -> impl Iterator<Item = &Menu> {
        self.board.menus.iter().filter(|menu| menu.is_available || self.seen.contains(&menu.id))
    }

    /// The dishes of a category.
    pub fn dishes_of(&self, category: CategoryId) -> impl Iterator<Item = &Menu> {
        self.dishes().filter(move |menu| menu.category_id == category)
    }

    /// The same, by their ids.
    #[must_use]
    pub fn dish_ids(&self, category: CategoryId) -> Vec<MenuId> {
        self.dishes_of(category).map(|menu| menu.id).collect()
    }

    /// Whether a dish stands in the first row of all.
    #[must_use]
    pub fn is_first(&self, id: MenuId) -> bool {
        let row = self.categories().next().map(|first| self.dishes_of(first.id).take(COLUMNS));
        row.is_some_and(|mut row| row.any(|menu| menu.id == id))
    }

    /// The dish that a category's large card shows, if it has one.
    #[must_use]
    pub fn large(&self, category: CategoryId) -> Option<MenuId> {
        let first = self.dishes_of(category).next()?;
        begins_large(self.dishes_of(category).count(), first.image_url.is_some()).then_some(first.id)
    }

    /// The categories that have dishes.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.board.categories.iter().filter(|category| self.dishes_of(category.id).next().is_some())
    }

    /// Some dishes to show to those who have not begun: there are pictures of them, and the remarkable first.
    #[must_use]
    pub fn showpieces(&self) -> Vec<MenuId> {
        let pictured = |menu: &&Menu| menu.is_available && menu.image_url.is_some();
        let remarkable = self.board.menus.iter().filter(|menu| !menu.badges.is_empty());
        let others = self.board.menus.iter().filter(|menu| menu.badges.is_empty());
        remarkable.chain(others).filter(pictured).map(|menu| menu.id).take(SHOWPIECES).collect()
    }

    /// A dish by its id, sold out or not.
    #[must_use]
    pub fn dish(&self, id: MenuId) -> Option<&Menu> {
        find(&self.board, id)
    }
}

/// Whether a group of so many dishes begins with a large one: where the rows would not be full without.
fn begins_large(dishes: usize, first_has_picture: bool) -> bool {
    first_has_picture && !dishes.is_multiple_of(COLUMNS)
}

#[cfg(test)]
mod tests {
    use shared_types::menu::MenuBadge;

    use super::*;
    use crate::state::fixtures::{board, dish, id};

    fn off(n: u128) -> Menu {
        Menu { is_available: false, ..dish(n, 1_000) }
    }

    #[test]
    fn sold_out_is_shown_only_to_those_who_saw_it() {
        let mut shelf = Shelf::new(board(vec![dish(1, 1_000), off(2)]));
        let shown = |shelf: &Shelf| shelf.dishes().map(|menu| menu.id.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(shown(&shelf), [1]);
        let sold_out = shelf.update(board(vec![off(1), dish(2, 1_000)]));
        assert_eq!(sold_out, [MenuId(id(1))]);
        assert_eq!(shown(&shelf), [1, 2]);
        assert!(shelf.update(board(vec![off(1), dish(2, 1_000)])).is_empty(), "told once");
        shelf.forget();
        assert_eq!(shown(&shelf), [2]);
    }

    #[test]
    fn empty_categories_have_no_tab() {
        let shelf = Shelf::new(board(vec![off(1)]));
        assert_eq!(shelf.categories().count(), 0);
    }

    #[test]
    fn showpieces_have_pictures_and_can_be_had() {
        let pictured = |menu: Menu| Menu { image_url: Some("/api/images/a-960.webp".into()), ..menu };
        let popular = Menu { badges: vec![MenuBadge::Popular], ..pictured(dish(4, 1_000)) };
        let menus = vec![pictured(dish(1, 1_000)), dish(2, 1_000), pictured(off(3)), popular];
        let shelf = Shelf::new(board(menus));
        assert_eq!(shelf.showpieces(), [MenuId(id(4)), MenuId(id(1))]);
        let many = (1..=20).map(|n| pictured(dish(n, 1_000))).collect();
        assert_eq!(Shelf::new(board(many)).showpieces().len(), SHOWPIECES);
    }

    #[test]
    fn a_page_begins_with_its_first_row() {
        let shelf = Shelf::new(board((1..=5).map(|n| dish(n, 1_000)).collect()));
        let first: Vec<_> = (1..=5).filter(|n| shelf.is_first(MenuId(id(*n)))).collect();
        assert_eq!(first, [1, 2, 3]);
    }

    #[test]
    fn rows_are_full() {
        let large = |dishes| begins_large(dishes, true);
        assert_eq!([1, 2, 3, 4, 5, 6].map(large), [true, true, false, true, true, false]);
        assert!(!begins_large(2, false), "a large card needs a picture");
    }
}
