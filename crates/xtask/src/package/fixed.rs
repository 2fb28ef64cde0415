//! The server as one file that runs on any Linux of this processor: linked statically, with its checksum and the list of what is
//! in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use sha2::{Digest as _, Sha256};

use super::sbom;
use crate::apt::{self, Package};
use crate::ui::Step;
use crate::workspace::{Workspace, on_path};
use crate::{fingerprint, proc};

const COMPILER: Package = Package { apt: "musl-tools", brew: "" };
/// The ELF segment that names the loader of libraries.
const INTERPRETER: u32 = 3;

/// What was built.
#[derive(Debug)]
pub struct Fixed {
    /// The program.
    pub program: PathBuf,
    /// What is in it, as CycloneDX; of a program that somebody else built, nobody knows.
    pub sbom: Option<PathBuf>,
}

/// The target of a static build on this machine.
///
/// # Errors
/// On anything but Linux.
pub fn target() -> Result<String> {
    ensure!(cfg!(target_os = "linux"), "the server is packed on Linux, for Linux");
    Ok(format!("{}-unknown-linux-musl", std::env::consts::ARCH))
}

/// Builds it into `dir`.
///
/// # Errors
/// When the target or its C compiler is missing, it does not compile, or is not static.
pub fn build(workspace: &Workspace, dir: &Path, step: &Step) -> Result<Fixed> {
    let target = target()?;
    if on_path("musl-gcc").is_none() && !apt::install(COMPILER, step)? {
        bail!("the C compiler for static programs is missing: type {}", apt::remedy(COMPILER));
    }
    add_target(workspace, &target)?;
    step.note("compiling what has changed, everything the first time");
    let build = ["build", "--release", "--locked", "--bin", "tableorder", "--target", &target];
    proc::run(workspace.cargo().args(build)).context("the server does not build statically")?;
    let built = workspace.target.join(&target).join("release/tableorder");
    let program = keep(&built, dir)?;
    let sbom = PathBuf::from(format!("{}.cdx.json", program.display()));
    fs::write(&sbom, sbom::of(workspace, &target)?)?;
    Ok(Fixed { program, sbom: Some(sbom) })
}

/// Puts a program where it is handed over from, under its full name and with its checksum.
///
/// # Errors
/// When it is not static, or cannot be written.
fn keep(built: &Path, dir: &Path) -> Result<PathBuf> {
    let bytes = fs::read(built).with_context(|| format!("cannot read {}", built.display()))?;
    ensure!(is_static(&bytes), "{} asks for libraries of the system", built.display());
    fs::create_dir_all(dir)?;
    let name = format!("tableorder-{}-linux-{}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    let program = dir.join(&name);
    // Not over a program that runs.
    let _ = fs::remove_file(&program);
    fs::copy(built, &program)?;
    checksum(&program)?;
    Ok(program)
}

/// Writes `FILE.sha256`, as `sha256sum --check` reads it. Returns the sum.
///
/// # Errors
/// When the file cannot be read or written beside.
pub fn checksum(file: &Path) -> Result<String> {
    let sum = fingerprint::hex(&Sha256::digest(fs::read(file)?));
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    fs::write(file.with_file_name(format!("{name}.sha256")), format!("{sum}  {name}\n"))?;
    Ok(sum)
}

fn add_target(workspace: &Workspace, target: &str) -> Result<()> {
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&workspace.root).args(["target", "add", target]);
    proc::capture(&mut rustup).map(|_| ()).with_context(|| format!("rustup cannot add {target}"))
}

/// Whether a 64-bit ELF program asks for no loader of libraries.
fn is_static(bytes: &[u8]) -> bool {
    let number = |at: usize, size: usize| -> Option<u64> {
        let part = bytes.get(at..at.checked_add(size)?)?;
        Some(part.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let kinds = || -> Option<Vec<u64>> {
        let (start, size, count) = (number(0x20, 8)?, number(0x36, 2)?, number(0x38, 2)?);
        let place = |index: u64| usize::try_from(start + index * size).ok();
        (0..count).map(|index| number(place(index)?, 4)).collect()
    };
    bytes.starts_with(b"\x7fELF\x02")
        && kinds().is_some_and(|kinds| !kinds.is_empty() && !kinds.contains(&u64::from(INTERPRETER)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_programs_are_not_static() {
        // This test itself is linked as usual.
        let own = fs::read(std::env::current_exe().unwrap()).unwrap();
        assert!(!cfg!(target_os = "linux") || !is_static(&own));
        assert!(!is_static(b"#!/bin/sh\n") && !is_static(b"\x7fELF\x02"));
    }

    #[test]
    fn a_checksum_is_read_by_the_usual_program() {
        let dir = std::env::temp_dir().join(format!("xtask-sum-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("file"), "x").unwrap();
        checksum(&dir.join("file")).unwrap();
        let check =
            || proc::succeeds(Command::new("sha256sum").args(["--check", "file.sha256"]).current_dir(&dir));
        assert!(check() || !cfg!(target_os = "linux"));
        fs::write(dir.join("file"), "y").unwrap();
        assert!(!check());
        fs::remove_dir_all(dir).unwrap();
    }
}
