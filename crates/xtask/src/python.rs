//! Python and what comes from its registry: the contract's fuzzer, a server that speaks like S3.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::apt::{self, Package};
use crate::ui::Step;
use crate::{fingerprint, proc};

const PYTHON: Package = Package { apt: "python3 python3-venv", brew: "python" };

/// Installs the packages of a `requirements.txt` into an environment of their own, named after the first package
/// that is asked for by name. Returns the folder of its programs.
///
/// # Errors
/// When Python is missing, or a package cannot be installed.
pub fn environment(tools: &Path, package: &str, requirements: &Path, step: &Step) -> Result<PathBuf> {
    let wanted = fs::read_to_string(requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let version = version_of(&wanted, package)
        .with_context(|| format!("{} does not pin {package}", requirements.display()))?;
    let list = ["--requirement".as_ref(), requirements.as_os_str()];
    install(tools, package, version, &list, &wanted, step)
}

/// Installs one package, without what it says it depends on, into an environment of its own. Returns the folder
/// of its programs.
///
/// # Errors
/// As [`environment`].
pub fn package(tools: &Path, package: &str, version: &str, step: &Step) -> Result<PathBuf> {
    let wanted = format!("{package}=={version}");
    install(tools, package, version, &["--no-deps".as_ref(), wanted.as_ref()], &wanted, step)
}

fn install(
    tools: &Path,
    package: &str,
    version: &str,
    what: &[&OsStr],
    wanted: &str,
    step: &Step,
) -> Result<PathBuf> {
    let dir = tools.join(format!("{package}-{version}"));
    let (bin, stamp) = (dir.join("bin"), dir.join("installed"));
    let want = fingerprint::short(wanted.as_bytes());
    if fs::read_to_string(&stamp).is_ok_and(|have| have == want) {
        step.outcome(format!("{package} {version}"));
        return Ok(bin);
    }
    create(&dir, step)?;
    step.note(&format!("installing {package} {version} with pip"));
    let options = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    proc::run(Command::new(bin.join("python")).args(options).args(what)).with_context(|| {
        format!("{package} could not be installed: check the network and start this again")
    })?;
    fs::write(&stamp, want)?;
    step.outcome(format!("{package} {version}"));
    Ok(bin)
}

/// An empty environment, also where a broken one was.
fn create(dir: &Path, step: &Step) -> Result<()> {
    let make = || {
        let _ = fs::remove_dir_all(dir);
        proc::succeeds(Command::new("python3").args(["-m", "venv"]).arg(dir))
    };
    if make() || (apt::install(PYTHON, step)? && make()) {
        return Ok(());
    }
    bail!("Python with its module venv is missing: type {}", apt::remedy(PYTHON))
}

/// The version that a list of requirements pins.
fn version_of<'a>(requirements: &'a str, package: &str) -> Option<&'a str> {
    requirements.lines().find_map(|line| line.trim().strip_prefix(package)?.strip_prefix("=="))
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_the_pinned_version() {
        let list = "# pins\nhypothesis-graphql==0.1\nschemathesis==4.32.5\n";
        assert_eq!(super::version_of(list, "schemathesis"), Some("4.32.5"));
        assert_eq!(super::version_of(list, "hypothesis"), None);
    }
}
