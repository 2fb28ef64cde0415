//! The real program, for what only a process can show: being killed, starting again, exit codes.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::{Client, JWT_SECRET};

/// Where a program that counts its lines writes what it has counted: the only thing that a process gets of the
/// tests' environment.
const COVERAGE: &str = "LLVM_PROFILE_FILE";

/// The program with an environment of its own: nothing of the test's leaks into it.
#[must_use]
pub fn command(program: &str, environment: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    let coverage = std::env::var_os(COVERAGE).map(|file| (COVERAGE, file));
    command.args(arguments).env_clear().envs(coverage).envs(environment.iter().copied()).stdin(Stdio::null());
    command
}

/// A port that was free a moment ago.
#[must_use]
pub fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// A server that can be killed. Dropping it kills it.
pub struct ServerProcess {
    program: String,
    database_url: String,
    address: String,
    folder: TempDir,
    environment: Vec<(String, String)>,
    child: Child,
}

impl ServerProcess {
    /// Starts `tableorder serve` and waits until it answers.
    pub async fn start(program: &str, database_url: &str) -> Self {
        Self::start_with(program, database_url, &[]).await
    }

    /// The same, with more in its environment.
    pub async fn start_with(program: &str, database_url: &str, environment: &[(&str, &str)]) -> Self {
        let (folder, address) = (tempfile::tempdir().unwrap(), free_address());
        let environment: Vec<_> =
            environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let child = spawn(program, database_url, &address, &folder, &environment);
        let mut process = Self {
            program: program.to_owned(),
            database_url: database_url.to_owned(),
            address,
            folder,
            environment,
            child,
        };
        process.wait_until_live().await;
        process
    }

    /// `http://127.0.0.1:<port>`; the same after a restart.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `kill -9`
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again at the same address.
    pub async fn restart(&mut self) {
        self.child = spawn(&self.program, &self.database_url, &self.address, &self.folder, &self.environment);
        self.wait_until_live().await;
    }

    /// Asks it to stop, as a service manager does; answers how long it took and whether it ended well.
    pub async fn terminate(&mut self) -> (Duration, bool) {
        let begin = Instant::now();
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (begin.elapsed(), status.success());
            }
            assert!(begin.elapsed() < Duration::from_secs(40), "does not stop: {}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What it has written so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(log_file(&self.folder)).unwrap_or_default()
    }

    async fn wait_until_live(&mut self) {
        let client = Client::new(&self.url());
        let begin = Instant::now();
        while client.request(reqwest::Method::GET, "/health").send().await.is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && begin.elapsed() < Duration::from_secs(20), "{}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn log_file(folder: &TempDir) -> PathBuf {
    folder.path().join("server.log")
}

fn spawn(
    program: &str,
    database_url: &str,
    address: &str,
    folder: &TempDir,
    more: &[(String, String)],
) -> Child {
    let log = std::fs::File::options().create(true).append(true).open(log_file(folder)).unwrap();
    let media = format!("file://{}/media", folder.path().display());
    let environment = [
        ("DATABASE_URL", database_url),
        ("DATABASE_POOL_SIZE", "6"),
        ("LISTEN_ADDR", address),
        ("TABLEORDER_ENV", "local"),
        ("JWT_SECRET", JWT_SECRET),
        ("BCRYPT_COST", "4"),
        ("LOG_FORMAT", "json"),
        ("MEDIA_URL", &media),
    ];
    command(program, &environment, &["serve"])
        .envs(more.iter().map(|(name, value)| (name, value)))
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"))
}
