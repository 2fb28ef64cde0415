//! Finding PostgreSQL's server programs, or getting them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::embedded;
use super::place::Owner;
use crate::apt::{self, Package};
use crate::proc;
use crate::ui::Step;
use crate::workspace::{Workspace, on_path};

/// The oldest version that the schema works with.
const OLDEST: u32 = 15;
const PACKAGE: Package = Package { apt: "postgresql", brew: "postgresql@17" };

/// One installed PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Where `initdb` and `postgres` are.
    pub dir: PathBuf,
    /// `15`.
    pub major: u32,
    /// `15.14`.
    pub version: String,
}

impl Binaries {
    /// One of the programs.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

/// Finds PostgreSQL 15 or newer, or installs it. An existing cluster needs its own version.
///
/// # Errors
/// When there is none and it cannot be installed, with what to type.
pub fn ensure(workspace: &Workspace, owner: &Owner, cluster: Option<u32>, step: &Step) -> Result<Binaries> {
    let embedded = embedded::dir(&workspace.tools);
    if let Some(found) = choose(installed(owner, &embedded), cluster) {
        step.outcome(format!("{} in {}", found.version, found.dir.display()));
        return Ok(found);
    }
    obtain(workspace, owner, step)?;
    let Some(found) = choose(installed(owner, &embedded), None) else {
        bail!(
            "PostgreSQL {OLDEST} or newer is missing: type {}, then start this again",
            apt::remedy(PACKAGE)
        );
    };
    step.outcome(found.version.as_str());
    Ok(found)
}

fn missing() -> String {
    format!("PostgreSQL {OLDEST} or newer is missing: type {}, then start this again", apt::remedy(PACKAGE))
}

/// The cluster's own version if it is there, else the newest.
fn choose(mut found: Vec<Binaries>, cluster: Option<u32>) -> Option<Binaries> {
    found.retain(|binaries| binaries.major >= OLDEST);
    found.sort_by_key(|binaries| binaries.major);
    let own = found.iter().rev().find(|binaries| Some(binaries.major) == cluster).cloned();
    own.or_else(|| found.pop())
}

fn installed(owner: &Owner, embedded: &Path) -> Vec<Binaries> {
    places(embedded).iter().filter_map(|dir| inspect(owner, dir)).collect()
}

/// Everywhere that PostgreSQL's programs are put.
fn places(embedded: &Path) -> Vec<PathBuf> {
    let mut dirs = vec![embedded.to_path_buf()];
    let parents =
        ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"];
    for entry in parents.iter().filter_map(|parent| fs::read_dir(parent).ok()).flatten().flatten() {
        let name = entry.file_name();
        if entry.path().starts_with("/usr/lib/postgresql")
            || name.as_encoded_bytes().starts_with(b"postgresql")
        {
            dirs.push(entry.path().join("bin"));
        }
    }
    dirs.extend(on_path("postgres").and_then(|file| file.parent().map(Path::to_path_buf)));
    if let Ok(dir) = proc::capture(Command::new("pg_config").arg("--bindir")) {
        dirs.push(dir.trim().into());
    }
    dirs.sort();
    dirs.dedup();
    dirs
}

/// Asks as the user that will run it, who may not be allowed into every folder.
fn inspect(owner: &Owner, dir: &Path) -> Option<Binaries> {
    // A link in /usr/local/bin leads to the folder that has all the programs.
    let dir = fs::canonicalize(dir.join("postgres")).ok()?.parent()?.to_path_buf();
    if !dir.join("initdb").is_file() {
        return None;
    }
    let said = proc::capture(owner.command(&dir.join("postgres")).arg("--version")).ok()?;
    let version = parse_version(&said)?;
    let major = version.split('.').next()?.parse().ok()?;
    Some(Binaries { dir, major, version })
}

/// The number in `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`.
fn parse_version(said: &str) -> Option<String> {
    let number = said.split_once("(PostgreSQL) ")?.1.split_whitespace().next()?;
    let digits: String = number.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    (!digits.is_empty()).then_some(digits)
}

fn obtain(workspace: &Workspace, owner: &Owner, step: &Step) -> Result<()> {
    let keep_quiet = forbid_automatic_cluster();
    let installed = apt::install(PACKAGE, step);
    drop(keep_quiet);
    if installed? || owner.is_other_user() || on_path("npm").is_none() {
        return Ok(());
    }
    embedded::install(&workspace.tools, step).with_context(missing)
}

/// Debian's package would create and start a cluster on port 5432, which nobody asked for.
fn forbid_automatic_cluster() -> Option<impl Drop> {
    struct Remove(PathBuf);
    impl Drop for Remove {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }
    let dir = Path::new("/etc/postgresql-common/createcluster.d");
    let file = dir.join("tableorder.conf");
    let written = Path::new("/etc/debian_version").exists() && fs::create_dir_all(dir).is_ok();
    (written && fs::write(&file, "create_main_cluster = false\n").is_ok()).then_some(Remove(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        let debian = "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n";
        assert_eq!(parse_version(debian).as_deref(), Some("15.14"));
        assert_eq!(parse_version("postgres (PostgreSQL) 18beta1\n").as_deref(), Some("18"));
        assert_eq!(parse_version("command not found"), None);
    }

    #[test]
    fn a_cluster_gets_its_own_version() {
        let found = |majors: &[u32]| {
            let one = |major: &u32| Binaries { dir: PathBuf::new(), major: *major, version: String::new() };
            majors.iter().map(one).collect::<Vec<_>>()
        };
        let chosen = |majors: &[u32], cluster| choose(found(majors), cluster).map(|binaries| binaries.major);
        assert_eq!(chosen(&[14, 15, 17], None), Some(17));
        assert_eq!(chosen(&[15, 17, 16], Some(15)), Some(15));
        assert_eq!(chosen(&[16], Some(15)), Some(16));
        assert_eq!(chosen(&[13, 14], None), None);
    }
}
