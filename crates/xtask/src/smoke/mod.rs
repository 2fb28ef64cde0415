//! `cargo xtask smoke URL`: an evening at one table of a running installation, from the login to the finished bill, and what it
//! showed as a table. It brings its own table, and a dish where the store has none that can be ordered, and takes both away
//! again.

mod visit;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;

use crate::curl::Trust;
use crate::ui;
use visit::Visit;
pub use visit::guest::choice;

/// `cargo xtask smoke`.
#[derive(Debug, Clone, Args)]
pub struct SmokeArgs {
    /// Where guests open their app, for example https://order.example.com
    pub url: String,
    /// Where managers open theirs; the guests' address unless given.
    #[arg(long)]
    pub admin_url: Option<String>,
    /// Code of the store.
    #[arg(long, env = "SMOKE_STORE", default_value = "demo")]
    pub store: String,
    /// A manager of it.
    #[arg(long, env = "SMOKE_USERNAME", default_value = "admin")]
    pub username: String,
    /// The manager's password, best given in the environment; that of the demo store unless given.
    #[arg(
        long,
        env = "SMOKE_PASSWORD",
        default_value = "admin123",
        hide_env_values = true,
        hide_default_value = true
    )]
    pub password: String,
    /// The authority of a certificate that this system does not know (PEM).
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<PathBuf>,
    /// Leave the pages of the apps out: only the API is served there.
    #[arg(long)]
    pub api_only: bool,
}

impl SmokeArgs {
    /// With the manager of the demo store.
    #[must_use]
    pub fn demo(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            admin_url: None,
            store: "demo".to_owned(),
            username: "admin".to_owned(),
            password: "admin123".to_owned(),
            cacert: None,
            api_only: false,
        }
    }
}

/// A step of the walk: what it is called, and what it does. Says what it saw.
type Step = (&'static str, fn(&mut Visit) -> Result<String>);

/// In this order; each needs those before it.
const STEPS: [Step; 13] = [
    ("server is ready", visit::looking::ready),
    ("guests' app", visit::looking::guests_app),
    ("managers' app", visit::looking::managers_app),
    ("manager signs in", visit::manager::sign_in),
    ("picture is uploaded", visit::manager::picture),
    ("board is open", visit::manager::open_board),
    ("table signs in", visit::guest::sign_in),
    ("menu", visit::guest::menu),
    ("order is placed", visit::guest::order),
    ("order once, sent twice", visit::guest::order_again),
    ("order on the board", visit::manager::board),
    ("status reaches the table", visit::guest::status),
    ("bill", visit::manager::finish),
];

/// Walks, cleans up, prints what it saw.
///
/// # Errors
/// When a step failed; the table says which.
pub fn run(args: &SmokeArgs) -> Result<()> {
    let mut visit = Visit::new(args, Trust(args.cacert.clone()))?;
    let (mut rows, mut failed) = (Vec::new(), None);
    for (name, step) in STEPS {
        if failed.is_some() {
            rows.push(row(name, "not tried".to_owned(), Duration::ZERO));
            continue;
        }
        let begun = Instant::now();
        match step(&mut visit) {
            Ok(saw) => rows.push(row(name, format!("ok  {saw}").trim_end().to_owned(), begun.elapsed())),
            Err(error) => {
                rows.push(row(name, "FAILED".to_owned(), begun.elapsed()));
                failed = Some(format!("{name}: {error:#}"));
            }
        }
    }
    let begun = Instant::now();
    let left = visit.leave();
    rows.push(row("cleaned up", if left.is_empty() { "ok" } else { "FAILED" }.to_owned(), begun.elapsed()));
    println!("\n{}\n{}", args.url, ui::table(&to_the_left(rows)));
    match (failed, left.as_slice()) {
        (None, []) => Ok(()),
        (None, left) => bail!("everything works, but this was left behind: {}", left.join("; ")),
        (Some(why), []) => bail!("{why}"),
        (Some(why), left) => bail!("{why}; and this was left behind: {}", left.join("; ")),
    }
}

/// A table's last column stands to the right; words read better to the left.
fn to_the_left(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let width = rows.iter().filter_map(|row| row.last()).map(|cell| cell.chars().count()).max().unwrap_or(0);
    for cell in rows.iter_mut().filter_map(|row| row.last_mut()) {
        *cell = format!("{cell:<width$}");
    }
    rows
}

fn row(name: &str, outcome: String, time: Duration) -> Vec<String> {
    let time = if time.is_zero() { String::new() } else { format!("{} ms", time.as_millis()) };
    vec![name.to_owned(), time, format!("  {outcome}")]
}
