//! `tableorder`: the one program of the back end.

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use server::app::{self, AppState};
use server::clock::Clock;
use server::config::{Config, Environment, REFERENCE};
use server::stores::command;
use server::{metrics, openapi, seed, telemetry};

#[derive(Parser)]
#[command(name = "tableorder", version, about = "Table ordering for restaurants", after_help = REFERENCE)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API, and both apps where WEB_DIR is set
    Serve,
    /// Bring the database's schema up to date
    Migrate,
    /// Add the demo stores (local mode only)
    SeedDemo,
    /// Set up stores
    #[command(subcommand)]
    Store(StoreCommand),
    /// Set up manager accounts; the password comes from a prompt or from standard input
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Print the OpenAPI document
    Openapi,
    /// Exit with 0 if the server at LISTEN_ADDR can take orders
    Healthcheck,
    /// Serve one file's bytes: what `cargo xtask bench` compares menu reads with
    #[command(hide = true)]
    BenchStatic {
        /// The body of every answer
        #[arg(long)]
        file: std::path::PathBuf,
        /// Where to listen
        #[arg(long)]
        listen: SocketAddr,
    },
}

#[derive(Subcommand)]
enum StoreCommand {
    /// Create a store
    Create {
        /// Typed on login screens: 3 to 40 of a-z, 0-9 and -
        #[arg(long)]
        code: String,
        /// Shown to guests
        #[arg(long)]
        name: String,
        /// IANA time zone
        #[arg(long, default_value = "Asia/Seoul")]
        timezone: String,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Create an account
    Create(Account),
    /// Set a password, end the account's lock and logins, and enable it
    ResetPassword(Account),
}

#[derive(clap::Args)]
struct Account {
    /// The store's code
    #[arg(long)]
    store: String,
    /// The account's name
    #[arg(long)]
    username: String,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Openapi => {
            openapi::json().map_err(io::Error::other).and_then(|text| io::stdout().write_all(text.as_bytes()))
        }
        Command::Healthcheck => healthcheck(),
        Command::BenchStatic { file, listen } => {
            actix_web::rt::System::new().block_on(bench_static(&file, listen))
        }
        command => with_config(&command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "tableorder: {error}");
            ExitCode::FAILURE
        }
    }
}

fn with_config(command: &Command) -> io::Result<()> {
    let config = Config::from_env().map_err(io::Error::other)?;
    telemetry::init(&config.log)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::Migrate => migrate(&config).await,
            Command::SeedDemo => seed_demo(&config).await,
            Command::Store(_) | Command::Admin(_) => set_up(&config, command).await,
            _ => serve(&config).await,
        }
    })
}

async fn migrate(config: &Config) -> io::Result<()> {
    let done = db::pool::migrate(config.database.clone()).await;
    done.map_err(|error| io::Error::other(format!("migration failed: {error}")))?;
    tracing::info!("the database is up to date");
    Ok(())
}

async fn seed_demo(config: &Config) -> io::Result<()> {
    if config.environment == Environment::Production {
        return Err(io::Error::other(
            "the demo data has well-known passwords and is for TABLEORDER_ENV=local only",
        ));
    }
    let state = AppState::new(config, Clock::default())?;
    let added = seed::seed(&state).await.map_err(|error| io::Error::other(error.to_string()))?;
    tracing::info!(stores.added = added.join(" "), "demo data is there");
    state.pool.close().await;
    Ok(())
}

async fn set_up(config: &Config, command: &Command) -> io::Result<()> {
    let state = AppState::new(config, Clock::default())?;
    match command {
        Command::Store(StoreCommand::Create { code, name, timezone }) => {
            command::create_store(&state, code, name, timezone).await?
        }
        Command::Admin(AdminCommand::Create(account)) => {
            command::create_admin(&state, &account.store, &account.username).await?
        }
        Command::Admin(AdminCommand::ResetPassword(account)) => {
            command::reset_password(&state, &account.store, &account.username).await?
        }
        _ => {}
    }
    tracing::info!("done");
    state.pool.close().await;
    Ok(())
}

async fn serve(config: &Config) -> io::Result<()> {
    let recorder =
        config.metrics.map(|address| Ok::<_, io::Error>((address, metrics::start()?))).transpose()?;
    let state = AppState::new(config, Clock::default())?;
    let metrics = match recorder {
        Some((address, recorder)) => {
            let server = metrics::serve(address, recorder, Arc::clone(&state))
                .map_err(|error| cannot_listen("METRICS_ADDR", address, &error))?;
            Some((server.handle(), tokio::spawn(server)))
        }
        None => None,
    };
    // A database that is away may come back; one that lacks migrations would fail every order.
    let missing = db::pool::missing_migrations(&state.pool).await.unwrap_or_default();
    if !missing.is_empty() {
        let names = missing.join(", ");
        return Err(io::Error::other(format!(
            "the database lacks migrations ({names}); run: tableorder migrate"
        )));
    }
    let running = app::start(config, &state).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse | io::ErrorKind::AddrNotAvailable | io::ErrorKind::PermissionDenied => {
            cannot_listen("LISTEN_ADDR", config.listen, &error)
        }
        _ => error,
    })?;
    tracing::info!(version = server::VERSION, address = %running.address, "serving");
    let handle = running.server.handle();
    let server = tokio::spawn(running.server);
    stop_signal().await?;
    tracing::info!("stopping: requests under way are finished first");
    app::stop(&state, handle, running.tasks).await;
    if let Some((handle, task)) = metrics {
        handle.stop(false).await;
        let _ = task.await;
    }
    server.await.map_err(io::Error::other)??;
    tracing::info!("stopped");
    Ok(())
}

fn cannot_listen(name: &str, address: SocketAddr, error: &io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("cannot listen on {address} ({error}); choose another {name} or stop what listens there"),
    )
}

async fn stop_signal() -> io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

async fn bench_static(file: &std::path::Path, listen: SocketAddr) -> io::Result<()> {
    use actix_web::{App, HttpResponse, HttpServer, web};
    let bytes = web::Bytes::from(std::fs::read(file)?);
    let server = HttpServer::new(move || {
        let bytes = bytes.clone();
        App::new().route(
            "/",
            web::get().to(move || {
                std::future::ready(HttpResponse::Ok().content_type("application/json").body(bytes.clone()))
            }),
        )
    });
    server.bind(listen)?.run().await
}

/// Asks `GET /health/ready` with nothing but a socket: it runs in containers and units without a client.
fn healthcheck() -> io::Result<()> {
    use std::io::Read as _;
    let address: SocketAddr = std::env::var("LISTEN_ADDR")
        .unwrap_or_else(|_| "127.0.0.1:8080".to_owned())
        .parse()
        .map_err(|_| io::Error::other("LISTEN_ADDR is not an address and port"))?;
    let limit = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, limit)?;
    stream.set_read_timeout(Some(limit))?;
    stream.write_all(b"GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.split(' ').nth(1) == Some("200") {
        Ok(())
    } else {
        Err(io::Error::other("the server is not ready"))
    }
}
