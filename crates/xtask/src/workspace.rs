//! Where things are: the repository, cargo's target folder, the user's cache of tools.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

/// The folders that every task works with.
#[derive(Debug)]
pub struct Workspace {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder, an outer `CARGO_TARGET_DIR` honoured.
    pub target: PathBuf,
    /// Installed tools, one versioned folder each, shared by every clone of this user.
    pub tools: PathBuf,
}

impl Workspace {
    /// Finds the repository that this task runner belongs to.
    ///
    /// # Errors
    /// When the folders cannot be told, which says how to name them.
    pub fn locate() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .context("the repository was not found: start this as `cargo xtask`")?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => std::path::absolute(dir)?,
            None => root.join("target"),
        };
        Ok(Self { root, target, tools: cache_dir()?.join("tableorder/tools") })
    }

    /// The built server.
    #[must_use]
    pub fn server(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("tableorder")
    }

    /// `cargo`, in the repository, as if typed in a shell.
    #[must_use]
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        if env::var_os("CI").is_some() {
            command.env("CARGO_INCREMENTAL", "0").env("CARGO_TERM_COLOR", "always");
        }
        hide_own_package(&mut command);
        command
    }
}

/// Takes away what `cargo run` tells this program about its own package: some build scripts read these
/// variables and would rebuild half the tree each time a task and a plain `cargo build` take turns.
pub fn hide_own_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "LD_LIBRARY_PATH"
        {
            command.env_remove(&name);
        }
    }
}

fn cache_dir() -> Result<PathBuf> {
    if let Some(dir) = env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
        return Ok(dir.into());
    }
    let home = env::home_dir().filter(|home| home.is_absolute());
    home.map(|home| home.join(".cache"))
        .context("no home directory is known: set XDG_CACHE_HOME to a folder for tools")
}

/// The first program of that name on the PATH.
#[must_use]
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// The PATH with these folders in front.
///
/// # Errors
/// When a folder's name holds a colon.
pub fn path_with(front: &[PathBuf]) -> Result<std::ffi::OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let all = front.iter().cloned().chain(env::split_paths(&rest));
    env::join_paths(all).context("a folder of tools has a colon in its name: set XDG_CACHE_HOME to another")
}
