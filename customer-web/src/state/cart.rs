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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::state::fixtures::{id, wanted};

    #[test]
    fn the_same_wish_joins_its_line() {
        let mut cart = Cart::default();
        let first = cart.add(wanted(1, 2, &[2, 1])).unwrap();
        assert_eq!(cart.add(wanted(1, 3, &[1, 2])), Ok(first));
        assert_eq!(cart.lines.len(), 1);
        assert_eq!(cart.lines[0].quantity, 5);
        let mut spicy = wanted(1, 1, &[1, 2]);
        spicy.note = Some("덜 맵게".into());
        assert_ne!(cart.add(spicy), Ok(first));
        assert_ne!(cart.add(wanted(1, 1, &[1])), Ok(first));
        assert_eq!(cart.count_of(id(1).into()), 7);
    }

    #[test]
    fn a_line_comes_back_to_its_place() {
        let mut cart = Cart::default();
        for dish in 1..=3 {
            cart.add(wanted(dish, 1, &[])).unwrap();
        }
        let before = cart.clone();
        let (place, line) = cart.remove(1).unwrap();
        assert_eq!((place, cart.lines.len()), (1, 2));
        cart.put_back(place, line.clone());
        cart.put_back(place, line);
        assert_eq!(cart.lines, before.lines);
    }

    #[test]
    fn a_changed_line_keeps_its_place() {
        let mut cart = Cart::default();
        for dish in 1..=3 {
            cart.add(wanted(dish, 1, &[])).unwrap();
        }
        assert_eq!(cart.replace(1, wanted(2, 4, &[9])), Ok(1));
        let changed = (cart.lines[1].id, cart.lines[1].quantity, cart.lines[1].options.len());
        assert_eq!((cart.lines.len(), changed), (3, (1, 4, 1)));
        assert_eq!(cart.replace(1, wanted(3, 2, &[])), Ok(2), "there is such a line: they become one");
        assert_eq!((cart.lines.len(), cart.lines[1].quantity), (2, 3));
        assert_eq!(
            cart.replace(77, wanted(8, 1, &[])).map(|_| cart.lines.len()),
            Ok(3),
            "gone meanwhile: added"
        );
    }

    #[test]
    fn a_line_of_a_full_cart_can_be_changed() {
        let mut cart = Cart::default();
        for dish in 0..MAX_LINES {
            cart.add(wanted(u128::try_from(dish).unwrap(), 1, &[])).unwrap();
        }
        assert_eq!(cart.replace(7, wanted(7, 2, &[1])), Ok(7));
        assert_eq!((cart.lines.len(), cart.lines[7].quantity), (MAX_LINES, 2));
    }

    #[test]
    fn holds_as_many_lines_as_an_order() {
        let mut cart = Cart::default();
        for dish in 0..MAX_LINES {
            cart.add(wanted(u128::try_from(dish).unwrap(), 1, &[])).unwrap();
        }
        assert_eq!(cart.add(wanted(1000, 1, &[])), Err(Full::Lines));
        assert!(cart.add(wanted(3, 98, &[])).is_ok(), "joining still works");
        assert_eq!(cart.lines[3].quantity, MAX_QUANTITY);
    }

    #[test]
    fn the_next_party_does_not_find_it() {
        let (ours, other) = (SessionId(id(7)), SessionId(id(8)));
        let mut cart = Cart { touched_ms: 1_000, ..Cart::default() };
        assert!(!cart.is_left_behind(None, i64::MAX), "nothing to leave");
        cart.add(wanted(1, 1, &[])).unwrap();
        assert!(!cart.is_left_behind(None, 2_000), "not ordered yet");
        assert!(!cart.is_left_behind(Some(ours), 2_000), "their first order opened the visit");
        cart.session_id = Some(ours);
        assert!(!cart.is_left_behind(Some(ours), 2_000));
        assert!(cart.is_left_behind(Some(other), 2_000));
        assert!(cart.is_left_behind(None, 2_000));
        assert!(cart.is_left_behind(Some(ours), 1_001 + STALE_AFTER_MS));
    }

    proptest! {
        /// Whatever is pressed: quantities stay orderable, ids unique, and storage gives back what it was given.
        #[test]
        fn stays_orderable(acts in prop::collection::vec((0_u8..6, 0_u32..12, 0_u32..120), 0..80)) {
            let mut cart = Cart::default();
            let mut undo = None;
            for (act, which, quantity) in acts {
                match act {
                    0 | 1 => drop(cart.add(wanted(u128::from(which), quantity, &[]))),
                    2 => undo = cart.set_quantity(which, quantity).or(undo),
                    3 => undo = cart.remove(which).or(undo),
                    4 => drop(cart.replace(which, wanted(u128::from(which % 5), quantity, &[]))),
                    _ => if let Some((place, line)) = undo.take() { cart.put_back(place, line) },
                }
                let mut ids: Vec<_> = cart.lines.iter().map(|line| line.id).collect();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), cart.lines.len());
                prop_assert!(cart.lines.len() <= MAX_LINES);
                prop_assert!(cart.lines.iter().all(|line| (1..=MAX_QUANTITY).contains(&line.quantity)));
            }
            let kept: Cart = serde_json::from_str(&serde_json::to_string(&cart).unwrap()).unwrap();
            prop_assert_eq!(kept, cart);
        }
    }
}
