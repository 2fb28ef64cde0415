//! The data directory: the database, pictures, secret and logs of one local installation.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::fingerprint;
use crate::pg::{Owner, cluster, orphan, place};
use crate::ui::Step;

/// Only a folder with this file in it is ever emptied.
const MARK: &str = ".tableorder";
/// Less free space than this ends in a half-written build or database.
const SPACE_MIN_MB: f64 = 500.0;

/// An opened data directory; nobody else can open it meanwhile.
#[derive(Debug)]
pub struct DataDir {
    root: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Opens the directory, or makes it.
    ///
    /// # Errors
    /// When another run has it, or it is somebody else's folder.
    pub fn open(dir: &Path) -> Result<Self> {
        fs::create_dir_all(dir).with_context(|| cannot_write(dir))?;
        let root = fs::canonicalize(dir)?;
        let mark = root.join(MARK);
        if !mark.exists() {
            if fs::read_dir(&root)?.next().is_some() {
                bail!("{} holds files that are not ours: choose an empty --data-dir", root.display());
            }
            fs::write(&mark, "The data of a local TableOrder: `cargo xtask run --reset` may delete it.\n")
                .with_context(|| cannot_write(&root))?;
        }
        let lock = File::options().create(true).append(true).open(root.join("lock"));
        let lock = lock.with_context(|| cannot_write(&root))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root, _lock: lock }),
            Err(TryLockError::WouldBlock) => bail!(
                "another `cargo xtask run` uses {}: stop it, or choose another --data-dir and --port",
                root.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(|| cannot_write(&root)),
        }
    }

    /// The directory itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder in it.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The cluster of an earlier run, wherever it could be put then.
    #[must_use]
    pub fn existing_cluster(&self) -> Option<PathBuf> {
        let home = self.path("postgres");
        [home.clone(), place::away_from(&home)].into_iter().find(|base| cluster::version(base).is_some())
    }

    /// Where the database's files go: here, or where its user can reach them.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn cluster(&self, owner: &Owner) -> Result<PathBuf> {
        place::reachable(owner, &self.path("postgres"))
    }

    /// A log file; the one before it is kept as `….1`.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn log(&self, name: &str) -> Result<PathBuf> {
        let dir = self.path("logs");
        fs::create_dir_all(&dir).with_context(|| cannot_write(&dir))?;
        let log = dir.join(name);
        if log.exists() {
            fs::rename(&log, dir.join(format!("{name}.1")))?;
        }
        Ok(log)
    }

    /// The secret that signs logins: made once, readable by its owner only.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn jwt_secret(&self) -> Result<String> {
        let file = self.path("jwt-secret");
        if let Ok(secret) = fs::read_to_string(&file)
            && secret.len() >= 64
        {
            return Ok(secret);
        }
        let mut random = [0; 32];
        File::open("/dev/urandom")?.read_exact(&mut random)?;
        let secret = fingerprint::hex(&random);
        let _ = fs::remove_file(&file);
        let written = File::options().create_new(true).write(true).mode(0o600).open(&file);
        written.with_context(|| cannot_write(&self.root))?.write_all(secret.as_bytes())?;
        Ok(secret)
    }

    /// Deletes the database and the pictures.
    ///
    /// # Errors
    /// When something cannot be stopped or deleted.
    pub fn reset(&self, owner: &Owner, step: &Step) -> Result<()> {
        step.note("deleting the database and the pictures");
        let home = self.path("postgres");
        for base in [place::away_from(&home), home] {
            orphan::stop(owner, &base.join("data"), step)?;
            remove(&base)?;
        }
        remove(&self.path("media"))
    }

    /// Fails early when the disk is nearly full.
    ///
    /// # Errors
    /// How much is free, and what to do.
    pub fn check_space(&self) -> Result<()> {
        let disk = nix::sys::statvfs::statvfs(&self.root)?;
        // The two numbers' types differ between systems; megabytes need no more than this.
        let free = disk.blocks_available() as f64 * disk.fragment_size() as f64 / 1024.0 / 1024.0;
        if free < SPACE_MIN_MB {
            bail!(
                "only {free:.0} MB are free for {}: make room, or choose another --data-dir",
                self.root.display()
            );
        }
        Ok(())
    }
}

fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot delete {}: delete it by hand", dir.display()))
        }
        _ => Ok(()),
    }
}

fn cannot_write(dir: &Path) -> String {
    format!("cannot write to {}: choose another --data-dir", dir.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("xtask-data-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        dir
    }

    #[test]
    fn one_run_at_a_time() {
        let dir = fresh("lock");
        let first = DataDir::open(&dir).unwrap();
        assert!(DataDir::open(&dir).unwrap_err().to_string().contains("--data-dir"));
        drop(first);
        DataDir::open(&dir).unwrap();
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn other_peoples_folders_are_refused() {
        let dir = fresh("foreign");
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("thesis.txt"), "years of work").unwrap();
        assert!(DataDir::open(&dir).unwrap_err().to_string().contains("not ours"));
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn the_secret_stays_and_is_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = fresh("secret");
        let data = DataDir::open(&dir).unwrap();
        let secret = data.jwt_secret().unwrap();
        assert_eq!(secret.len(), 64);
        assert_eq!(data.jwt_secret().unwrap(), secret);
        let mode = fs::metadata(data.path("jwt-secret")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn reset_spares_the_secret() {
        let dir = fresh("reset");
        let data = DataDir::open(&dir).unwrap();
        data.jwt_secret().unwrap();
        fs::create_dir_all(data.path("media/demo")).unwrap();
        data.reset(&Owner::here().unwrap(), &Step::new("test")).unwrap();
        assert!(!data.path("media").exists() && data.path("jwt-secret").exists());
        fs::remove_dir_all(dir).unwrap();
    }
}
