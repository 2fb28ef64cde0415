//! The long-lived device credential: a tablet signs itself in again after a restart and after 16 h.
//!
//! `<store>.<device>.<secret>`, of which only a hash is stored. Every use replaces it. The one before stays
//! good until its successor is used, because an answer can be lost on the way; anything else that claims to
//! be this device is a copy, and ends the credential for everybody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use db::auth::NewDevice;
use sha2::{Digest, Sha256};
use shared_types::auth::StoreInfo;
use shared_types::{DeviceId, ErrorCode, StoreId, TableId};
use uuid::Uuid;

use crate::app::AppState;
use crate::error::{AppError, Result};

/// How long a tablet may be switched off and still sign itself in.
pub const LIFETIME: TimeDelta = TimeDelta::days(180);
/// Two tabs of one browser may use the same credential at the same moment.
const SAME_MOMENT: TimeDelta = TimeDelta::seconds(30);

/// A credential, as it stands in the cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    store: StoreId,
    device: DeviceId,
    secret: String,
}

impl Credential {
    /// A new secret for a device.
    #[must_use]
    pub fn mint(store: StoreId, device: DeviceId) -> Self {
        Self { store, device, secret: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()) }
    }

    /// Reads a cookie.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let store = parts.next()?.parse().ok()?;
        let device = parts.next()?.parse().ok()?;
        let secret = parts.next().filter(|s| s.len() == 43)?.to_owned();
        Some(Self { store, device, secret })
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.secret.as_bytes()).to_vec()
    }
}

impl std::fmt::Display for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.store, self.device, self.secret)
    }
}

/// A device that is signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The store.
    pub store: StoreInfo,
    /// The table.
    pub table: TableId,
    /// Its number.
    pub table_number: String,
    /// The device.
    pub device: DeviceId,
    /// The credential for the cookie; `None`: the browser has the right one.
    pub credential: Option<Credential>,
}

/// Registers a device that staff have signed in.
///
/// # Errors
/// `unavailable`, `internal`.
pub async fn register(
    state: &AppState,
    (store, table): (StoreId, TableId),
    label: Option<&str>,
    app_version: Option<&str>,
) -> Result<Credential> {
    let credential = Credential::mint(store, DeviceId(Uuid::now_v7()));
    let now = state.clock.now();
    let hash = credential.hash();
    let device = NewDevice {
        store,
        id: credential.device,
        table,
        label,
        app_version,
        credential_hash: &hash,
        expires_at: now + LIFETIME,
    };
    db::auth::insert_device(&mut *state.pool.acquire().await?, &device, now).await?;
    Ok(credential)
}

impl Credential {
    /// The device that it belongs to.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.device
    }
}

/// Signs a device in again and replaces its credential.
///
/// # Errors
/// `unauthenticated` for what is no credential; `credential_revoked` when the device was revoked, or when
/// this credential was replaced and used before: then it is revoked now.
pub async fn renew(state: &AppState, credential: &Credential, app_version: Option<&str>) -> Result<SignedIn> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let known = db::auth::lock_device(&mut tx, credential.store, credential.device, now).await?;
    let known = known.ok_or(ErrorCode::Unauthenticated)?;
    if !known.usable {
        return Err(ErrorCode::CredentialRevoked.into());
    }
    let hash = credential.hash();
    let next = match standing(&hash, &known, now) {
        Standing::Good => Some(Credential::mint(credential.store, credential.device)),
        Standing::JustReplaced => None,
        Standing::Copied => {
            db::auth::revoke_device(&mut tx, credential.store, credential.device, now).await?;
            tx.commit().await?;
            state.revocations.add(credential.store, credential.device.0, i32::MAX);
            tracing::warn!(device = %credential.device, "a replaced device credential was used again; device revoked");
            return Err(ErrorCode::CredentialRevoked.into());
        }
    };
    if let Some(next) = &next {
        let next_hash = next.hash();
        let device = NewDevice {
            store: credential.store,
            id: credential.device,
            table: known.table,
            label: None,
            app_version,
            credential_hash: &next_hash,
            expires_at: now + LIFETIME,
        };
        db::auth::rotate_device(&mut tx, &device, &hash, now).await?;
    }
    let store = db::stores::find(&mut tx, credential.store).await?;
    let store = store.ok_or_else(|| AppError::internal("a device without a store"))?;
    tx.commit().await?;
    Ok(SignedIn {
        store,
        table: known.table,
        table_number: known.table_number,
        device: credential.device,
        credential: next,
    })
}

/// Ends the login of a credential that its browser no longer uses. What is no good credential is left alone.
///
/// # Errors
/// `unavailable`, `internal`.
pub async fn replace(state: &AppState, former: &Credential) -> Result<()> {
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    let known = db::auth::lock_device(&mut tx, former.store, former.device, now).await?;
    drop(tx);
    match known {
        Some(known) if !matches!(standing(&former.hash(), &known, now), Standing::Copied) => {
            sign_out(state, former.store, former.device).await
        }
        _ => Ok(()),
    }
}

enum Standing {
    Good,
    JustReplaced,
    Copied,
}

fn standing(hash: &[u8], known: &db::auth::Device, now: DateTime<Utc>) -> Standing {
    if hash == known.credential_hash {
        Standing::Good
    } else if known.previous_credential_hash.as_deref() != Some(hash) {
        Standing::Copied
    } else if now - known.rotated_at < SAME_MOMENT {
        Standing::JustReplaced
    } else {
        Standing::Good
    }
}

/// Ends a device's login, everywhere.
///
/// # Errors
/// `unavailable`, `internal`.
pub async fn sign_out(state: &AppState, store: StoreId, device: DeviceId) -> Result<()> {
    let mut tx = state.pool.begin().await?;
    db::auth::revoke_device(&mut tx, store, device, state.clock.now()).await?;
    tx.commit().await?;
    state.revocations.add(store, device.0, i32::MAX);
    state.events.changed(store);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_survives_the_cookie() {
        let credential = Credential::mint(StoreId(Uuid::from_u128(1)), DeviceId(Uuid::from_u128(2)));
        assert_eq!(Credential::parse(&credential.to_string()), Some(credential));
        assert_eq!(Credential::parse("a.b.c"), None);
        assert_eq!(Credential::parse(""), None);
    }
}
