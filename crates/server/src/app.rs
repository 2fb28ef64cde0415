//! Puts the parts together and serves until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::{Compress, Condition, NormalizePath, from_fn};
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use db::Pool;
use tokio::sync::watch;

use crate::auth::passwords::Passwords;
use crate::auth::revocations::Revocations;
use crate::auth::seen::Seen;
use crate::auth::tokens::Tokens;
use crate::clock::Clock;
use crate::config::{Config, Environment};
use crate::events::poll::Compared;
use crate::events::streams::Streams;
use crate::events::wake::{PgWake, WakeChannel};
use crate::events::{Events, poll, relay};
use crate::http::bounds::Times;
use crate::http::limits::Limits;
use crate::media::{Media, Workshop};
use crate::menu::MenuCache;
use crate::orders::house::Houses;
use crate::web::Apps;
use crate::{http, jobs, routes};

/// How long a stop waits for requests that are under way.
const DRAIN_SECONDS: u64 = 20;
/// How long a request waits for a database connection before it is answered with 503.
const ACQUIRE: Duration = Duration::from_secs(3);

/// What every request can reach.
pub struct AppState {
    /// The database.
    pub pool: Pool,
    /// The time.
    pub clock: Clock,
    /// Signs and checks access tokens.
    pub tokens: Tokens,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Credentials that ended early.
    pub revocations: Revocations,
    /// When devices were last seen.
    pub seen: Seen,
    /// Menus in memory.
    pub menus: MenuCache,
    /// When what is in memory was last compared with the database.
    pub compared: Compared,
    /// Open houses in memory.
    pub houses: Houses,
    /// Live events.
    pub events: Events,
    /// The event streams that are open.
    pub streams: Streams,
    /// Pictures.
    pub media: Media,
    /// Makes pictures from uploads.
    pub workshop: Workshop,
    /// Where this runs.
    pub environment: Environment,
    /// Rate limits.
    pub limits: Limits,
    /// How long parts of a request may take.
    pub times: Times,
    /// Origins that are ours besides the request's own host.
    pub public_origins: Vec<String>,
    /// True once the server stops: streams end, jobs finish.
    pub stopping: watch::Sender<bool>,
}

impl AppState {
    /// Opens everything that the configuration names. The database may come later.
    ///
    /// # Errors
    /// The media directory cannot be made, or bcrypt refuses its cost.
    pub fn new(config: &Config, clock: Clock) -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            pool: db::connect(config.database.clone(), config.pool_size, ACQUIRE),
            clock,
            tokens: Tokens::new(&config.auth),
            passwords: Passwords::new(config.auth.bcrypt_cost).map_err(io::Error::other)?,
            revocations: Revocations::default(),
            seen: Seen::default(),
            menus: MenuCache::default(),
            houses: Houses::default(),
            compared: Compared::default(),
            events: Events::default(),
            streams: Streams::new(config.limits.streams_of_device, config.limits.streams_of_user),
            media: Media::open(&config.media)?,
            workshop: Workshop::default(),
            environment: config.environment,
            limits: Limits::new(&config.limits),
            times: config.limits.times,
            public_origins: config.public_origins.clone(),
            stopping: watch::channel(false).0,
        }))
    }
}

/// A server that listens.
pub struct Running {
    /// Where.
    pub address: SocketAddr,
    /// Ends when the server has stopped.
    pub server: actix_web::dev::Server,
    /// The background tasks.
    pub tasks: tokio::task::JoinSet<()>,
}

/// Starts to listen and to do the background work.
///
/// # Errors
/// The address is taken, or a bundle cannot be read.
pub fn start(config: &Config, state: &Arc<AppState>) -> io::Result<Running> {
    let apps = config.web_dir.as_deref().map(Apps::load).transpose()?.map(Data::new);
    let data = Data::from(Arc::clone(state));
    let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let stalled = config.limits.times.stalled;
    let server = HttpServer::new(move || {
        let mut app = App::new().app_data(data.clone());
        if let Some(apps) = &apps {
            app = app.app_data(apps.clone());
        }
        app.wrap(Compress::default())
            .wrap(NormalizePath::new(actix_web::middleware::TrailingSlash::MergeOnly))
            .wrap(from_fn(http::gate::check))
            .wrap(Condition::new(!data.public_origins.is_empty(), http::cors::of(&data.public_origins)))
            .wrap(from_fn(http::edge::edge))
            .configure(http::configure)
            .configure(routes::configure)
    })
    .workers(workers)
    .max_connections((config.limits.connections as usize).div_ceil(workers))
    .on_connect(move |socket, _| http::sockets::end_when_stalled(socket, stalled))
    .shutdown_timeout(DRAIN_SECONDS)
    .client_request_timeout(config.limits.times.head)
    .keep_alive(Duration::from_secs(75))
    .disable_signals()
    .bind(config.listen)?;
    let address = server.addrs().first().copied().ok_or_else(|| io::Error::other("no address"))?;
    let mut tasks = tokio::task::JoinSet::new();
    let channel: Arc<dyn WakeChannel> = Arc::new(PgWake::new(state.pool.clone()));
    tasks.spawn(poll::run(Arc::clone(state)));
    tasks.spawn(relay::send(Arc::clone(state), Arc::clone(&channel)));
    tasks.spawn(relay::listen(Arc::clone(state), channel));
    tasks.spawn(jobs::run(Arc::clone(state)));
    Ok(Running { address, server: server.run(), tasks })
}

/// Stops: no new connections, streams end, requests under way are answered, wake-ups are sent.
pub async fn stop(
    state: &AppState,
    handle: actix_web::dev::ServerHandle,
    mut tasks: tokio::task::JoinSet<()>,
) {
    state.stopping.send_replace(true);
    handle.stop(true).await;
    while tasks.join_next().await.is_some() {}
    state.pool.close().await;
}
