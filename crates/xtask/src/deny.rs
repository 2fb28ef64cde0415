//! What stands in `Cargo.lock`, held to `deny.toml` by cargo-deny.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::cargo_tool::CargoTool;
use crate::proc;
use crate::ui::Step;
use crate::workspace::Workspace;

const VERSION: &str = "0.20.2";
const TOOL: CargoTool = CargoTool { name: "cargo-deny", package: "cargo-deny", options: &[] };

/// Whether known vulnerabilities were looked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Advisories {
    /// There are none but those that `deny.toml` excuses.
    Checked,
    /// The database of advisories could not be fetched, for this reason.
    NotChecked(String),
}

/// Installs cargo-deny into the user's cache.
///
/// # Errors
/// When it cannot be fetched or does not compile.
pub fn ensure(workspace: &Workspace, step: &Step) -> Result<PathBuf> {
    let bin = TOOL.ensure(workspace, VERSION, step)?;
    step.outcome(VERSION);
    Ok(bin.join(TOOL.name))
}

/// Checks licences, bans and sources, and advisories where their database can be fetched. GitHub's runners can:
/// there it must.
///
/// # Errors
/// When something stands in the lock file that `deny.toml` does not allow.
pub fn check(workspace: &Workspace, program: &Path) -> Result<Advisories> {
    let command = |arguments: &[&str]| {
        let mut command = Command::new(program);
        // A connection that stalls is as good as none.
        command.env("GIT_HTTP_LOW_SPEED_LIMIT", "1000").env("GIT_HTTP_LOW_SPEED_TIME", "20");
        command.env("GIT_TERMINAL_PROMPT", "0");
        command.current_dir(&workspace.root).args(["--locked"]).args(arguments);
        command
    };
    proc::run(&mut command(&["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))
        .context("a dependency is not allowed: deny.toml says what is, and why")?;
    if let Err(error) = proc::capture(&mut command(&["fetch", "db"])) {
        if std::env::var_os("GITHUB_ACTIONS").is_some() {
            return Err(error.context("the database of advisories cannot be fetched"));
        }
        return Ok(Advisories::NotChecked(reason(&format!("{error:#}"))));
    }
    proc::run(&mut command(&["check", "advisories"]))
        .context("a dependency has a known fault: update it, or excuse it in deny.toml with a reason")?;
    Ok(Advisories::Checked)
}

/// What git said last, without its prefix.
fn reason(said: &str) -> String {
    let last = said.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("no reason given");
    last.trim_start_matches("fatal: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_gits_last_word() {
        let said = "`cargo-deny fetch db` failed: Cloning into 'x'...\nfatal: unable to access 'https://y/': no host\n\n";
        assert_eq!(reason(said), "unable to access 'https://y/': no host");
        assert_eq!(reason(" \n"), "no reason given");
    }
}
