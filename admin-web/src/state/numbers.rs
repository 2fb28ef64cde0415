//! Table numbers to create, and passwords to give them.

use shared_types::text::TABLE_NUMBER_MAX;

/// Tables created at once, at most.
pub const MOST: u32 = 100;
/// Signs of a generated password: none that looks like another on paper.
const SIGNS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// How many of them: more than anybody guesses before the lock.
pub const PASSWORD_SIGNS: usize = 10;

/// Every number from `first` to `last`, which count up at their end: `1` to `12`, `A01` to `A08`. Without a `last` it
/// is the first alone; `None` when the two make no range, or more than [`MOST`].
#[must_use]
pub fn range(first: &str, last: &str) -> Option<Vec<String>> {
    let (first, last) = (first.trim(), last.trim());
    if last.is_empty() || first == last {
        return Some(vec![first.to_owned()]);
    }
    let ((prefix, from), (other, to)) = (split(first), split(last));
    let (width, start) = (from.len(), from.parse::<u32>().ok()?);
    let end = to.parse::<u32>().ok()?;
    if prefix != other || end < start || end - start >= MOST {
        return None;
    }
    let numbers: Vec<_> = (start..=end).map(|number| format!("{prefix}{number:0width$}")).collect();
    numbers.iter().all(|number| number.chars().count() <= TABLE_NUMBER_MAX).then_some(numbers)
}

/// What stands before the digits at the end, and these.
fn split(number: &str) -> (&str, &str) {
    number.split_at(number.trim_end_matches(|c: char| c.is_ascii_digit()).len())
}

/// A password out of random bytes.
#[must_use]
pub fn password(random: [u8; PASSWORD_SIGNS]) -> String {
    random.iter().map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_up_at_their_end() {
        assert_eq!(range(" 7 ", "").unwrap(), ["7"]);
        assert_eq!(range("9", "11").unwrap(), ["9", "10", "11"]);
        assert_eq!(range("A-01", "A-03").unwrap(), ["A-01", "A-02", "A-03"]);
        assert_eq!(range("룸 1", "룸 2").unwrap(), ["룸 1", "룸 2"]);
        assert_eq!(range("1", "100").unwrap().len(), 100);
    }

    #[test]
    fn what_makes_no_range() {
        for (first, last) in [("A1", "B3"), ("5", "3"), ("1", "101"), ("A", "B"), ("1", "99999999999")] {
            assert_eq!(range(first, last), None, "{first} to {last}");
        }
    }

    #[test]
    fn passwords_are_long_enough_and_easy_to_copy() {
        let made = password([0, 1, 30, 31, 62, 100, 150, 200, 250, 255]);
        assert_eq!(made.len(), PASSWORD_SIGNS);
        assert!(made.len() >= shared_types::text::PASSWORD_MIN);
        assert!(!made.contains(['0', 'O', '1', 'I', 'L']), "{made}");
        assert_eq!(password([0; 10]), "AAAAAAAAAA");
    }
}
