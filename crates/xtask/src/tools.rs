//! What builds the browser apps: the wasm target, trunk, wasm-bindgen, wasm-opt, esbuild.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::cargo_tool::CargoTool;
use crate::ui::Step;
use crate::workspace::{Workspace, hide_own_package, on_path, path_with};
use crate::{node, proc, slim};

/// Newer ones need a newer compiler than `rust-toolchain.toml` names.
const TRUNK: &str = "0.21.14";
/// Distributions' own are too old for what rustc emits.
const BINARYEN: &str = "132.0.0";
/// Ships its program inside the package.
const ESBUILD: &str = "0.28.2";
const BINDGEN_TOOL: CargoTool = CargoTool { name: "wasm-bindgen", package: "wasm-bindgen-cli", options: &[] };
/// Without its look for updates of itself.
const TRUNK_TOOL: CargoTool = CargoTool {
    name: "trunk",
    package: "trunk",
    options: &["--no-default-features", "--features", "rustls"],
};
const TARGET: &str = "wasm32-unknown-unknown";

/// Installed tools, ready for the PATH.
#[derive(Debug)]
pub struct Tools {
    /// trunk itself.
    pub trunk: PathBuf,
    /// Folders to put in front of the PATH.
    pub path: Vec<PathBuf>,
    /// What makes a build smaller, where it is there.
    pub slim: Option<slim::Programs>,
    /// Every version, for fingerprints.
    pub versions: String,
}

impl Tools {
    /// trunk, which finds the other tools on its PATH and never asks the network for them.
    ///
    /// # Errors
    /// When the PATH cannot be built.
    pub fn trunk(&self, workspace: &Workspace) -> Result<Command> {
        let mut command = Command::new(&self.trunk);
        command.env("PATH", path_with(&self.path)?).env("CARGO_TARGET_DIR", &workspace.target);
        // trunk reads NO_COLOR as a truth value and refuses the usual `1`.
        if std::env::var_os("NO_COLOR").is_some() {
            command.env_remove("NO_COLOR").env("TRUNK_COLOR", "never");
        }
        command.env("TRUNK_SKIP_VERSION_CHECK", "true");
        small_std(&mut command);
        hide_own_package(&mut command);
        Ok(command)
    }
}

/// Lets cargo build the standard library with the app, for size: a tenth less to download. Rust calls this
/// unstable, so the pinned compiler is told that we know. Without the library's source the ready-made one
/// serves and the bundle is larger.
pub fn small_std(command: &mut Command) {
    if has_std_source() {
        command
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                "--cfg=erase_components -Zlocation-detail=none -Zfmt-debug=none",
            );
    }
}

fn has_std_source() -> bool {
    let sysroot = proc::capture(Command::new("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}

/// Adds the standard library's source. rustup does so by itself for `rust-toolchain.toml`, unless it was told not to install.
fn std_source(step: &Step) {
    if has_std_source() || on_path("rustup").is_none() {
        return;
    }
    step.note("adding the standard library's source with rustup");
    if let Err(failure) = proc::run(Command::new("rustup").args(["component", "add", "rust-src"])) {
        step.note(&format!("without it the apps are a tenth larger, which misses their budget: {failure}"));
    }
}

/// Adds the wasm target to the toolchain, and the source of its standard library.
///
/// # Errors
/// When rustup is missing or cannot reach its server, with what to do.
pub fn wasm_target(step: &Step) -> Result<()> {
    let libraries =
        || proc::capture(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let present = || libraries().is_ok_and(|dir| has_core(dir.trim()));
    std_source(step);
    if present() {
        step.outcome("there");
        return Ok(());
    }
    if on_path("rustup").is_none() {
        bail!(
            "the Rust target {TARGET} is missing and rustup is not there to add it: install rustup from rustup.rs"
        );
    }
    step.note("adding the wasm target with rustup");
    proc::run(Command::new("rustup").args(["target", "add", TARGET])).context(
        "rustup could not add the wasm target: check the network and start this again; on Debian, \
         `apt-get install rustc-web rust-web-src cargo-web` can build the standard library instead",
    )?;
    if !present() {
        bail!(
            "the files of {TARGET} are damaged: type `rustup target remove {TARGET}`, then start this again"
        );
    }
    Ok(())
}

fn has_core(dir: &str) -> bool {
    let Ok(entries) = fs::read_dir(dir) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}

/// Installs trunk, wasm-bindgen and wasm-opt into the user's cache, each once per version.
///
/// # Errors
/// When one cannot be installed, with what to do.
pub fn ensure(workspace: &Workspace, optimise: Optimise, step: &Step) -> Result<Tools> {
    let bindgen_version =
        locked_version(&fs::read_to_string(workspace.root.join("Cargo.lock"))?, "wasm-bindgen")?;
    let trunk = TRUNK_TOOL.ensure(workspace, TRUNK, step)?;
    let bindgen = BINDGEN_TOOL.ensure(workspace, &bindgen_version, step)?;
    let slim = slimming(workspace, optimise, step)?;
    let smaller =
        if slim.is_some() { format!(", wasm-opt {BINARYEN}, esbuild {ESBUILD}") } else { String::new() };
    let std = if has_std_source() { ", std for size" } else { "" };
    let versions = format!("trunk {TRUNK}, wasm-bindgen {bindgen_version}{smaller}{std}");
    step.outcome(versions.as_str());
    Ok(Tools { trunk: trunk.join("trunk"), path: vec![trunk, bindgen], slim, versions })
}

/// Whether the bundles must be as small as they can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimise {
    /// Their sizes are going to be measured.
    Must,
    /// Somebody only wants to look; without Node they are larger.
    IfPossible,
}

/// What makes the apps smaller; none where it may be missing and is.
fn slimming(workspace: &Workspace, optimise: Optimise, step: &Step) -> Result<Option<slim::Programs>> {
    let installed = || -> Result<slim::Programs> {
        let of = |name: &str, version: &str, program: &str, step| {
            let (folder, spec) = (format!("{name}-{version}"), format!("{name}@{version}"));
            let proof = format!(".bin/{program}");
            node::package(&workspace.tools, &folder, &spec, &proof, step).map(|modules| modules.join(proof))
        };
        Ok(slim::Programs {
            wasm_opt: of("binaryen", BINARYEN, "wasm-opt", step)?,
            esbuild: of("esbuild", ESBUILD, "esbuild", step)?,
        })
    };
    match installed() {
        Ok(programs) => Ok(Some(programs)),
        Err(error) if optimise == Optimise::Must || error.is::<proc::Interrupted>() => Err(error),
        Err(error) => {
            let why = error.to_string();
            let why = why.lines().next().unwrap_or(&why);
            step.note(&format!("going on without wasm-opt and esbuild, the apps get larger ({why})"));
            Ok(None)
        }
    }
}

/// The version of a package in `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Result<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no {package}: is it the workspace's own?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").unwrap(), "0.2.130");
        assert!(locked_version(lock, "wasm").is_err());
    }
}
