//! One instance of the server, in a thread of its own: actix-web wants to own its runtime.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::thread::JoinHandle;
use std::time::Duration;

use server::app::{self, AppState};
use server::clock::Clock;
use server::config::Config;
use server::media::tidy::{self, Tidied};
use sqlx::postgres::PgConnectOptions;
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};

use crate::JWT_SECRET;

/// Connections of one instance; few, because many tests run at once.
const POOL: u32 = 6;

enum Command {
    Sweep(oneshot::Sender<usize>),
    WriteSeen(oneshot::Sender<()>),
    TidyPictures(oneshot::Sender<Tidied>),
}

/// See the module. Dropping it stops the server.
pub struct Instance {
    /// `http://127.0.0.1:<port>`
    pub url: String,
    /// The server's time.
    pub clock: Clock,
    commands: Option<mpsc::UnboundedSender<Command>>,
    thread: Option<JoinHandle<()>>,
    media: TempDir,
}

impl Instance {
    /// Starts a server on a free port. `change` may adapt its configuration.
    pub async fn start(database: PgConnectOptions, change: impl FnOnce(&mut Config)) -> Self {
        let media = tempfile::tempdir().unwrap();
        let mut config = config(&media);
        config.database = database;
        change(&mut config);
        let clock = Clock::default();
        let (ready, started) = oneshot::channel();
        let (commands, orders) = mpsc::unbounded_channel();
        let time = clock.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(serve(config, time, ready, orders));
        });
        let address = started.await.expect("the server did not start");
        Self {
            url: format!("http://{address}"),
            clock,
            commands: Some(commands),
            thread: Some(thread),
            media,
        }
    }

    /// What the server does each minute: ends the sessions whose time is over. Answers how many.
    pub async fn sweep(&self) -> usize {
        self.order(Command::Sweep).await
    }

    /// What the server does each minute: writes when devices were last seen.
    pub async fn write_seen(&self) {
        self.order(Command::WriteSeen).await;
    }

    /// What the server does each hour: removes pictures that nobody needs.
    pub async fn tidy_pictures(&self) -> Tidied {
        self.order(Command::TidyPictures).await
    }

    async fn order<T>(&self, command: impl FnOnce(oneshot::Sender<T>) -> Command) -> T {
        let (answer, done) = oneshot::channel();
        let commands = self.commands.as_ref().unwrap();
        commands.send(command(answer)).unwrap_or_else(|_| panic!("the server has stopped"));
        done.await.unwrap()
    }

    /// The directory of its pictures, unless it was started with another place for them.
    #[must_use]
    pub fn media(&self) -> &Path {
        self.media.path()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        drop(self.commands.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) && !std::thread::panicking() {
            panic!("the server panicked");
        }
    }
}

fn config(media: &TempDir) -> Config {
    let values = [
        ("DATABASE_URL", "postgres://replaced"),
        ("DATABASE_POOL_SIZE", &POOL.to_string()),
        ("LISTEN_ADDR", "127.0.0.1:0"),
        ("TABLEORDER_ENV", "local"),
        ("JWT_SECRET", JWT_SECRET),
        ("BCRYPT_COST", "4"),
        // Out of the way: tests of the limits set their own.
        ("RATE_LIMIT_CALLER", "10000"),
        ("RATE_LIMIT_ADDRESS", "100000"),
        ("RATE_LIMIT_REPORTS", "100000"),
        ("MEDIA_URL", &format!("file://{}", media.path().display())),
    ];
    let values: HashMap<_, _> = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Config::from_values(&values).unwrap()
}

async fn serve(
    config: Config,
    clock: Clock,
    ready: oneshot::Sender<SocketAddr>,
    mut commands: mpsc::UnboundedReceiver<Command>,
) {
    let state = AppState::new(&config, clock).unwrap();
    let mut running = app::start(&config, &state).unwrap();
    let handle = running.server.handle();
    let server = tokio::spawn(running.server);
    ready.send(running.address).unwrap();
    while let Some(command) = commands.recv().await {
        match command {
            Command::Sweep(answer) => drop(answer.send(server::jobs::sweep(&state).await.unwrap())),
            Command::WriteSeen(answer) => {
                server::auth::seen::write(&state).await.unwrap();
                let _ = answer.send(());
            }
            Command::TidyPictures(answer) => drop(answer.send(tidy::run(&state).await.unwrap())),
        }
    }
    // Not `app::stop`: a test does not wait for connections that its clients keep open.
    state.stopping.send_replace(true);
    handle.stop(false).await;
    server.await.unwrap().unwrap();
    running.tasks.shutdown().await;
    let _ = tokio::time::timeout(Duration::from_secs(1), state.pool.close()).await;
}
