//! Wake-ups between instances. A small trait, so that another channel than PostgreSQL's can carry them.

use std::future::Future;
use std::pin::Pin;

use db::Pool;
use shared_types::StoreId;
use sqlx::postgres::PgListener;
use tokio::sync::mpsc;
use uuid::Uuid;

/// A future that can be boxed.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries the names of stores that have news.
pub trait WakeChannel: Send + Sync {
    /// Tells the other instances.
    fn send<'a>(&'a self, stores: &'a [StoreId]) -> Boxed<'a, db::Result<()>>;

    /// Passes on what the other instances tell, until the connection breaks.
    fn listen<'a>(&'a self, to: &'a mpsc::Sender<StoreId>) -> Boxed<'a, db::Result<()>>;
}

const CHANNEL: &str = "tableorder_wake";
/// Ids in one NOTIFY: its payload is limited to 8,000 bytes.
const IDS: usize = 200;

/// LISTEN and NOTIFY.
pub struct PgWake {
    pool: Pool,
    /// An instance does not wake itself.
    instance: Uuid,
}

impl PgWake {
    /// A channel over this database.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { pool, instance: Uuid::now_v7() }
    }
}

impl WakeChannel for PgWake {
    fn send<'a>(&'a self, stores: &'a [StoreId]) -> Boxed<'a, db::Result<()>> {
        Box::pin(async move {
            let mut conn = self.pool.acquire().await?;
            for some in stores.chunks(IDS) {
                let names: Vec<String> = some.iter().map(ToString::to_string).collect();
                db::events::notify(&mut conn, CHANNEL, &format!("{}:{}", self.instance, names.join(",")))
                    .await?;
            }
            Ok(())
        })
    }

    fn listen<'a>(&'a self, to: &'a mpsc::Sender<StoreId>) -> Boxed<'a, db::Result<()>> {
        Box::pin(async move {
            let mut listener = PgListener::connect_with(&self.pool).await?;
            listener.listen(CHANNEL).await?;
            loop {
                let notification = listener.recv().await?;
                let Some((instance, stores)) = notification.payload().split_once(':') else { continue };
                if instance == self.instance.to_string() {
                    continue;
                }
                for store in stores.split(',').filter_map(|id| id.parse().ok()) {
                    if to.send(store).await.is_err() {
                        return Ok(());
                    }
                }
            }
        })
    }
}
