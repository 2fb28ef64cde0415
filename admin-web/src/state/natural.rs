//! Table numbers in the order people expect: 2 before 10, A2 before A10.

use std::cmp::Ordering;

/// Compares runs of digits by value and everything else by character.
#[must_use]
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    while let (Some(left), Some(right)) = (a.chars().next(), b.chars().next()) {
        if left.is_ascii_digit() && right.is_ascii_digit() {
            let (x, rest_a) = split_digits(a);
            let (y, rest_b) = split_digits(b);
            let (p, q) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
            // Without leading zeros the longer number is the larger.
            let order = p.len().cmp(&q.len()).then_with(|| p.cmp(q)).then_with(|| x.len().cmp(&y.len()));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        } else if left == right {
            (a, b) = (&a[left.len_utf8()..], &b[right.len_utf8()..]);
        } else {
            return left.cmp(&right);
        }
    }
    a.len().cmp(&b.len())
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::natural_cmp;

    #[test]
    fn numbers_count_by_value() {
        let mut numbers = vec!["10", "2", "A10", "A2", "1", "02", "룸 3", "룸 12", "A"];
        numbers.sort_by(|a, b| natural_cmp(a, b));
        assert_eq!(numbers, ["1", "2", "02", "10", "A", "A2", "A10", "룸 3", "룸 12"]);
    }
}
