//! The demo stores, served for a task: the program's environment, its database made ready, one process or several of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use nix::sys::signal::Signal;

use crate::background::{self, Background};
use crate::pg::scratch::Scratch;
use crate::workspace::hide_own_package;
use crate::{http, proc};

/// No limit in a run of seconds, in which a few tables stand for many.
const PLENTY: &str = "1000000";

/// The stores' database and folder, for as many processes as wanted.
#[derive(Debug)]
pub struct Demo {
    program: PathBuf,
    dir: PathBuf,
    database: String,
    environment: Vec<(&'static str, String)>,
}

impl Demo {
    /// Empties `dir` for its pictures and logs, makes the database ready and fills the stores in.
    ///
    /// # Errors
    /// When the program refuses.
    pub fn open(scratch: &Scratch, name: &str, program: &Path, dir: &Path) -> Result<Self> {
        let _ = fs::remove_dir_all(dir);
        fs::create_dir_all(dir.join("media"))?;
        scratch.cluster().ensure_database(name)?;
        let environment = vec![("TABLEORDER_ENV", "local".to_owned())];
        let database = scratch.cluster().url(name);
        let demo = Self { program: program.to_path_buf(), dir: dir.to_path_buf(), database, environment };
        for task in ["migrate", "seed-demo"] {
            proc::capture(&mut demo.command(task))?;
        }
        Ok(demo)
    }

    /// A setting of every process from now on.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// One of the program's commands.
    #[must_use]
    pub fn command(&self, task: &str) -> Command {
        let mut command = self.adopt(Command::new(&self.program));
        command.arg(task);
        command
    }

    /// Serves on a port, and waits until orders can be placed.
    ///
    /// # Errors
    /// When it does not get ready.
    pub fn serve(&self, port: u16) -> Result<Background> {
        let mut command = self.adopt(background::tied_to_us(&self.program, "TERM"));
        command.arg("serve").env("LISTEN_ADDR", format!("127.0.0.1:{port}"));
        let log = self.dir.join(format!("server-{port}.log"));
        let mut server = Background::start("the server", &mut command, &log, Signal::SIGTERM)?;
        server.wait_for(port, "/health/ready")?;
        Ok(server)
    }

    /// The same on a free one.
    ///
    /// # Errors
    /// As above.
    pub fn serve_somewhere(&self) -> Result<(Background, u16)> {
        let port = http::free_port()?;
        Ok((self.serve(port)?, port))
    }

    fn adopt(&self, mut command: Command) -> Command {
        hide_own_package(&mut command);
        for theirs in [
            "JWT_SECRET",
            "METRICS_ADDR",
            "WEB_DIR",
            "PGHOST",
            "PGPORT",
            "PGUSER",
            "PGDATABASE",
            "PGPASSWORD",
        ] {
            command.env_remove(theirs);
        }
        command
            .current_dir(&self.dir)
            .env("DATABASE_URL", &self.database)
            .env("MEDIA_URL", format!("file://{}", self.dir.join("media").display()))
            .env("BCRYPT_COST", "4")
            .env("RATE_LIMIT_CALLER", PLENTY)
            .env("RATE_LIMIT_ADDRESS", PLENTY)
            .env("RATE_LIMIT_REPORTS", PLENTY)
            .env("LOG_LEVEL", "warn")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}
