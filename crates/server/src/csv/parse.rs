//! Reading comma-separated values as spreadsheets write them: RFC 4180, and whatever is close to it.

use super::unguarded;

/// A row with the line of the text on which it begins, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line.
    pub line: u32,
    /// The cells, at least one.
    pub cells: Vec<String>,
}

/// The rows of a text without those that are blank. `Err`: the line of a quote that is never closed.
///
/// # Errors
/// See above.
pub fn rows(text: &str) -> Result<Vec<Row>, u32> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut rows, mut line) = (Vec::new(), 1);
    while !rest.is_empty() {
        let (row, after) = row(rest, line)?;
        let taken = &rest[..rest.len() - after.len()];
        line += u32::try_from(taken.matches('\n').count()).unwrap_or(u32::MAX);
        rest = after;
        if row.cells.iter().any(|cell| !unguarded(cell).trim().is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

fn row(text: &str, line: u32) -> Result<(Row, &str), u32> {
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut signs) = (false, text.char_indices().peekable());
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' if quoted && signs.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted && signs.peek().is_none_or(|(_, next)| *next == '\n') => {}
            '\n' if !quoted => {
                cells.push(cell);
                return Ok((Row { line, cells }, &text[at + 1..]));
            }
            _ => cell.push(sign),
        }
    }
    if quoted {
        return Err(line);
    }
    cells.push(cell);
    Ok((Row { line, cells }, ""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Sheet;
    use super::*;

    fn read(text: &str) -> Vec<(u32, Vec<String>)> {
        rows(text).unwrap().into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn as_spreadsheets_write_it() {
        let row = |line, cells: &[&str]| (line, cells.iter().map(|c| (*c).to_owned()).collect());
        assert_eq!(
            read("\u{feff}a,b\r\n\"1\n2\",\"x \"\"y\"\"\"\r\n,,\r\n\r\n3,\n4"),
            [row(1, &["a", "b"]), row(2, &["1\n2", "x \"y\""]), row(6, &["3", ""]), row(7, &["4"]),]
        );
        assert_eq!(rows("a\nb,\"c\nd"), Err(2));
        assert_eq!(read(""), []);
        assert_eq!(read(",\"'\r\"\r\n"), [], "blank but for the sign that a sheet adds");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(table in prop::collection::vec(prop::collection::vec("[a,\"'=\\r\\n 가-]{0,6}", 2..5), 1..6)) {
            let mut sheet = Sheet::default();
            for cells in &table {
                sheet.row(cells.iter().map(String::as_str));
            }
            let read: Vec<Vec<String>> = rows(sheet.text()).unwrap().into_iter()
                .map(|row| row.cells.iter().map(|cell| unguarded(cell).to_owned()).collect()).collect();
            let table: Vec<_> =
                table.into_iter().filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty())).collect();
            prop_assert_eq!(read, table);
        }

        #[test]
        fn never_panics(text in "[a,\"\\r\\n가]{0,40}") {
            let _ = rows(&text);
        }
    }
}
