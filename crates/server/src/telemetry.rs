//! Logs and metrics. Never logged: passwords, tokens, cookies, bodies, query strings.

use std::io::{self, IsTerminal as _};
use std::net::SocketAddr;
use std::path::Path;

use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
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

/// Collects metrics from now on; the handle writes them in Prometheus' text format.
///
/// # Errors
/// Metrics were started before.
pub fn start_metrics() -> io::Result<PrometheusHandle> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(
            Matcher::Suffix("_seconds".to_owned()),
            &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],
        )
        .map_err(io::Error::other)?
        .install_recorder()
        .map_err(io::Error::other)
}

/// Serves `GET /metrics` on its own address.
///
/// # Errors
/// The address is taken.
pub fn serve_metrics(address: SocketAddr, handle: PrometheusHandle) -> io::Result<actix_web::dev::Server> {
    use actix_web::{App, HttpResponse, HttpServer, web};
    let server = HttpServer::new(move || {
        let handle = handle.clone();
        App::new().route(
            "/metrics",
            web::get().to(move || {
                let text = handle.render();
                async move { HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text) }
            }),
        )
    });
    Ok(server.workers(1).disable_signals().bind(address)?.run())
}
