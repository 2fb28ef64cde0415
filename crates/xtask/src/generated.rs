//! Files that are generated and committed: the checked queries in `.sqlx`, the API's description.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};

use crate::pg::scratch::Scratch;
use crate::proc;
use crate::ui::Steps;
use crate::workspace::Workspace;

const REMEDY: &str = "type `cargo xtask prepare` and commit what it changes";

/// `cargo xtask prepare`: rewrites both.
///
/// # Errors
/// When a migration, a query or the server does not work.
pub fn prepare(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(3);
    let scratch = steps.step("database", |step| Scratch::forgetful(workspace, step))?;
    steps.step(".sqlx", |step| {
        step.note("compiling the queries against it");
        let fresh = generate_queries(workspace, &scratch)?;
        let committed = workspace.root.join(".sqlx");
        let _ = fs::remove_dir_all(&committed);
        fs::create_dir_all(&committed)?;
        for (name, text) in &fresh {
            fs::write(committed.join(name), text)?;
        }
        step.outcome(format!("{} queries", fresh.len()));
        Ok(())
    })?;
    steps.step("openapi.json", |step| {
        step.note("building the server");
        build_debug_server(workspace)?;
        Ok(fs::write(workspace.root.join("openapi.json"), generate_openapi(workspace)?)?)
    })
}

/// Whether `.sqlx` is what the queries give today.
///
/// # Errors
/// The queries that differ, and the remedy.
pub fn check_queries(workspace: &Workspace, scratch: &Scratch) -> Result<()> {
    let fresh = generate_queries(workspace, scratch)?;
    let committed = read_dir(&workspace.root.join(".sqlx"))?;
    let missing = fresh.iter().filter(|(name, text)| committed.get(*name) != Some(text)).count();
    let needless = committed.keys().filter(|name| !fresh.contains_key(*name)).count();
    if missing + needless > 0 {
        bail!(
            ".sqlx is stale, {missing} queries are missing or differ and {needless} are no longer used: {REMEDY}"
        );
    }
    println!("{} queries match the migrations", fresh.len());
    Ok(())
}

/// Whether `openapi.json` is what the server says today.
///
/// # Errors
/// The first line that differs, and the remedy.
pub fn check_openapi(workspace: &Workspace) -> Result<()> {
    let fresh = generate_openapi(workspace)?;
    let committed = fs::read_to_string(workspace.root.join("openapi.json")).unwrap_or_default();
    if fresh != committed {
        let line = fresh.lines().zip(committed.lines()).position(|(now, then)| now != then);
        let line = line.unwrap_or_else(|| fresh.lines().count().min(committed.lines().count())) + 1;
        bail!("openapi.json is stale from line {line} on: {REMEDY}");
    }
    println!("{} lines match the server", fresh.lines().count());
    Ok(())
}

/// The server as tests use it.
///
/// # Errors
/// When it does not compile.
pub fn build_debug_server(workspace: &Workspace) -> Result<()> {
    proc::run(workspace.cargo().args(["build", "--bin", "tableorder"]))
}

fn generate_openapi(workspace: &Workspace) -> Result<String> {
    let text = proc::capture(std::process::Command::new(workspace.server("debug")).arg("openapi"))?;
    Ok(format!("{}\n", text.trim_end()))
}

/// Compiles the queries against a migrated database; the macros write down what they learn.
fn generate_queries(workspace: &Workspace, scratch: &Scratch) -> Result<BTreeMap<String, String>> {
    let url = scratch.migrated(workspace, "queries")?;
    let dir = workspace.target.join("sqlx-fresh");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir)?;
    let source = workspace.root.join("crates/db/src/lib.rs");
    let touched = Touched::now(&source)?;
    let mut cargo = workspace.cargo();
    cargo.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", &dir).env("DATABASE_URL", url);
    proc::run(cargo.args(["check", "--quiet", "-p", "db"]))?;
    drop(touched);
    read_dir(&dir)
}

/// A source file that looks changed for a while, so that cargo compiles it anew; afterwards it looks as
/// before, so that everything else stays built.
struct Touched {
    file: File,
    before: SystemTime,
}

impl Touched {
    #[expect(clippy::disallowed_methods, reason = "cargo compares files with the real time")]
    fn now(path: &Path) -> Result<Self> {
        let file = File::options()
            .append(true)
            .open(path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        let before = file.metadata()?.modified()?;
        file.set_modified(SystemTime::now())?;
        Ok(Self { file, before })
    }
}

impl Drop for Touched {
    fn drop(&mut self) {
        let _ = self.file.set_modified(self.before);
    }
}

fn read_dir(dir: &Path) -> Result<BTreeMap<String, String>> {
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read {}: {REMEDY}", dir.display()))?;
    let files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let json = files.iter().filter(|file| file.extension().is_some_and(|end| end == "json"));
    let named = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, fs::read_to_string(file)?))
    };
    json.map(named).collect()
}
