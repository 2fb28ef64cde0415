//! Checking a password, with the lock-out rules: five wrong passwords, fifteen minutes. A hash that was made at
//! a lower cost than is configured today is replaced at the next login, the only time the password is there.

use chrono::{DateTime, Utc};
use db::auth::{Account, AccountKind};
use shared_types::{ErrorCode, StoreId};

use crate::app::AppState;
use crate::error::{AppError, Result};
use crate::metrics::{LOGIN_FAILURES, LOGIN_LOCKOUTS};

/// The account whose password this is.
///
/// # Errors
/// `invalid_credentials`, without saying which part was wrong; `account_locked` with the time to wait, from the
/// fifth wrong password on.
pub async fn authenticate(
    state: &AppState,
    kind: AccountKind,
    store: &str,
    name: &str,
    password: &str,
) -> Result<Account> {
    let (store, name) = (store.trim(), name.trim());
    // No connection is held while bcrypt works.
    let account = db::auth::find_account(&mut *state.pool.acquire().await?, kind, store, name).await?;
    let now = state.clock.now();
    if let Some(until) = account.as_ref().and_then(|a| a.locked_until).filter(|until| *until > now) {
        return Err(locked(until, now));
    }
    let fits = state.passwords.verify(password, account.as_ref().map(|a| a.password_hash.as_str())).await?;
    let stronger = match &account {
        Some(account) if fits => state.passwords.stronger(password, &account.password_hash).await?,
        _ => None,
    };
    let now = state.clock.now();
    let mut conn = state.pool.acquire().await?;
    match account {
        Some(account) if fits => {
            if db::auth::count_success(&mut conn, kind, account.store.id, account.id, now).await? {
                if let Some(stronger) = stronger {
                    db::auth::strengthen_hash(&mut conn, kind, &account, &stronger).await?;
                }
                return Ok(account);
            }
            // Locked while bcrypt was working.
            let again = db::auth::find_account(&mut conn, kind, store, name).await?;
            Err(again
                .and_then(|a| a.locked_until)
                .map_or_else(|| ErrorCode::InvalidCredentials.into(), |until| locked(until, now)))
        }
        Some(account) => {
            let until = db::auth::count_failure(&mut conn, kind, account.store.id, account.id, now).await?;
            log_failure(kind, Some(account.store.id), until.is_some());
            Err(until.map_or_else(|| ErrorCode::InvalidCredentials.into(), |until| locked(until, now)))
        }
        None => {
            log_failure(kind, None, false);
            Err(ErrorCode::InvalidCredentials.into())
        }
    }
}

fn locked(until: DateTime<Utc>, now: DateTime<Utc>) -> AppError {
    AppError::new(ErrorCode::AccountLocked)
        .with(|d| d.retry_after_seconds = Some((until - now).num_seconds().max(1)))
}

fn log_failure(kind: AccountKind, store: Option<StoreId>, locked: bool) {
    let store = store.map(|s| s.to_string()).unwrap_or_default();
    tracing::warn!(login.kind = ?kind, login.store = store, login.locked = locked, "login failed");
    metrics::counter!(LOGIN_FAILURES, "kind" => format!("{kind:?}").to_lowercase()).increment(1);
    if locked {
        metrics::counter!(LOGIN_LOCKOUTS).increment(1);
    }
}
