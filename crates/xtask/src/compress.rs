//! Compressed twins of a build's files (`app.js.br`, `app.js.gz`), which the server hands out as they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;

use crate::proc;

/// What shrinks; pictures are compressed already.
const KINDS: [&str; 7] = ["html", "js", "css", "wasm", "svg", "json", "webmanifest"];
/// Below this a twin saves no packet.
const WORTH_IT: u64 = 512;

/// Writes the twins of everything below a folder.
///
/// # Errors
/// When a file cannot be read or written.
pub fn twins(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    for file in &files {
        let bytes = fs::read(file)?;
        fs::write(with_end(file, "br"), brotli(&bytes)?)?;
    }
    if !files.is_empty() {
        proc::capture(Command::new("gzip").args(["-9", "-n", "-k", "-f"]).args(&files))
            .context("gzip is part of every system: install it")?;
    }
    Ok(())
}

/// `app.js` → `app.js.br`.
#[must_use]
pub fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    name.into()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        let path = entry.path();
        let shrinks = path.extension().is_some_and(|end| KINDS.iter().any(|kind| end == *kind));
        if path.is_dir() {
            collect(&path, files)?;
        } else if shrinks && entry.metadata()?.len() >= WORTH_IT {
            files.push(path);
        }
    }
    Ok(())
}

/// As small as brotli makes it.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_beside_what_shrinks() {
        let dist = std::env::temp_dir().join(format!("xtask-twins-{}", std::process::id()));
        fs::create_dir_all(dist.join("snippets")).unwrap();
        fs::write(dist.join("snippets/app.js"), "let a = 1;\n".repeat(500)).unwrap();
        fs::write(dist.join("photo.webp"), "x".repeat(5000)).unwrap();
        fs::write(dist.join("tiny.css"), "a{}").unwrap();
        twins(&dist).unwrap();
        let size = |name: &str| fs::metadata(dist.join(name)).map(|found| found.len()).ok();
        assert!(size("snippets/app.js.br").unwrap() < 100 && size("snippets/app.js.gz").unwrap() < 200);
        assert_eq!((size("photo.webp.br"), size("tiny.css.br")), (None, None));
        fs::remove_dir_all(dist).unwrap();
    }
}
