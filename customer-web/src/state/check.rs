//! The cart against today's menu. Nothing is changed behind the guests' back: what differs is named, and what is
//! gone does not count.

use shared_types::menu::{Menu, MenuBoard};
use shared_types::orders::{CartChange, CartChangeKind, NewOrder};
use shared_types::{Lang, MenuId, Money};

use super::cart::{Cart, Line};

/// One line and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedLine {
    /// The line.
    pub line: Line,
    /// What is different from what the guest saw.
    pub change: Option<CartChangeKind>,
    /// What one costs today; what the guest saw where today's price is not known.
    pub unit_price: Money,
}

/// The cart, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Every line, those that cannot be ordered too.
    pub lines: Vec<CheckedLine>,
    /// Dishes that can be ordered.
    pub count: u32,
    /// What they cost today.
    pub total: Money,
}

impl CheckedLine {
    /// Whether it can be ordered as it stands.
    #[must_use]
    pub fn is_orderable(&self) -> bool {
        matches!(self.change, None | Some(CartChangeKind::Repriced))
    }

    /// What the line costs today.
    #[must_use]
    pub fn subtotal(&self) -> Money {
        self.unit_price.checked_mul(self.line.quantity).unwrap_or_default()
    }
}

impl Checked {
    /// The lines that can be ordered.
    pub fn orderable(&self) -> impl Iterator<Item = &CheckedLine> {
        self.lines.iter().filter(|line| line.is_orderable())
    }

    /// Dishes in the cart, those that cannot be ordered too.
    #[must_use]
    pub fn quantity(&self) -> u32 {
        self.lines.iter().map(|line| line.line.quantity).sum()
    }

    /// How many lines differ from what the guest saw.
    #[must_use]
    pub fn changes(&self) -> u32 {
        self.lines.iter().map(|line| u32::from(line.change.is_some())).sum()
    }

    /// How many lines cannot be ordered.
    #[must_use]
    pub fn left_out(&self) -> u32 {
        self.lines.iter().map(|line| u32::from(!line.is_orderable())).sum()
    }

    /// The order that these lines make.
    #[must_use]
    pub fn order(&self) -> NewOrder {
        let items = self.orderable().map(|checked| checked.line.to_item()).collect();
        NewOrder { items, note: None, expected_total: Some(self.total) }
    }

    /// The lines that the server meant: its `line` counts the lines that were sent.
    #[must_use]
    pub fn named_by(&self, changes: &[CartChange]) -> Vec<(u32, CartChangeKind)> {
        let sent: Vec<u32> = self.orderable().map(|checked| checked.line.id).collect();
        changes.iter().filter_map(|change| Some((*sent.get(change.line)?, change.kind))).collect()
    }
}

/// Checks a cart. Without a menu (not loaded yet) the guests see what they saw. `told` are differences that the
/// server named and the menu at hand may not show yet.
#[must_use]
pub fn check(cart: &Cart, board: Option<&MenuBoard>, told: &[(u32, CartChangeKind)]) -> Checked {
    let lines: Vec<_> = cart.lines.iter().map(|line| check_line(line, board, told)).collect();
    let orderable = || lines.iter().filter(|line| line.is_orderable());
    let count = orderable().map(|checked| checked.line.quantity).sum();
    let total = Money::checked_sum(orderable().map(CheckedLine::subtotal)).unwrap_or_default();
    Checked { lines, count, total }
}

fn check_line(line: &Line, board: Option<&MenuBoard>, told: &[(u32, CartChangeKind)]) -> CheckedLine {
    let (mut change, unit_price) = match board {
        None => (None, line.seen.unit_price),
        Some(board) => compare(line, find(board, line.menu_id)),
    };
    if change.is_none() {
        let named = told.iter().find(|(id, kind)| *id == line.id && *kind != CartChangeKind::Repriced);
        change = named.map(|(_, kind)| *kind);
    }
    CheckedLine { line: line.clone(), change, unit_price }
}

fn compare(line: &Line, menu: Option<&Menu>) -> (Option<CartChangeKind>, Money) {
    let seen = line.seen.unit_price;
    let Some(menu) = menu else { return (Some(CartChangeKind::Gone), seen) };
    if !menu.is_available {
        return (Some(CartChangeKind::SoldOut), seen);
    }
    match menu.choose(&line.options).ok().and_then(|chosen| menu.unit_price(&chosen)) {
        None => (Some(CartChangeKind::OptionsChanged), seen),
        Some(now) if now != seen => (Some(CartChangeKind::Repriced), now),
        Some(now) => (None, now),
    }
}

impl CheckedLine {
    /// The dish's name in a language while it is on the menu, else as it was seen.
    #[must_use]
    pub fn name<'a>(&'a self, board: Option<&'a MenuBoard>, lang: Lang) -> &'a str {
        board
            .and_then(|board| find(board, self.line.menu_id))
            .map_or(&self.line.seen.name, |menu| menu.name_in(lang))
    }

    /// The names of the chosen options, likewise.
    #[must_use]
    pub fn options(&self, board: Option<&MenuBoard>, lang: Lang) -> String {
        let menu = board.and_then(|board| find(board, self.line.menu_id));
        match menu.and_then(|menu| menu.choose(&self.line.options).ok()) {
            Some(chosen) => join(chosen.iter().map(|(_, option)| option.name_in(lang))),
            None => join(self.line.seen.options.iter().map(String::as_str)),
        }
    }
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push_str(" · ");
        }
        text.push_str(name);
    }
    text
}

/// A dish by its id.
#[must_use]
pub fn find(board: &MenuBoard, id: MenuId) -> Option<&Menu> {
    board.menus.iter().find(|menu| menu.id == id)
}

#[cfg(test)]
mod tests;
