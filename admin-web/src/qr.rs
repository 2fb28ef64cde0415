//! A QR code as the path of a drawing, 100 × 100 with its quiet zone.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// Modules of white around the code, as the standard asks for.
const QUIET: usize = 4;
/// Tenths of a unit on each side of the drawing.
const SIDE: usize = 1_000;

/// The path; empty for a text too long for a code.
#[must_use]
pub fn picture(text: &str) -> String {
    let mut path = String::new();
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else { return path };
    let size = code.size + 2 * QUIET;
    let at = |module: usize| {
        let tenths = module * SIDE / size;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    for row in 0..code.size {
        for column in (0..code.size).filter(|column| code[row][*column].value()) {
            let (x, y) = (column + QUIET, row + QUIET);
            // Writing to a text never fails.
            let _ = write!(path, "M{} {}H{}V{}H{}Z", at(x), at(y), at(x + 1), at(y + 1), at(x));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn a_code_is_drawn_inside_its_quiet_zone() {
        let path = picture("http://192.168.0.20:8080/");
        // Version 2: 25 modules and 4 on each side; the first corner's first square.
        assert!(path.starts_with("M12.1 12.1H15.1V15.1H12.1Z"), "{}", &path[..40]);
        assert_ne!(picture("a"), picture("b"));
        assert_eq!(picture(&"x".repeat(4_000)), "");
    }
}
