//! A private cluster: created once, reached through a socket that only its user and root can open.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;

use super::{Binaries, Owner, orphan, place, wire};
use crate::background::Background;
use crate::proc;
use crate::ui::Step;

/// The cluster's superuser; nobody else can open the socket.
pub const USER: &str = "tableorder";

/// A running cluster. Dropping it stops it.
#[derive(Debug)]
pub struct Cluster {
    socket_dir: PathBuf,
    server: Background,
}

/// The version that a cluster was created with, if there is one.
#[must_use]
pub fn version(base: &Path) -> Option<u32> {
    fs::read_to_string(base.join("data/PG_VERSION")).ok()?.trim().parse().ok()
}

/// PostgreSQL opens only files of its own major version.
///
/// # Errors
/// Which version the files want, and the remedy.
pub fn check_version(base: &Path, binaries: &Binaries) -> Result<()> {
    match version(base) {
        Some(major) if major != binaries.major => bail!(
            "the database in {} was made by PostgreSQL {major}, but {} is installed: install PostgreSQL {major}, or \
             begin anew with --reset, which deletes it",
            base.display(),
            binaries.version
        ),
        _ => Ok(()),
    }
}

impl Cluster {
    /// Creates the cluster below `base` unless it is there, and starts it with these settings.
    ///
    /// # Errors
    /// When it belongs to another version or does not start, with the remedy.
    pub fn start(
        binaries: &Binaries,
        owner: &Owner,
        base: &Path,
        log: &Path,
        settings: &[&str],
        step: &Step,
    ) -> Result<Self> {
        let data = base.join("data");
        check_version(base, binaries)?;
        if version(base).is_none() {
            create(binaries, owner, base, step)?;
        }
        orphan::stop(owner, &data, step)?;
        let socket_dir = place::socket_dir(owner, base)?;
        let mut command = owner.tied_command(&binaries.program("postgres"), "INT");
        command.arg("-D").arg(&data).arg("-k").arg(&socket_dir);
        for setting in
            ["listen_addresses=", "port=5432", "timezone=UTC", "log_timezone=UTC"].iter().chain(settings)
        {
            command.args(["-c", setting]);
        }
        Self::launch(&mut command, &socket_dir, log)
    }

    fn launch(command: &mut Command, socket_dir: &Path, log: &Path) -> Result<Self> {
        let limit = Instant::now() + Duration::from_secs(10);
        loop {
            orphan::clear_socket(socket_dir)?;
            // SIGINT is PostgreSQL's fast shutdown: it disconnects everybody, writes all down and ends.
            let server = Background::start("PostgreSQL", command, log, Signal::SIGINT)?;
            let mut cluster = Self { socket_dir: socket_dir.to_path_buf(), server };
            match cluster.wait_until_ready() {
                // After a kill, workers of the old server may take a moment to notice.
                Err(_) if orphan::workers_linger(log) && Instant::now() < limit => {
                    proc::pause(Duration::from_millis(300))?;
                }
                outcome => return outcome.map(|()| cluster),
            }
        }
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let limit = Instant::now() + Duration::from_secs(60);
        loop {
            self.server.check()?;
            match wire::Connection::open(&self.socket_dir, USER, "postgres") {
                Ok(_) => return Ok(()),
                Err(error) if Instant::now() > limit => {
                    let log = self.server.log.display();
                    return Err(error.context(format!("PostgreSQL did not get ready in a minute: see {log}")));
                }
                Err(_) => proc::pause(Duration::from_millis(20))?,
            }
        }
    }

    /// Creates a database unless it is there.
    ///
    /// # Errors
    /// What PostgreSQL answered.
    pub fn ensure_database(&self, name: &str) -> Result<()> {
        let mut connection = self.connect("postgres")?;
        let known = connection.query(&format!("SELECT 1 FROM pg_database WHERE datname = '{name}'"))?;
        if known.is_empty() {
            connection.query(&format!("CREATE DATABASE \"{name}\""))?;
        }
        Ok(())
    }

    /// A connection of our own.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub fn connect(&self, database: &str) -> Result<wire::Connection> {
        wire::Connection::open(&self.socket_dir, USER, database)
    }

    /// The address of a database, as `DATABASE_URL` wants it.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@localhost/{database}?host={}", percent_encode(&self.socket_dir))
    }

    /// The folder of its socket.
    #[must_use]
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Its server process.
    pub fn server(&mut self) -> &mut Background {
        &mut self.server
    }
}

/// Made under another name first: a half-made one is never taken for a whole one.
fn create(binaries: &Binaries, owner: &Owner, base: &Path, step: &Step) -> Result<()> {
    step.note("creating a private cluster");
    let partial = base.join("data.partial");
    if partial.exists() {
        fs::remove_dir_all(&partial).with_context(|| format!("cannot remove {}", partial.display()))?;
    }
    let mut command = owner.command(&binaries.program("initdb"));
    command
        .args(["--auth=trust", "--no-locale", "--encoding=UTF8", "--username", USER, "--pgdata"])
        .arg(&partial);
    proc::capture(&mut command).context("PostgreSQL could not create its files (is the disk full?)")?;
    fs::rename(&partial, base.join("data"))?;
    Ok(())
}

fn percent_encode(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let encode =
        |byte: &u8| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    path.as_os_str().as_encoded_bytes().iter().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_in_urls() {
        assert_eq!(percent_encode(Path::new("/srv/a b/쿡")), "/srv/a%20b/%EC%BF%A1");
    }
}
