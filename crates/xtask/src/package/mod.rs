//! `cargo xtask package`: the server as one static program with checksum and list of contents, and the Debian package for one box,
//! and, when asked, a trial of it on a machine of its own.

mod container;
mod deb;
mod debian;
pub mod fixed;
mod sbom;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::spa::APPS;
use crate::tools::{self, Optimise};
use crate::ui::Steps;
use crate::workspace::Workspace;
use deb::Content;
use fixed::Fixed;

/// `cargo xtask package`.
#[derive(Debug, Args)]
pub struct PackageArgs {
    /// A finished program, instead of building it.
    #[arg(long)]
    pub binary: Option<PathBuf>,
    /// Install the package on a machine of its own, walk through it, back up, restore, upgrade, remove (as root, on Debian).
    #[arg(long = "try")]
    pub trial: bool,
    /// The same on a newly downloaded Debian instead of this system's files.
    #[arg(long)]
    pub from_nothing: bool,
}

/// Builds everything and says where it is.
///
/// # Errors
/// What does not build, or what the trial found.
pub fn run(workspace: &Workspace, args: &PackageArgs) -> Result<()> {
    let dir = workspace.target.join("package");
    let mut steps = Steps::new(4 + APPS.len());
    steps.step("wasm target", tools::wasm_target)?;
    let tools = steps.step("tools", |step| tools::ensure(workspace, Optimise::Must, step))?;
    for app in APPS {
        steps.step(app.name, |step| app.build(workspace, &tools, step))?;
    }
    let made = steps.step("server", |step| match &args.binary {
        Some(binary) => Ok(Fixed { program: binary.clone(), sbom: None }),
        None => fixed::build(workspace, &dir, step),
    })?;
    let version = env!("CARGO_PKG_VERSION");
    let package = steps.step("package", |_| {
        let (program, sbom) = (made.program.as_path(), made.sbom.as_deref());
        let package = deb::pack(workspace, Content { program, sbom, version, compression: "xz" }, &dir)?;
        fixed::checksum(&package)?;
        Ok(package)
    })?;
    for file in [Some(&made.program), made.sbom.as_ref(), Some(&package)].into_iter().flatten() {
        println!("{} ({} KiB)", file.display(), fs::metadata(file)?.len() / 1024);
    }
    if args.trial || args.from_nothing {
        let left_out = attempt(workspace, &made.program, made.sbom.as_deref(), args.from_nothing)?;
        left_out.into_iter().for_each(|why| println!("{why}"));
    }
    Ok(())
}

/// Packs a program twice, as this version and as a later one, and tries both. Returns why it was left out, if it was.
///
/// # Errors
/// What does not work.
pub fn attempt(
    workspace: &Workspace,
    program: &Path,
    sbom: Option<&Path>,
    from_nothing: bool,
) -> Result<Option<String>> {
    let dir = workspace.target.join("package-trial");
    fs::create_dir_all(&dir)?;
    let version = env!("CARGO_PKG_VERSION");
    let pack =
        |version: &str| deb::pack(workspace, Content { program, sbom, version, compression: "none" }, &dir);
    let (first, next) = (pack(version)?, pack(&format!("{version}+next"))?);
    trial::run(&dir, &first, &next, from_nothing)
}
