//! A way to the database that can be blocked, as networks and databases are at times.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What happens to the traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traffic {
    /// It flows.
    Flows,
    /// Connections are broken and new ones refused: the database has stopped.
    Refused,
    /// Nothing is answered any more, nothing is refused: the network is gone.
    Stalled,
}

/// See the module. It runs on the test's runtime: give the test more than one thread.
pub struct Proxy {
    address: SocketAddr,
    target: PgConnectOptions,
    traffic: watch::Sender<Traffic>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// A proxy in front of a database.
    pub async fn start(target: PgConnectOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (traffic, _) = watch::channel(Traffic::Flows);
        let task = tokio::spawn(accept(listener, Target::of(&target), traffic.clone()));
        Self { address, target, traffic, task }
    }

    /// How to connect through it.
    #[must_use]
    pub fn options(&self) -> PgConnectOptions {
        let (host, port) = (self.address.ip().to_string(), self.address.port());
        if self.target.get_socket().is_none() {
            return self.target.clone().host(&host).port(port);
        }
        // A socket's directory cannot be taken back from the options.
        let options = PgConnectOptions::new_without_pgpass().host(&host).port(port);
        options.username(self.target.get_username()).database(self.target.get_database().unwrap_or_default())
    }

    /// Blocks or frees the way.
    pub fn set(&self, traffic: Traffic) {
        self.traffic.send_replace(traffic);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone)]
enum Target {
    Tcp(String, u16),
    Unix(PathBuf),
}

trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

impl Target {
    fn of(options: &PgConnectOptions) -> Self {
        let port = options.get_port();
        match options.get_socket() {
            Some(folder) => Self::Unix(folder.join(format!(".s.PGSQL.{port}"))),
            None => Self::Tcp(options.get_host().to_owned(), port),
        }
    }

    async fn connect(&self) -> io::Result<Box<dyn Wire>> {
        Ok(match self {
            Self::Tcp(host, port) => Box::new(TcpStream::connect((host.as_str(), *port)).await?),
            Self::Unix(path) => Box::new(UnixStream::connect(path).await?),
        })
    }
}

async fn accept(listener: TcpListener, target: Target, traffic: watch::Sender<Traffic>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(pass(client, target.clone(), traffic.subscribe()));
    }
}

/// Carries one connection. While it is stalled neither side is read, so nothing gets through.
async fn pass(mut client: TcpStream, target: Target, mut traffic: watch::Receiver<Traffic>) {
    let Ok(mut server) = target.connect().await else { return };
    let mut flow = pin!(copy_bidirectional(&mut client, &mut server));
    loop {
        let present = *traffic.borrow_and_update();
        match present {
            Traffic::Refused => return,
            Traffic::Stalled if traffic.changed().await.is_err() => return,
            Traffic::Stalled => {}
            Traffic::Flows => tokio::select! {
                _ = &mut flow => return,
                changed = traffic.changed() => if changed.is_err() { return },
            },
        }
    }
}
