//! Node and what comes from its registry: wasm-opt, the browser tests' packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::apt::{self, Package};
use crate::ui::Step;
use crate::workspace::on_path;
use crate::{fingerprint, proc};

const NPM: Package = Package { apt: "npm", brew: "node" };

/// Makes sure that npm is there.
///
/// # Errors
/// When it is not and cannot be installed, with what to type.
pub fn ensure(step: &Step) -> Result<()> {
    if on_path("npm").is_some() || (apt::install(NPM, step)? && on_path("npm").is_some()) {
        return Ok(());
    }
    bail!("npm is missing: type {}", apt::remedy(NPM))
}

/// Installs one package, at that version, into a folder of its own, without running its scripts. Returns the
/// folder's `node_modules`.
///
/// # Errors
/// When npm is missing or fails.
pub fn package(tools: &Path, folder: &str, spec: &str, proof: &str, step: &Step) -> Result<PathBuf> {
    let dir = tools.join(folder);
    let modules = dir.join("node_modules");
    if modules.join(proof).exists() {
        return Ok(modules);
    }
    ensure(step)?;
    step.note(&format!("installing {spec} with npm"));
    fs::create_dir_all(&dir)?;
    let options = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
    proc::run(Command::new("npm").current_dir(&dir).args(options).arg("--prefix").arg(&dir).arg(spec))?;
    if !modules.join(proof).exists() {
        bail!("npm installed {spec} without {proof}: delete {} and start this again", dir.display());
    }
    Ok(modules)
}

/// Installs a project's packages exactly as its lock file says, when that has changed.
///
/// # Errors
/// When npm is missing or fails.
pub fn clean_install(project: &Path, step: &Step) -> Result<()> {
    let stamp = project.join("node_modules/.installed");
    let want =
        fingerprint::of_files(project, &[&project.join("package.json"), &project.join("package-lock.json")])?;
    if fs::read_to_string(&stamp).is_ok_and(|have| have == want) {
        return Ok(());
    }
    ensure(step)?;
    step.note("installing Node packages with npm");
    let options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    proc::run(Command::new("npm").current_dir(project).args(options))?;
    fs::write(stamp, want)?;
    Ok(())
}
