//! Bounds of every text that a person types. The database repeats them as CHECKs.

/// Characters in a store code: `[a-z0-9-]{3,40}`.
pub const STORE_CODE: std::ops::RangeInclusive<usize> = 3..=40;
/// Characters in a user name.
pub const USERNAME_MAX: usize = 50;
/// Characters in a table number.
pub const TABLE_NUMBER_MAX: usize = 20;
/// Characters in a password that is being set.
pub const PASSWORD_MIN: usize = 8;
/// BYTES in a password: bcrypt reads no more.
pub const PASSWORD_MAX_BYTES: usize = 72;
/// Characters in a note to the kitchen.
pub const NOTE_MAX: usize = 200;
/// Characters in a device label.
pub const DEVICE_LABEL_MAX: usize = 50;
/// Characters in the reason that staff give.
pub const REASON_MAX: usize = 200;

/// Whether `code` can be a store code.
#[must_use]
pub fn is_store_code(code: &str) -> bool {
    STORE_CODE.contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A note without the blanks around it; `None` when nothing is left.
#[must_use]
pub fn tidy(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
}

/// Whether the text has hidden characters, which no person types (line breaks are fine). What joins signs to one emoji is
/// no such thing.
#[must_use]
pub fn has_hidden(text: &str) -> bool {
    let is_sign = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace() && !is_hidden(c);
    let joins = |before: Option<char>, c: char| {
        matches!(c, '\u{200d}' | '\u{e0020}'..='\u{e007f}')
            && before.is_some_and(|before| is_sign(before) || matches!(before, '\u{e0020}'..='\u{e007f}'))
    };
    let mut before = None;
    text.chars().any(|c| {
        let hidden = is_hidden(c) && c != '\n' && !joins(before, c);
        before = Some(c);
        hidden
    })
}

/// Whether a character cannot be seen: control characters, marks that turn the direction of the text, blanks without width,
/// fillers, tags.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}')
        || matches!(c, '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{has_hidden, is_store_code, tidy};

    #[test]
    fn what_nobody_sees_is_found() {
        for fine in [
            "7번",
            "창가 1",
            "café",
            "e\u{301}",
            "덜 맵게\n부탁해요",
            "👨‍👩‍👧 3명",
            "❤️‍🔥",
            "🏴\u{e0067}\u{e007f}",
            "ｶﾞ",
        ] {
            assert!(!has_hidden(fine), "{fine:?}");
        }
        for bad in [
            "7\u{200b}",
            "\u{202e}7",
            "7\u{200d}",
            "\u{200d}",
            "a\u{e0041}",
            "\u{3164}",
            "\u{feff}7",
            "7\u{2066}",
            "a\tb",
            "a\u{85}b",
            "\u{1b}[2J",
            "\u{ad}",
            "\u{2800}",
            "김\u{1160}",
        ] {
            assert!(has_hidden(bad), "{bad:?}");
        }
    }

    #[test]
    fn store_codes() {
        assert!(is_store_code("demo") && is_store_code("a-1"));
        for bad in ["", "ab", "Demo", "데모가게", "a b c", &"x".repeat(41)] {
            assert!(!is_store_code(bad), "{bad}");
        }
    }

    #[test]
    fn blank_notes_vanish() {
        assert_eq!(tidy(Some("  ")), None);
        assert_eq!(tidy(Some(" 덜 맵게 ")).as_deref(), Some("덜 맵게"));
    }
}
