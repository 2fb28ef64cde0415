//! Whether inputs have changed since something was built from them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// A hash over files and whole folders: their names below `root` and what they hold. What is generated
/// (`dist`, `generated`, `target`, `node_modules`, hidden files) does not count; a missing path counts as empty.
///
/// # Errors
/// When a file cannot be read.
pub fn of_files(root: &Path, paths: &[&Path]) -> Result<String> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file);
        hash.update(name.as_os_str().as_encoded_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(&bytes);
    }
    Ok(hex(&hash.finalize()))
}

/// A hash of some text, short enough for a file's name.
#[must_use]
pub fn short(text: &[u8]) -> String {
    hex(&Sha256::digest(text)[..5])
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(kind) = fs::metadata(path) else { return Ok(()) };
    if kind.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let generated = ["dist", "generated", "target", "node_modules"].iter().any(|other| name == *other);
        if !generated && !name.as_encoded_bytes().starts_with(b".") {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_what_matters() {
        let root = std::env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        fs::create_dir_all(root.join("src")).unwrap();
        fs::create_dir_all(root.join("dist")).unwrap();
        let of = || of_files(&root, &[&root]).unwrap();
        fs::write(root.join("src/a.rs"), "a").unwrap();
        let first = of();
        fs::write(root.join("dist/out.js"), "built").unwrap();
        fs::write(root.join(".hidden"), "x").unwrap();
        assert_eq!(of(), first, "what is generated does not count");
        fs::write(root.join("src/a.rs"), "b").unwrap();
        let second = of();
        assert_ne!(second, first, "contents count");
        fs::rename(root.join("src/a.rs"), root.join("src/b.rs")).unwrap();
        assert_ne!(of(), second, "names count");
        fs::remove_dir_all(root).unwrap();
    }
}
