//! Logs. Never logged: passwords, tokens, cookies, bodies, query strings.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{LogConfig, LogFormat};

/// Bytes of one log file; five older ones are kept.
const LOG_FILE_BYTES: usize = 10 * 1024 * 1024;

/// Starts logging to standard output and, where configured, to a rotating file.
///
/// # Errors
/// The log file cannot be written, or logging was started before.
pub fn init(config: &LogConfig) -> io::Result<()> {
    let stdout = match config.format {
        LogFormat::Json => tracing_subscriber::fmt::layer().json().flatten_event(true).boxed(),
        LogFormat::Text => {
            tracing_subscriber::fmt::layer().with_target(false).with_ansi(io::stdout().is_terminal()).boxed()
        }
    };
    let file = match &config.file {
        None => None,
        Some(path) => {
            // Opened once by hand: the rotating writer panics where it cannot write.
            ensure_writable(path).map_err(|error| {
                io::Error::new(error.kind(), format!("cannot write LOG_FILE {} ({error})", path.display()))
            })?;
            let rotating = FileRotate::new(
                path,
                AppendCount::new(5),
                ContentLimit::Bytes(LOG_FILE_BYTES),
                Compression::None,
                None,
            );
            Some(
                tracing_subscriber::fmt::layer()
                    .json()
                    .flatten_event(true)
                    .with_writer(std::sync::Mutex::new(rotating))
                    .boxed(),
            )
        }
    };
    let filter = EnvFilter::try_new(&config.level).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::registry().with(filter).with(stdout).with(file).try_init().map_err(io::Error::other)
}

fn ensure_writable(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::OpenOptions::new().create(true).append(true).open(path).map(drop)
}
