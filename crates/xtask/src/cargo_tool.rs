//! Tools from the Rust registry, compiled once per version into the user's cache.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::proc;
use crate::ui::Step;
use crate::workspace::Workspace;

/// A tool that runs for seconds need not be optimised for minutes.
const QUICK: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// One tool.
#[derive(Debug)]
pub struct CargoTool {
    /// Its program.
    pub name: &'static str,
    /// Its package.
    pub package: &'static str,
    /// What `cargo install` is told besides.
    pub options: &'static [&'static str],
}

impl CargoTool {
    /// Installs this version unless it is there. Returns the folder of its programs.
    ///
    /// # Errors
    /// When it cannot be fetched or does not compile.
    pub fn ensure(&self, workspace: &Workspace, version: &str, step: &Step) -> Result<PathBuf> {
        let root = workspace.tools.join(format!("{}-{version}", self.name));
        let bin = root.join("bin");
        if bin.join(self.name).is_file() {
            return Ok(bin);
        }
        step.note(&format!("compiling {} {version}, once per machine, two to six minutes", self.name));
        fs::create_dir_all(&root).with_context(|| format!("cannot write {}", root.display()))?;
        let outcome = match self.install(workspace, version, &root, &["--locked"]) {
            Err(error) if !error.is::<proc::Interrupted>() => {
                step.note("its own lock file does not do here: again with today's versions");
                self.install(workspace, version, &root, &[])
            }
            outcome => outcome,
        };
        let remedy = || {
            format!("{} {version} could not be installed: check the network and start this again", self.name)
        };
        outcome.with_context(remedy).map(|()| bin)
    }

    fn install(&self, workspace: &Workspace, version: &str, root: &Path, more: &[&str]) -> Result<()> {
        let mut command = workspace.cargo();
        command.current_dir(root).args(["install", self.package, "--version", version, "--force", "--root"]);
        command.arg(root).args(more).args(self.options).envs(QUICK).env_remove("CARGO_TARGET_DIR");
        proc::run(&mut command)
    }
}
