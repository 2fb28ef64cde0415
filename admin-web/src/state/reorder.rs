//! Putting things of a list in another order.

/// The list with `thing` in the place of `onto`; the same list when one of them is not in it.
#[must_use]
pub fn moved<T: Copy + PartialEq>(list: &[T], thing: T, onto: T) -> Vec<T> {
    let place = |wanted: T| list.iter().position(|other| *other == wanted);
    let mut moved = list.to_vec();
    if let (Some(from), Some(to)) = (place(thing), place(onto)) {
        let thing = moved.remove(from);
        moved.insert(to, thing);
    }
    moved
}

/// The list with `thing` one place further up or down; the same list at its end.
#[must_use]
pub fn shifted<T: Copy + PartialEq>(list: &[T], thing: T, up: bool) -> Vec<T> {
    let place = list.iter().position(|other| *other == thing);
    let onto = place.and_then(|place| if up { place.checked_sub(1) } else { Some(place + 1) });
    match onto.and_then(|onto| list.get(onto)) {
        Some(onto) => moved(list, thing, *onto),
        None => list.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_move_onto_others() {
        assert_eq!(moved(&[1, 2, 3, 4], 1, 3), [2, 3, 1, 4]);
        assert_eq!(moved(&[1, 2, 3, 4], 4, 2), [1, 4, 2, 3]);
        assert_eq!(moved(&[1, 2], 1, 9), [1, 2]);
    }

    #[test]
    fn and_step_up_and_down_as_far_as_there_is_room() {
        assert_eq!(shifted(&[1, 2, 3], 3, true), [1, 3, 2]);
        assert_eq!(shifted(&[1, 2, 3], 1, false), [2, 1, 3]);
        assert_eq!(shifted(&[1, 2, 3], 1, true), [1, 2, 3]);
        assert_eq!(shifted(&[1, 2, 3], 3, false), [1, 2, 3]);
    }
}
