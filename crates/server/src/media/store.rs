//! Where pictures are kept: a directory, or a bucket.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use shared_types::ErrorCode;
use shared_types::media::IMAGE_WIDTHS;

use super::location::{Bucket, MediaLocation};
use super::{key_in, name_of};
use crate::error::{AppError, Result};

/// How long a connection to the bucket may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long one request to the bucket may take, and how long it is repeated.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where pictures are kept.
pub struct Media {
    store: Box<dyn ObjectStore>,
}

impl Media {
    /// Opens the configured place, making the directory if need be. A bucket is not asked yet.
    ///
    /// # Errors
    /// The directory cannot be made, or the system's root certificates cannot be read.
    pub fn open(location: &MediaLocation) -> std::io::Result<Self> {
        let store: Box<dyn ObjectStore> = match location {
            MediaLocation::Directory(path) => {
                std::fs::create_dir_all(path)?;
                Box::new(LocalFileSystem::new_with_prefix(path).map_err(std::io::Error::other)?)
            }
            MediaLocation::Bucket(bucket) => open_bucket(bucket).map_err(std::io::Error::other)?,
        };
        Ok(Self { store })
    }

    /// Keeps one width of a picture.
    ///
    /// # Errors
    /// `unavailable`: the place cannot be written.
    pub async fn put(&self, key: &str, width: u32, bytes: Bytes) -> Result<()> {
        self.store.put(&Key::from(name_of(key, width)), bytes.into()).await.map(drop).map_err(away)
    }

    /// One file.
    ///
    /// # Errors
    /// `not_found`; `unavailable`: the place cannot be read.
    pub async fn get(&self, name: &str) -> Result<Bytes> {
        let found = self.store.get(&Key::from(name)).await.map_err(|error| match error {
            object_store::Error::NotFound { .. } => ErrorCode::NotFound.into(),
            other => away(other),
        })?;
        found.bytes().await.map_err(away)
    }

    /// The keys of all pictures with a file that was last written before `moment`.
    ///
    /// # Errors
    /// `unavailable`: the place cannot be read.
    pub async fn keys_before(&self, moment: DateTime<Utc>) -> Result<BTreeSet<String>> {
        self.store
            .list(None)
            .try_filter_map(async |file| {
                // Whatever else lies there is not ours.
                let key = file.location.filename().and_then(key_in).map(str::to_owned);
                Ok(key.filter(|_| file.last_modified < moment))
            })
            .try_collect()
            .await
            .map_err(away)
    }

    /// Removes every width of a picture; those that are missing already are no fault.
    ///
    /// # Errors
    /// `unavailable`: the place cannot be written.
    pub async fn remove(&self, key: &str) -> Result<()> {
        for width in IMAGE_WIDTHS {
            match self.store.delete(&Key::from(name_of(key, width))).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(away(error)),
            }
        }
        Ok(())
    }
}

fn away(error: object_store::Error) -> AppError {
    AppError { cause: Some(Box::new(error)), ..AppError::new(ErrorCode::Unavailable) }
}

fn open_bucket(bucket: &Bucket) -> object_store::Result<Box<dyn ObjectStore>> {
    // The same cryptography as the database's connections; an error means that it is chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = ClientOptions::new()
        .with_connect_timeout(CONNECT)
        .with_timeout(PATIENCE)
        .with_allow_http(bucket.plain_http);
    let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: 2, retry_timeout: PATIENCE };
    let store = bucket.builder.as_ref().clone().with_client_options(client).with_retry(retry).build()?;
    Ok(match bucket.prefix.as_ref() {
        "" => Box::new(store),
        _ => Box::new(PrefixStore::new(store, bucket.prefix.clone())),
    })
}
