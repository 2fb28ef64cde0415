//! What a browser app weighs on the wire: its code and styles, compressed as well as brotli can.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::compress;
use crate::spa::{APPS, App};
use crate::ui;
use crate::workspace::Workspace;

/// One app's size.
#[derive(Debug)]
pub struct Size {
    /// Which.
    pub app: App,
    /// All of its wasm, js and css together.
    pub brotli: u64,
    /// The same uncompressed.
    pub raw: u64,
}

impl Size {
    /// The budget in bytes.
    #[must_use]
    pub fn budget(&self) -> u64 {
        u64::from(self.app.budget) * 1024
    }

    /// By how much it is too large, if it is.
    #[must_use]
    pub fn excess(&self) -> Option<String> {
        let over = self.brotli.checked_sub(self.budget()).filter(|over| *over > 0)?;
        Some(format!("{} is {over} bytes over its budget", self.app.name))
    }
}

/// Measures both builds.
///
/// # Errors
/// When one is missing.
pub fn measure(workspace: &Workspace) -> Result<Vec<Size>> {
    APPS.iter().map(|app| size_of(*app, &app.dist(workspace))).collect()
}

/// Measures both builds, prints them, and holds them to their budgets.
///
/// # Errors
/// Which one is too large, by how much.
pub fn check(workspace: &Workspace) -> Result<()> {
    let sizes = measure(workspace)?;
    println!("{}", ui::table(&rows(&sizes)));
    let over: Vec<_> = sizes.iter().filter_map(Size::excess).collect();
    if over.is_empty() {
        return Ok(());
    }
    bail!("{}: find what grew, or leave something out", over.join(", "))
}

/// The sizes as rows of a table.
#[must_use]
pub fn rows(sizes: &[Size]) -> Vec<Vec<String>> {
    let kb = |bytes: u64| format!("{}.{} KB", bytes / 1024, bytes % 1024 * 10 / 1024);
    let row = |size: &Size| vec![size.app.name.to_owned(), kb(size.brotli), kb(size.budget()), kb(size.raw)];
    let head = ["app", "brotli", "budget", "raw"].map(str::to_owned).to_vec();
    std::iter::once(head).chain(sizes.iter().map(row)).collect()
}

fn size_of(app: App, dist: &Path) -> Result<Size> {
    let mut size = Size { app, brotli: 0, raw: 0 };
    add(dist, &mut size).with_context(|| format!("{} is not built: type `cargo xtask build`", app.name))?;
    if size.raw == 0 {
        bail!("{} holds no code: type `cargo xtask build`", dist.display());
    }
    Ok(size)
}

fn add(dir: &Path, size: &mut Size) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let counts = path.extension().is_some_and(|end| end == "wasm" || end == "js" || end == "css");
        if path.is_dir() {
            add(&path, size)?;
        } else if counts {
            let twin = compress::with_end(&path, "br");
            let raw = fs::metadata(&path)?.len();
            size.raw += raw;
            size.brotli += fs::metadata(twin).map_or(raw, |found| found.len());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_and_styles_only() {
        let dist = std::env::temp_dir().join(format!("xtask-bundles-{}", std::process::id()));
        fs::create_dir_all(dist.join("snippets")).unwrap();
        fs::write(dist.join("app.css"), "a".repeat(5000)).unwrap();
        fs::write(dist.join("snippets/x.js"), "b".repeat(5000)).unwrap();
        fs::write(dist.join("photo.webp"), "c".repeat(5000)).unwrap();
        compress::twins(&dist).unwrap();
        let size = size_of(APPS[0], &dist).unwrap();
        assert_eq!(size.raw, 10_000);
        assert!(size.brotli < 100);
        fs::remove_dir_all(dist).unwrap();
        assert!(size_of(APPS[0], Path::new("/nowhere")).is_err());
    }
}
