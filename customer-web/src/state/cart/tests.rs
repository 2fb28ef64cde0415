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
    assert_eq!(cart.replace(77, wanted(8, 1, &[])).map(|_| cart.lines.len()), Ok(3), "gone meanwhile: added");
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
