//! The system's package manager: used where this program may, named with the exact command where it may not.

use std::env;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::Result;

use crate::proc;
use crate::ui::Step;
use crate::workspace::on_path;

/// Who may install packages here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manager {
    /// Debian or Ubuntu, as root.
    Apt,
    /// Debian or Ubuntu in CI, where sudo asks nothing.
    SudoApt,
    /// Homebrew, which wants no root.
    Brew,
    /// Nobody.
    None,
}

fn manager() -> Manager {
    static FOUND: OnceLock<Manager> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let sudo =
            || env::var_os("CI").is_some() && proc::succeeds(Command::new("sudo").args(["-n", "true"]));
        match (on_path("apt-get"), on_path("brew")) {
            (Some(_), _) if nix::unistd::geteuid().is_root() => Manager::Apt,
            (Some(_), _) if sudo() => Manager::SudoApt,
            (None, Some(_)) => Manager::Brew,
            _ => Manager::None,
        }
    })
}

/// A package, by each manager's name for it.
#[derive(Debug, Clone, Copy)]
pub struct Package {
    /// Debian and Ubuntu.
    pub apt: &'static str,
    /// Homebrew; empty where there is none.
    pub brew: &'static str,
}

/// Installs a package. False: this user may not, see [`remedy`].
///
/// # Errors
/// When the package manager fails.
pub fn install(package: Package, step: &Step) -> Result<bool> {
    match manager() {
        Manager::Brew if !package.brew.is_empty() => {
            step.note(&format!("installing {} with brew", package.brew));
            proc::run(Command::new("brew").args(["install", package.brew]))?;
        }
        Manager::Apt | Manager::SudoApt => {
            step.note(&format!("installing {} with apt-get", package.apt));
            update()?;
            let options = ["install", "-y", "--no-install-recommends"];
            proc::run(apt_get().args(options).args(package.apt.split(' ')))?;
        }
        Manager::Brew | Manager::None => return Ok(false),
    }
    Ok(true)
}

/// What to type, for people.
#[must_use]
pub fn remedy(package: Package) -> String {
    if cfg!(target_os = "macos") && !package.brew.is_empty() {
        format!("`brew install {}`", package.brew)
    } else {
        format!("`sudo apt-get install {}` (or your system's like)", package.apt)
    }
}

/// Package lists may be old or missing; once a run is enough.
fn update() -> Result<()> {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_none() {
        proc::run(apt_get().args(["update", "-q"]))?;
        let _ = DONE.set(());
    }
    Ok(())
}

fn apt_get() -> Command {
    let mut command = if manager() == Manager::SudoApt {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        Command::new("apt-get")
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
    command
}
