//! Comma-separated values, as spreadsheets read and write them: UTF-8 with a byte order mark, or Korean turns to
//! noise, and no cell that a spreadsheet takes for a formula.

pub mod parse;

use actix_web::HttpResponse;

/// With it a spreadsheet knows the encoding.
const MARK: char = '\u{feff}';

/// What makes a cell a formula, and the sign that keeps one from being it.
const RISKY: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', GUARD];
const GUARD: char = '\'';

/// Rows, ready to be sent.
#[derive(Debug)]
pub struct Sheet(String);

impl Default for Sheet {
    fn default() -> Self {
        Self(MARK.to_string())
    }
}

impl Sheet {
    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = impl Into<std::borrow::Cow<'a, str>>>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.0.push_str(&quoted(&cell.into()));
        }
        self.0.push_str("\r\n");
    }

    /// What was written so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The answer that a browser saves under a name.
    #[must_use]
    pub fn answer(self, name: &str) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8")
            .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")))
            .body(self.0)
    }
}

/// A cell that is text for every spreadsheet; [`unguarded`] takes back what this adds.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(RISKY) { "'" } else { "" };
    let needs_quotes = text.contains([',', '"', '\n', '\r']) || text.trim() != text;
    if needs_quotes { format!("\"{guard}{}\"", text.replace('"', "\"\"")) } else { format!("{guard}{text}") }
}

/// What a cell says, without the sign that keeps it from being a formula.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|text| text.starts_with(RISKY)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "'=1"] {
            let cell = quoted(formula);
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell}");
            assert_eq!(unguarded(cell.trim_matches('"')), formula);
        }
        assert_eq!(unguarded("'90s"), "'90s", "typed by a person");
        assert_eq!(quoted("소불고기"), "소불고기");
    }

    #[test]
    fn what_has_a_meaning_is_quoted() {
        assert_eq!(quoted("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        assert_eq!(quoted(" a"), "\" a\"");
    }
}
