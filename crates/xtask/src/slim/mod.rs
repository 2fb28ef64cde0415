//! Makes a build of trunk's smaller: short names between program and glue, no code that only server functions call, a
//! second optimiser, glue without blanks. Together a twentieth of what a diner downloads.

mod glue;
mod module;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::proc;

/// Newer than wasm-opt's own idea of what every browser knows; rustc emits all of it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Tried against others on both apps: what compresses best is not what is smallest before, and code that was not inlined
/// repeats itself more.
const PASSES: [&str; 5] =
    ["-O2", "--flatten", "--rereloop", "-O2", "--one-caller-inline-max-function-size=1"];
/// What leptos brings along for server functions, which no browser app here has.
const UNUSED: &str = "IntoUnderlying";

/// What does the work.
#[derive(Debug, Clone)]
pub struct Programs {
    /// Binaryen's.
    pub wasm_opt: PathBuf,
    /// Takes comments and blanks out of scripts.
    pub esbuild: PathBuf,
}

/// Replaces program and glue of an app by smaller ones, under the name of their contents.
///
/// # Errors
/// When the build does not look like one of trunk's and wasm-bindgen's, or a program fails.
pub fn build(dist: &Path, app: &str, programs: &Programs) -> Result<()> {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page)?;
    let old = name(&html, app).with_context(|| format!("{} names no program of {app}", page.display()))?;
    let (old_glue, old_module) = (dist.join(format!("{old}.js")), dist.join(format!("{old}_bg.wasm")));
    let (glue, module) = (fs::read_to_string(&old_glue)?, fs::read(&old_module)?);

    let names = module::imports(&module)?;
    let dead: Vec<_> = module::exports(&module)?.into_iter().filter(|name| !is_used(name)).collect();
    let module = module::rewrite(&module, &names, is_used)?;
    let glue = glue::rewrite(&glue, &names, UNUSED)?;
    if let Some(asked) = dead.iter().find(|name| glue.contains(*name)) {
        bail!("the glue still asks for {asked}: has wasm-bindgen changed?");
    }
    fs::write(&old_module, module)?;
    fs::write(&old_glue, glue)?;
    proc::run(
        Command::new(&programs.wasm_opt)
            .args(FEATURES)
            .args(PASSES)
            .arg(&old_module)
            .arg("-o")
            .arg(&old_module),
    )?;
    proc::run(
        Command::new(&programs.esbuild)
            .args(["--minify", "--format=esm", "--log-level=warning", "--allow-overwrite"])
            .arg(format!("--outfile={}", old_glue.display()))
            .arg(&old_glue),
    )?;

    let new = format!("{app}-{}", hash(&[&fs::read(&old_module)?, &fs::read(&old_glue)?]));
    fs::rename(&old_module, dist.join(format!("{new}_bg.wasm")))?;
    fs::rename(&old_glue, dist.join(format!("{new}.js")))?;
    fs::write(page, html.replace(&old, &new))?;
    Ok(())
}

/// Whether an export is anybody's.
fn is_used(export: &str) -> bool {
    !(export.to_lowercase().contains(&UNUSED.to_lowercase()) || export.starts_with("_WASM_SPLIT_MARKER"))
}

/// `app-123456789abcdef`, as the page names it: trunk writes no zeros in front.
fn name(html: &str, app: &str) -> Option<String> {
    let start = html.find(&format!("{app}-"))?;
    let rest = &html[start..];
    let end = rest.find(".js").min(rest.find("_bg.wasm"))?;
    let hash = &rest[app.len() + 1..end];
    let is_hash = (1..=16).contains(&hash.len()) && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hash.then(|| rest[..end].to_owned())
}

fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_program() {
        let html = "<script>import '/admin/admin-web-95e1dcd0ef80bd1a.js'; '/admin/admin-web-95e1dcd0ef80bd1a_bg.wasm'";
        assert_eq!(name(html, "admin-web").as_deref(), Some("admin-web-95e1dcd0ef80bd1a"));
        assert_eq!(name("import '/admin/admin-web-5e1dcd0ef80bd1a.js'", "admin-web"), None, "and its module");
        let short = html.replace("95e1", "5e1");
        assert_eq!(name(&short, "admin-web").as_deref(), Some("admin-web-5e1dcd0ef80bd1a"));
        assert_eq!(name("<title>admin-web-</title>.js_bg.wasm", "admin-web"), None);
    }

    #[test]
    fn what_the_glue_needs_stays() {
        assert!(is_used("memory") && is_used("__wbindgen_malloc"));
        assert!(!is_used("intounderlyingsink_write") && !is_used("__wbg_intounderlyingsink_free"));
    }
}
