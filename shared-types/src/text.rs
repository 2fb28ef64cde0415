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

/// Whether the text has control characters that no person types (line breaks are fine).
#[must_use]
pub fn has_control(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && c != '\n')
}

/// Whether a character cannot be seen but changes what others see: control characters, marks that turn the
/// direction of the text, blanks without width, tags.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::{is_store_code, tidy};

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
