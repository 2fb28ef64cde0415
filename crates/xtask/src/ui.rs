//! What people see: numbered steps with their times, and tables.

use std::cell::{Cell, RefCell};
use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Numbered steps: `[3/9] customer-web … up to date`.
#[derive(Debug)]
pub struct Steps {
    total: usize,
    current: usize,
}

/// The step under way.
#[derive(Debug)]
pub struct Step {
    name: String,
    started: Instant,
    streaming: Cell<bool>,
    outcome: RefCell<String>,
}

impl Steps {
    /// So many steps are to come.
    #[must_use]
    pub fn new(total: usize) -> Self {
        Self { total, current: 0 }
    }

    /// Runs the next step.
    ///
    /// # Errors
    /// Those of the work.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce(&Step) -> Result<T>) -> Result<T> {
        self.current += 1;
        print!("[{}/{}] {name} … ", self.current, self.total);
        let _ = std::io::stdout().flush();
        let step = Step::new(name);
        let result = work(&step);
        step.finish(result.is_ok());
        result
    }
}

impl Step {
    /// A step outside a numbered list.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let (streaming, outcome) = (Cell::new(false), RefCell::default());
        Self { name: name.to_owned(), started: Instant::now(), streaming, outcome }
    }

    /// Says what takes time now; the output of programs may follow.
    pub fn note(&self, what: &str) {
        if self.streaming.replace(true) {
            println!("      {what}");
        } else {
            println!("{what}");
        }
    }

    /// What to show when the step is done, in place of `done`.
    pub fn outcome(&self, what: impl Into<String>) {
        *self.outcome.borrow_mut() = what.into();
    }

    fn finish(&self, well: bool) {
        let outcome = self.outcome.borrow();
        let took = seconds(self.started.elapsed());
        let what = if outcome.is_empty() { "done" } else { outcome.as_str() };
        match (well, self.streaming.get()) {
            (true, true) => println!("      {}: {what}, {took}", self.name),
            (true, false) => println!("{what}, {took}"),
            (false, true) => println!("      {}: failed after {took}", self.name),
            (false, false) => println!("failed after {took}"),
        }
    }
}

/// A time as people say it: `0.3 s`, `41 s`, `3 min 05 s`.
#[must_use]
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    match whole {
        0..=9 => format!("{:.1} s", time.as_secs_f64()),
        10..=119 => format!("{whole} s"),
        _ => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

/// Rows as aligned columns; the first column to the left, the others to the right.
#[must_use]
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(seconds(Duration::from_millis(340)), "0.3 s");
        assert_eq!(seconds(Duration::from_secs(41)), "41 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn columns_line_up() {
        let rows = [vec!["format".into(), "0.3 s".into()], vec!["test".into(), "12 s".into()]];
        assert_eq!(table(&rows), "format  0.3 s\ntest     12 s\n");
    }
}
