//! What of a build is uploaded, how, and in which order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Kept for a year: the name changes with the content.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Asked for each time.
pub const EACH_TIME: &str = "no-cache";
/// Pictures without a hash in their name.
const A_WEEK: &str = "public, max-age=604800";

/// A file of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is called in the bucket.
    pub key: String,
    /// Its type.
    pub mime: &'static str,
    /// How long it may be kept.
    pub cache: &'static str,
}

impl File {
    /// Whether its name holds a hash of its content, as trunk writes it.
    #[must_use]
    pub fn is_hashed(&self) -> bool {
        self.cache == FOR_EVER
    }

    /// Hashed files first, so that a page never names one that is not there; then pictures and the like, then the
    /// page, and last of all the service worker, which reads the page.
    fn rank(&self) -> u8 {
        match self.key.rsplit('/').next() {
            Some("sw.js") => 3,
            Some("index.html") => 2,
            _ => u8::from(!self.is_hashed()),
        }
    }
}

/// The files of a build in the order of their upload. CloudFront compresses by itself, so the twins stay behind.
///
/// # Errors
/// When a file cannot be read, or is of a type that nobody has thought of.
pub fn of(dist: &Path, prefix: &str) -> Result<Vec<File>> {
    let mut paths = Vec::new();
    collect(dist, &mut paths)?;
    let mut files = Vec::new();
    for path in paths {
        let name = path.strip_prefix(dist)?.to_string_lossy().into_owned();
        let mime = mime(&name).with_context(|| format!("{name}: which type is that?"))?;
        let cache = match mime {
            _ if is_hashed(&name) => FOR_EVER,
            "image/png" | "image/svg+xml" | "image/webp" => A_WEEK,
            _ => EACH_TIME,
        };
        files.push(File { key: format!("{prefix}{name}"), path, mime, cache });
    }
    files.sort_by(|a, b| (a.rank(), &a.key).cmp(&(b.rank(), &b.key)));
    Ok(files)
}

/// The type of a file, by its name.
#[must_use]
pub fn mime(name: &str) -> Option<&'static str> {
    Some(match Path::new(name).extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        _ => return None,
    })
}

fn is_hashed(name: &str) -> bool {
    let hash =
        |part: &str| (8..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.rsplit('/').next().is_some_and(|name| name.split(['-', '.', '_']).any(hash))
}

fn collect(dir: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let twin = name.ends_with(".br") || name.ends_with(".gz");
        if path.is_dir() {
            collect(&path, paths)?;
        } else if !twin && !name.starts_with('.') {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_first_page_and_worker_last() {
        let dist = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        fs::create_dir_all(dist.join("dishes")).unwrap();
        let names = ["index.html", "sw.js", "app-0123456789abcdef.js", "app-0123456789abcdef_bg.wasm"];
        for name in names.iter().chain(&["index.html.br", ".fingerprint", "dishes/a.svg", "m.webmanifest"]) {
            fs::write(dist.join(name), "x").unwrap();
        }
        let files = of(&dist, "admin/").unwrap();
        let keys: Vec<_> = files.iter().map(|file| file.key.trim_start_matches("admin/")).collect();
        assert_eq!(keys, [names[2], names[3], "dishes/a.svg", "m.webmanifest", "index.html", "sw.js"]);
        assert_eq!((files[1].mime, files[1].cache), ("application/wasm", FOR_EVER));
        assert_eq!((files[2].cache, files[4].cache, files[5].cache), (A_WEEK, EACH_TIME, EACH_TIME));
        fs::write(dist.join("what.exe"), "x").unwrap();
        assert!(of(&dist, "").unwrap_err().to_string().contains("what.exe"));
        fs::remove_dir_all(dist).unwrap();
    }
}
