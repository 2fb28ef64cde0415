//! bcrypt, off the event loop and only a few at a time: a flood of logins must not starve orders.

use std::sync::Arc;

use shared_types::text::PASSWORD_MAX_BYTES;
use tokio::sync::Semaphore;

use crate::error::{AppError, Result};

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    cost: u32,
    turns: Arc<Semaphore>,
    /// Compared with when the account is unknown, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// # Errors
    /// bcrypt refuses the cost.
    pub fn new(cost: u32) -> Result<Self, bcrypt::BcryptError> {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Self {
            cost,
            turns: Arc::new(Semaphore::new(cores.div_ceil(2))),
            nobody: bcrypt::hash("nobody has this password", cost)?.into(),
        })
    }

    /// The hash of a password of at most 72 bytes.
    ///
    /// # Errors
    /// `internal`: the password is longer, which callers have checked.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (password, cost) = (password.to_owned(), self.cost);
        self.run(move || ensure_whole(&password).and_then(|()| bcrypt::hash(password, cost)))
            .await?
            .map_err(AppError::internal)
    }

    /// A new hash of a password that is known to fit this one, if this one was made at a lower cost than is
    /// configured now.
    ///
    /// # Errors
    /// `internal`, as for `hash`.
    pub async fn stronger(&self, password: &str, hash: &str) -> Result<Option<String>> {
        match hash.parse::<bcrypt::HashParts>() {
            Ok(parts) if parts.get_cost() < self.cost => self.hash(password).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Whether the password fits the hash; without a hash it never does, and takes as long.
    ///
    /// # Errors
    /// `internal`: the stored hash is broken, or the password is longer than 72 bytes.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let known = hash.is_some();
        let (password, hash) = (password.to_owned(), hash.unwrap_or(&self.nobody).to_owned());
        let fits = self
            .run(move || ensure_whole(&password).and_then(|()| bcrypt::verify(password, &hash)))
            .await?
            .map_err(AppError::internal)?;
        Ok(fits && known)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = self.turns.clone().acquire_owned().await.map_err(AppError::internal)?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(AppError::internal)
    }
}

/// bcrypt reads 72 bytes and would cut the rest off in silence. Its own `non_truncating_*` functions refuse 72
/// already.
fn ensure_whole(password: &str) -> Result<(), bcrypt::BcryptError> {
    match password.len() {
        0..=PASSWORD_MAX_BYTES => Ok(()),
        bytes => Err(bcrypt::BcryptError::Truncation(bytes)),
    }
}
