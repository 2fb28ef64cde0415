//! Credentials that ended before they expired, in memory, so that no request asks the database. Kept right
//! across instances by the same poll as events (`events::poll`).

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use db::Pool;
use db::auth::Revocation;
use shared_types::StoreId;
use shared_types::auth::TOKEN_SECONDS;
use tokio::sync::watch;
use uuid::Uuid;

use super::tokens::Claims;

/// The revocations of the last 16 hours: older tokens have expired by themselves.
pub struct Revocations {
    least: RwLock<HashMap<(StoreId, Uuid), i32>>,
    changed: watch::Sender<u64>,
}

impl Default for Revocations {
    fn default() -> Self {
        Self { least: RwLock::default(), changed: watch::channel(0).0 }
    }
}

impl Revocations {
    /// Whether a token still counts: neither its account or device nor this login of it has ended.
    #[must_use]
    pub fn allows(&self, claims: &Claims) -> bool {
        let least = self.least.read().unwrap_or_else(PoisonError::into_inner);
        let least_of = |subject: Uuid| least.get(&(claims.store_id, subject)).copied().unwrap_or(0);
        claims.ver >= least_of(claims.sub) && claims.jti.is_none_or(|login| least_of(login) == 0)
    }

    /// Ends the subject's tokens below a version, on this instance at once.
    pub fn add(&self, store: StoreId, subject: Uuid, min_version: i32) {
        self.merge(vec![Revocation { store, subject, min_version }]);
    }

    /// Tells streams to look again.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Reads what other instances have revoked since `since`.
    ///
    /// # Errors
    /// Database errors only.
    pub async fn refresh(&self, pool: &Pool, since: DateTime<Utc>) -> db::Result<()> {
        let mut conn = pool.acquire().await?;
        let found = db::auth::revocations_since(&mut conn, since).await?;
        self.merge(found);
        Ok(())
    }

    /// From when on revocations matter.
    #[must_use]
    pub fn horizon(now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::seconds(TOKEN_SECONDS + 60)
    }

    fn merge(&self, found: Vec<Revocation>) {
        let mut least = self.least.write().unwrap_or_else(PoisonError::into_inner);
        let mut news = false;
        for revocation in found {
            let entry = least.entry((revocation.store, revocation.subject)).or_insert(0);
            if revocation.min_version > *entry {
                *entry = revocation.min_version;
                news = true;
            }
        }
        drop(least);
        if news {
            self.changed.send_modify(|count| *count += 1);
        }
    }
}
