//! Clusters that live as long as a task: for tests, for checking queries, for measuring.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::{Binaries, Cluster, Owner, binaries};
use crate::ui::Step;
use crate::workspace::Workspace;

/// Quick and forgetful: nothing in it outlives the task.
const FORGETFUL: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
    "autovacuum_naptime=5min",
    "max_wal_size=4GB",
];

/// A cluster in a temporary folder, gone when it is dropped.
#[derive(Debug)]
pub struct Scratch {
    // The order matters: the server stops before its files go.
    cluster: Cluster,
    _files: Files,
    binaries: Binaries,
}

#[derive(Debug)]
struct Files(PathBuf);

impl Drop for Files {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Scratch {
    /// For tests: durability switched off.
    ///
    /// # Errors
    /// When PostgreSQL cannot be had or does not start.
    pub fn forgetful(workspace: &Workspace, step: &Step) -> Result<Self> {
        Self::start(workspace, &std::env::temp_dir(), FORGETFUL, step)
    }

    /// Starts one below a folder, with these settings.
    ///
    /// # Errors
    /// When PostgreSQL cannot be had or does not start.
    pub fn start(workspace: &Workspace, parent: &Path, settings: &[&str], step: &Step) -> Result<Self> {
        let binaries = binaries::ensure(workspace, &Owner::here()?, None, step)?;
        // Asked again: installing PostgreSQL may have made its user.
        let owner = Owner::here()?;
        sweep(parent);
        let base = parent.join(format!("{PREFIX}{}", std::process::id()));
        let base = super::place::reachable(&owner, &base)?;
        let files = Files(base.clone());
        let log = base.join("postgres.log");
        let cluster = Cluster::start(&binaries, &owner, &base, &log, settings, step)?;
        step.outcome(format!("PostgreSQL {} in {}", binaries.version, base.display()));
        Ok(Self { cluster, _files: files, binaries })
    }

    /// The cluster.
    #[must_use]
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// The programs that run it.
    #[must_use]
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// A new database with every migration applied, without the server: its queries may not compile yet.
    ///
    /// # Errors
    /// The migration that failed, and why.
    pub fn migrated(&self, workspace: &Workspace, name: &str) -> Result<String> {
        self.cluster.ensure_database(name)?;
        let mut connection = self.cluster.connect(name)?;
        connection.query(MIGRATIONS_TABLE)?;
        for file in migrations(&workspace.root.join("migrations"))? {
            let sql = fs::read_to_string(&file)?;
            connection.query(&sql).with_context(|| format!("{} failed", file.display()))?;
        }
        Ok(self.cluster.url(name))
    }
}

const PREFIX: &str = "tableorder-scratch-";

/// What the migrator itself creates: queries may read it.
const MIGRATIONS_TABLE: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, \
     installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, \
     execution_time bigint NOT NULL)";

/// The migrations in their order, without those that undo one.
fn migrations(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| name(path).ends_with(".sql") && !name(path).ends_with(".down.sql"));
    files.sort_by_key(name);
    Ok(files)
}

/// Removes what killed tasks left behind.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(pid) = name.strip_prefix(PREFIX).and_then(|pid| pid.parse().ok()) else { continue };
        let gone =
            nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None) == Err(nix::errno::Errno::ESRCH);
        if gone && pid > 1 {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
