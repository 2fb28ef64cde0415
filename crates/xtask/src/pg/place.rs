//! Who runs PostgreSQL, and where its files and socket can be.

use std::fs;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use nix::unistd::User;

use crate::{background, fingerprint, proc};

/// A Unix socket's path has 107 bytes on Linux, 103 on macOS and BSD.
const SOCKET_PATH_MAX: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

/// The user that PostgreSQL runs as. It refuses to be root.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    other: Option<(u32, u32)>,
}

impl Owner {
    /// Ourselves; when we are root, the user `postgres`, else `nobody`.
    ///
    /// # Errors
    /// When we are root and neither exists.
    pub fn here() -> Result<Self> {
        if !nix::unistd::geteuid().is_root() {
            return Ok(Self { other: None });
        }
        let known = ["postgres", "nobody"].iter().find_map(|name| User::from_name(name).ok().flatten());
        let user = known.context(
            "PostgreSQL does not run as root, and there is no user `nobody`: start this as an ordinary user",
        )?;
        Ok(Self { other: Some((user.uid.as_raw(), user.gid.as_raw())) })
    }

    /// Whoever owns an existing cluster: PostgreSQL opens no other's. Without one, as [`Owner::here`].
    ///
    /// # Errors
    /// When we are root and no user can be found.
    pub fn of(cluster: Option<&Path>) -> Result<Self> {
        let found = cluster.and_then(|dir| fs::metadata(dir.join("data")).ok());
        match found {
            Some(found) if nix::unistd::geteuid().is_root() && found.uid() != 0 => {
                Ok(Self { other: Some((found.uid(), found.gid())) })
            }
            _ => Self::here(),
        }
    }

    /// Whether PostgreSQL runs as somebody else than this program.
    #[must_use]
    pub fn is_other_user(&self) -> bool {
        self.other.is_some()
    }

    /// A program to be run as this user, untouched by the caller's PostgreSQL settings.
    #[must_use]
    pub fn command(&self, program: &Path) -> Command {
        self.adopt(Command::new(program))
    }

    /// The same for a program that must not outlive us.
    #[must_use]
    pub fn tied_command(&self, program: &Path, signal: &str) -> Command {
        self.adopt(background::tied_to_us(program, signal))
    }

    fn adopt(&self, mut command: Command) -> Command {
        if let Some((user, group)) = self.other {
            command.uid(user).gid(group);
        }
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PG") {
                command.env_remove(name);
            }
        }
        command.current_dir("/").env("LC_ALL", "C").env_remove("LD_LIBRARY_PATH");
        command
    }

    /// Makes a folder that only this user can enter, and gives it to them.
    ///
    /// # Errors
    /// When it cannot be made, or somebody else's is in its place.
    pub fn private_dir(&self, dir: &Path) -> Result<()> {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(dir);
        made.with_context(|| format!("cannot create {}", dir.display()))?;
        let found = fs::symlink_metadata(dir)?;
        let ours = nix::unistd::geteuid().as_raw();
        let (user, group) = self.other.unwrap_or((ours, found.gid()));
        if !found.is_dir() || (found.uid() != ours && found.uid() != user) {
            bail!("{} belongs to somebody else: remove it, or choose another --data-dir", dir.display());
        }
        chown(dir, Some(user), Some(group))?;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
        Ok(())
    }

    /// Whether this user can go to the folder, through every folder above it.
    #[must_use]
    pub fn can_enter(&self, dir: &Path) -> bool {
        proc::succeeds(self.command(Path::new("sh")).args(["-c", "cd \"$1\"", "sh"]).arg(dir))
    }
}

/// Where a cluster can live: at home when its user can get there, else where root keeps services' data.
///
/// # Errors
/// When neither folder can be made.
pub fn reachable(owner: &Owner, home: &Path) -> Result<PathBuf> {
    owner.private_dir(home)?;
    if owner.can_enter(home) {
        return Ok(home.to_path_buf());
    }
    // Left empty it would be taken for the cluster's place later.
    let _ = fs::remove_dir(home);
    let away = away_from(home);
    owner.private_dir(&away)?;
    Ok(away)
}

/// The place for a cluster whose own folder its user cannot reach: the same for the same folder.
#[must_use]
pub fn away_from(home: &Path) -> PathBuf {
    Path::new("/var/lib")
        .join(format!("tableorder-{}", fingerprint::short(home.as_os_str().as_encoded_bytes())))
}

/// The folder for the socket: beside the cluster unless that makes its path too long.
///
/// # Errors
/// When a short folder cannot be made either.
pub fn socket_dir(owner: &Owner, cluster: &Path) -> Result<PathBuf> {
    let beside = cluster.join("socket");
    let dir = if fits(&beside) { beside } else { short_dir(cluster) };
    owner.private_dir(&dir)?;
    Ok(dir)
}

fn fits(dir: &Path) -> bool {
    dir.as_os_str().len() + SOCKET_NAME.len() <= SOCKET_PATH_MAX
}

fn short_dir(cluster: &Path) -> PathBuf {
    Path::new("/tmp")
        .join(format!("tableorder-{}", fingerprint::short(cluster.as_os_str().as_encoded_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paths_get_a_short_socket() {
        assert!(fits(Path::new("/home/someone/tableorder/.local/postgres/socket")));
        let deep = PathBuf::from(format!("/home/{}/postgres", "long/".repeat(20)));
        assert!(!fits(&deep.join("socket")));
        assert!(fits(&short_dir(&deep)));
        assert_ne!(short_dir(&deep), short_dir(&deep.join("other")));
    }

    #[test]
    fn the_limit_is_exact() {
        let dir = |length: usize| PathBuf::from("/".to_owned() + &"d".repeat(length - 1));
        assert!(fits(&dir(SOCKET_PATH_MAX - SOCKET_NAME.len())));
        assert!(!fits(&dir(SOCKET_PATH_MAX - SOCKET_NAME.len() + 1)));
    }
}
