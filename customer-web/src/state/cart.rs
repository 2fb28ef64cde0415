//! The cart: what the guests want, and what they were told it costs.

use serde::{Deserialize, Serialize};
use shared_types::menu::Menu;
use shared_types::orders::{MAX_LINES, MAX_QUANTITY, NewOrderItem, OrderItem};
use shared_types::{Lang, MenuId, Money, OptionId, SessionId, text};

/// A cart that nobody touched for so long belongs to a party that has left (2 h, as an idle visit).
pub const STALE_AFTER_MS: i64 = 2 * 60 * 60 * 1_000;

/// What the guest saw when the dish went into the cart. Shown when the dish is no longer on the menu, and compared
/// with the menu to notice a new price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The dish's name.
    pub name: String,
    /// The price of one, options included.
    pub unit_price: Money,
    /// The names of the options.
    pub options: Vec<String>,
    /// The picture.
    pub image_url: Option<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Unique in this cart, for as long as the line is there.
    pub id: u32,
    /// The dish.
    pub menu_id: MenuId,
    /// 1 to 99.
    pub quantity: u32,
    /// The chosen options, each once.
    pub options: Vec<OptionId>,
    /// A word to the kitchen.
    pub note: Option<String>,
    /// What the guest saw.
    pub seen: Seen,
}

/// What goes into the cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The dish.
    pub menu_id: MenuId,
    /// How many.
    pub quantity: u32,
    /// The chosen options.
    pub options: Vec<OptionId>,
    /// A word to the kitchen.
    pub note: Option<String>,
    /// What the guest saw.
    pub seen: Seen,
}

/// Why something does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// No more lines in one order.
    Lines,
}

/// The cart of one table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// In the order in which they were added.
    pub lines: Vec<Line>,
    next_id: u32,
    /// The visit during which it was last changed, when one was open.
    pub session_id: Option<SessionId>,
    /// When it was last changed, by this device's clock.
    pub touched_ms: i64,
}

impl Wanted {
    /// A dish with options that its rules allow; `None` when they do not.
    #[must_use]
    pub fn of(
        menu: &Menu,
        quantity: u32,
        options: &[OptionId],
        note: Option<&str>,
        lang: Lang,
    ) -> Option<Self> {
        let chosen = menu.choose(options).ok()?;
        let seen = Seen {
            name: menu.name_in(lang).to_owned(),
            unit_price: menu.unit_price(&chosen)?,
            options: chosen.iter().map(|(_, option)| option.name_in(lang).to_owned()).collect(),
            image_url: menu.image_url.clone(),
        };
        Some(Self { menu_id: menu.id, quantity, options: options.to_vec(), note: text::tidy(note), seen })
    }

    /// What was ordered before, at today's price; `None` when it cannot be ordered today.
    #[must_use]
    pub fn again(menu: &Menu, item: &OrderItem, lang: Lang) -> Option<Self> {
        let options: Vec<_> = item.options.iter().map(|option| option.option_id).collect();
        let note = item.note.as_deref();
        menu.is_available.then(|| Self::of(menu, item.quantity, &options, note, lang))?
    }
}

impl Cart {
    /// Adds a dish; the same dish with the same options and note joins its line. Answers with the line.
    ///
    /// # Errors
    /// [`Full`] when the cart has as many lines as an order may have.
    pub fn add(&mut self, wanted: Wanted) -> Result<u32, Full> {
        let Wanted { menu_id, quantity, options, note, seen } = wanted;
        let same = |line: &&mut Line| {
            line.menu_id == menu_id && line.note == note && are_same(&line.options, &options)
        };
        if let Some(line) = self.lines.iter_mut().find(same) {
            line.quantity = line.quantity.saturating_add(quantity).min(MAX_QUANTITY);
            return Ok(line.id);
        }
        if self.lines.len() >= MAX_LINES {
            return Err(Full::Lines);
        }
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        let quantity = quantity.clamp(1, MAX_QUANTITY);
        self.lines.push(Line { id, menu_id, quantity, options, note, seen });
        Ok(id)
    }

    /// Changes a line to what is wanted now, in its place. When another line wants just that, the two become one.
    /// A line that is no longer there is added.
    ///
    /// # Errors
    /// [`Full`] when it must be added and the cart has as many lines as an order may have.
    pub fn replace(&mut self, id: u32, wanted: Wanted) -> Result<u32, Full> {
        let Some((place, _)) = self.remove(id) else { return self.add(wanted) };
        let lines = self.lines.len();
        let changed = self.add(wanted)?;
        if self.lines.len() > lines
            && let Some(mut line) = self.lines.pop()
        {
            line.id = id;
            self.lines.insert(place, line);
            return Ok(id);
        }
        Ok(changed)
    }

    /// Sets how many of a line; 0 takes it out. Answers with the line that was taken out, and its place.
    pub fn set_quantity(&mut self, id: u32, quantity: u32) -> Option<(usize, Line)> {
        let place = self.lines.iter().position(|line| line.id == id)?;
        if quantity == 0 {
            return Some((place, self.lines.remove(place)));
        }
        self.lines[place].quantity = quantity.min(MAX_QUANTITY);
        None
    }

    /// Takes a line out. Answers with it and its place.
    pub fn remove(&mut self, id: u32) -> Option<(usize, Line)> {
        self.set_quantity(id, 0)
    }

    /// Puts a line back where it was, unless the cart is full by now or the line is back already.
    pub fn put_back(&mut self, place: usize, line: Line) {
        let there = self.lines.iter().any(|other| other.id == line.id);
        if !there && self.lines.len() < MAX_LINES {
            self.lines.insert(place.min(self.lines.len()), line);
        }
    }

    /// Empties it. Line ids go on, so that an undo from before cannot hit a new line.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.session_id = None;
    }

    /// How many of a dish, over all its lines.
    #[must_use]
    pub fn count_of(&self, menu_id: MenuId) -> u32 {
        self.lines.iter().filter(|line| line.menu_id == menu_id).map(|line| line.quantity).sum()
    }

    /// Whether it belongs to a party that has left: it was filled during a visit that is over, or long ago.
    #[must_use]
    pub fn is_left_behind(&self, open: Option<SessionId>, now_ms: i64) -> bool {
        let other_visit = self.session_id.is_some() && self.session_id != open;
        !self.lines.is_empty() && (other_visit || now_ms - self.touched_ms > STALE_AFTER_MS)
    }
}

/// Whether two choices are the same, in whatever order they were made.
fn are_same(one: &[OptionId], other: &[OptionId]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

impl Line {
    /// The line as an order carries it.
    #[must_use]
    pub fn to_item(&self) -> NewOrderItem {
        NewOrderItem {
            menu_id: self.menu_id,
            quantity: self.quantity,
            options: self.options.clone(),
            note: self.note.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
