//! Building the browser apps and the server.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::tools::{self, Optimise, Tools};
use crate::ui::{Step, Steps};
use crate::workspace::Workspace;
use crate::{compress, fingerprint, proc, slim};

/// A browser app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct App {
    /// Its package and its folder.
    pub name: &'static str,
    /// Its folder in `WEB_DIR`.
    pub web: &'static str,
    /// What its code and styles may weigh, compressed with brotli, in KB of 1024 bytes.
    pub budget: u32,
}

/// Both of them.
pub const APPS: [App; 2] = [
    App { name: "customer-web", web: "customer", budget: 220 },
    App { name: "admin-web", web: "admin", budget: 320 },
];

/// What every app is built from, besides its own folder.
const SHARED: [&str; 6] = [
    "crates/web-kit",
    "shared-types",
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

impl App {
    /// Where its build lies.
    #[must_use]
    pub fn dist(&self, workspace: &Workspace) -> PathBuf {
        workspace.root.join(self.name).join("dist")
    }

    /// Builds it for release unless nothing has changed since the last time.
    ///
    /// # Errors
    /// When trunk fails; its output says why.
    pub fn build(&self, workspace: &Workspace, tools: &Tools, step: &Step) -> Result<()> {
        // Inside the build: whoever builds the app in another way wipes it away with the rest.
        let stamp = self.dist(workspace).join(".fingerprint");
        let want = self.fingerprint(workspace, tools)?;
        if fs::read_to_string(&stamp).is_ok_and(|have| have == want) {
            step.outcome("up to date");
            return Ok(());
        }
        step.note("building for release, the first time takes minutes");
        fetch(workspace)?;
        let mut trunk = tools.trunk(workspace)?;
        trunk.current_dir(workspace.root.join(self.name)).args(["build", "--release", "--offline"]);
        proc::run(&mut trunk).with_context(|| format!("{} does not build", self.name))?;
        if let Some(programs) = &tools.slim {
            slim::build(&self.dist(workspace), self.name, programs)
                .with_context(|| format!("{} cannot be made smaller", self.name))?;
        }
        compress::twins(&self.dist(workspace))?;
        fs::write(stamp, want)?;
        Ok(())
    }

    fn fingerprint(&self, workspace: &Workspace, tools: &Tools) -> Result<String> {
        let paths: Vec<_> = SHARED.iter().chain([&self.name]).map(|path| workspace.root.join(path)).collect();
        let paths: Vec<_> = paths.iter().map(PathBuf::as_path).collect();
        let inputs = fingerprint::of_files(&workspace.root, &paths)?;
        Ok(format!("{inputs}\n{}\n", tools.versions))
    }
}

/// trunk builds without a network: what it needs is fetched before.
fn fetch(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.cargo();
    tools::small_std(&mut cargo);
    proc::run(cargo.args(["fetch", "--quiet", "--target", "wasm32-unknown-unknown"])).context(
        "the packages that the apps need could not be fetched: check the network and start this again",
    )
}

/// Builds the server for release.
///
/// # Errors
/// When it does not compile.
pub fn server(workspace: &Workspace, step: &Step) -> Result<()> {
    step.note("compiling what has changed, everything the first time");
    proc::run(workspace.cargo().args(["build", "--release", "--bin", "tableorder"]))
        .context("the server does not build")
}

/// Lays out `WEB_DIR`: one folder that points to both builds.
///
/// # Errors
/// When it cannot be written.
pub fn web_dir(workspace: &Workspace, dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).with_context(|| format!("cannot write {}", dir.display()))?;
    for app in APPS {
        let link = dir.join(app.web);
        if fs::symlink_metadata(&link).is_ok() {
            fs::remove_file(&link)
                .with_context(|| format!("{} is not our link: remove it", link.display()))?;
        }
        std::os::unix::fs::symlink(app.dist(workspace), &link)?;
    }
    Ok(())
}

/// `cargo xtask build`.
///
/// # Errors
/// When a tool cannot be installed or something does not build.
pub fn build_release(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(3 + APPS.len());
    steps.step("wasm target", tools::wasm_target)?;
    let tools = steps.step("tools", |step| tools::ensure(workspace, Optimise::Must, step))?;
    for app in APPS {
        steps.step(app.name, |step| app.build(workspace, &tools, step))?;
    }
    steps.step("server", |step| server(workspace, step))?;
    println!("\nserver: {}", workspace.server("release").display());
    for app in APPS {
        println!("{}: {}", app.name, app.dist(workspace).display());
    }
    Ok(())
}
