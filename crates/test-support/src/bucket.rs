//! A server that speaks like S3, with one bucket, for tests of pictures in a bucket.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use server::config::{Environment, MediaLocation};
use tempfile::TempDir;

/// Its only bucket.
const BUCKET: &str = "dishes";
const KEY: &str = "the-tests-key";
const SECRET: &str = "the-tests-secret";

/// See the module. Dropping it stops the server.
pub struct BucketServer {
    endpoint: String,
    folder: TempDir,
    child: Child,
}

impl BucketServer {
    /// Starts `rclone serve s3`, which `TEST_S3_SERVER` names; `cargo xtask test` sets it. `None`: it is not set.
    pub async fn start() -> Option<Self> {
        let program = std::env::var_os("TEST_S3_SERVER")?;
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("data").join(BUCKET)).unwrap();
        let log = folder.path().join("log");
        let mut command = Command::new(program);
        command
            .args(["serve", "s3", "--addr", "127.0.0.1:0", "--config", "/dev/null", "--auth-key"])
            .arg(format!("{KEY},{SECRET}"))
            .arg(folder.path().join("data"))
            .env_clear()
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap());
        let child = command.spawn().expect("TEST_S3_SERVER does not start");
        // It says which port it was given.
        let mut server = Self { endpoint: String::new(), folder, child };
        server.endpoint = server.wait_for_address(&log).await;
        Some(server)
    }

    async fn wait_for_address(&mut self, log: &Path) -> String {
        let begin = Instant::now();
        loop {
            let said = std::fs::read_to_string(log).unwrap();
            let address = said.split_once("http://").and_then(|(_, rest)| rest.split_once('/'));
            if let Some((address, _)) = address {
                return format!("http://{address}");
            }
            let running = self.child.try_wait().unwrap().is_none();
            assert!(running && begin.elapsed() < Duration::from_secs(20), "TEST_S3_SERVER says: {said}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// `MEDIA_URL` for a prefix of the bucket, with the right secret or a wrong one.
    #[must_use]
    pub fn location(&self, prefix: &str, right_secret: bool) -> MediaLocation {
        let url = format!("s3://{BUCKET}/{prefix}?endpoint={}", self.endpoint);
        let secret = if right_secret { SECRET } else { "another-secret" };
        let values = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", secret)];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
        MediaLocation::parse(&url, Environment::Production, &values).unwrap()
    }

    /// Where the bucket's files lie.
    #[must_use]
    pub fn files(&self) -> PathBuf {
        self.folder.path().join("data").join(BUCKET)
    }

    /// Stops it, as if the network were gone.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for BucketServer {
    fn drop(&mut self) {
        self.stop();
    }
}
