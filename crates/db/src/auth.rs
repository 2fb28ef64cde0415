//! Logins: finding an account, counting wrong passwords, devices and revocations.

use chrono::{DateTime, Utc};
use shared_types::auth::{LOCK_MINUTES, MAX_FAILED_LOGINS, StoreInfo};
use shared_types::{DeviceId, StoreId, TableId, UserId};
use uuid::Uuid;

use crate::{PgConnection, Result};

/// What a login needs to know of an account before it looks at the password.
#[derive(Debug)]
pub struct Account {
    /// The store.
    pub store: StoreInfo,
    /// User or table id.
    pub id: Uuid,
    /// User name or table number, as stored.
    pub name: String,
    /// The bcrypt hash.
    pub password_hash: String,
    /// Locked until then, if in the future.
    pub locked_until: Option<DateTime<Utc>>,
    /// The version under which new tokens are issued; 1 for tables.
    pub credential_version: i32,
}

/// The two kinds of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    /// A manager.
    User,
    /// A table.
    Table,
}

macro_rules! account {
    ($row:expr) => {
        $row.map(|r| Account {
            store: StoreInfo {
                id: StoreId(r.store_id),
                code: r.code,
                name: r.store_name,
                timezone: r.timezone,
                currency: r.currency,
                warn_after_minutes: r.warn_after_minutes,
                late_after_minutes: r.late_after_minutes,
            },
            id: r.id,
            name: r.name,
            password_hash: r.password_hash,
            locked_until: r.locked_until,
            credential_version: r.credential_version,
        })
    };
}

/// The active account of a store by its name; upper and lower case are the same.
///
/// # Errors
/// Database errors only; an unknown account is `None`.
pub async fn find_account(
    conn: &mut PgConnection,
    kind: AccountKind,
    store_code: &str,
    name: &str,
) -> Result<Option<Account>> {
    Ok(match kind {
        AccountKind::User => account!(
            sqlx::query!(
                r#"SELECT s.id AS store_id, s.code, s.name AS store_name, s.timezone, s.currency, s.warn_after_minutes,
                          s.late_after_minutes, u.id, u.username AS name, u.password_hash, u.locked_until, u.credential_version
                     FROM stores s JOIN users u ON u.store_id = s.id
                    WHERE s.code = $1 AND lower(u.username) = lower($2) AND u.is_active"#,
                store_code,
                name,
            )
            .fetch_optional(conn)
            .await?
        ),
        AccountKind::Table => account!(
            sqlx::query!(
                r#"SELECT s.id AS store_id, s.code, s.name AS store_name, s.timezone, s.currency, s.warn_after_minutes,
                          s.late_after_minutes, t.id, t.table_number AS name, t.password_hash, t.locked_until, 1 AS "credential_version!"
                     FROM stores s JOIN tables t ON t.store_id = s.id
                    WHERE s.code = $1 AND lower(t.table_number) = lower($2) AND t.deleted_at IS NULL"#,
                store_code,
                name,
            )
            .fetch_optional(conn)
            .await?
        ),
    })
}

/// Counts a wrong password, atomically. The count begins anew when a lock has ended. Answers until when the
/// account is locked now, if it is.
///
/// # Errors
/// Database errors only.
pub async fn count_failure(
    conn: &mut PgConnection,
    kind: AccountKind,
    store: StoreId,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let lock_end = now + chrono::TimeDelta::minutes(LOCK_MINUTES);
    match kind {
        AccountKind::User => {
            sqlx::query_scalar!(
                r#"UPDATE users SET
                     failed_login_attempts = CASE WHEN locked_until <= $3 THEN 1 ELSE failed_login_attempts + 1 END,
                     locked_until = CASE WHEN locked_until > $3 THEN locked_until
                                         WHEN (CASE WHEN locked_until <= $3 THEN 1 ELSE failed_login_attempts + 1 END) >= $5 THEN $4
                                    END
                   WHERE store_id = $1 AND id = $2 RETURNING locked_until"#,
                store.0,
                id,
                now,
                lock_end,
                MAX_FAILED_LOGINS,
            )
            .fetch_one(conn)
            .await
        }
        AccountKind::Table => {
            sqlx::query_scalar!(
                r#"UPDATE tables SET
                     failed_login_attempts = CASE WHEN locked_until <= $3 THEN 1 ELSE failed_login_attempts + 1 END,
                     locked_until = CASE WHEN locked_until > $3 THEN locked_until
                                         WHEN (CASE WHEN locked_until <= $3 THEN 1 ELSE failed_login_attempts + 1 END) >= $5 THEN $4
                                    END
                   WHERE store_id = $1 AND id = $2 RETURNING locked_until"#,
                store.0,
                id,
                now,
                lock_end,
                MAX_FAILED_LOGINS,
            )
            .fetch_one(conn)
            .await
        }
    }
}

/// Forgets wrong passwords after a right one. False: the account was locked in the meantime.
///
/// # Errors
/// Database errors only.
pub async fn count_success(
    conn: &mut PgConnection,
    kind: AccountKind,
    store: StoreId,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool> {
    let updated = match kind {
        AccountKind::User => {
            sqlx::query!(
                "UPDATE users SET failed_login_attempts = 0, locked_until = NULL
                  WHERE store_id = $1 AND id = $2 AND (locked_until IS NULL OR locked_until <= $3)",
                store.0,
                id,
                now,
            )
            .execute(conn)
            .await?
        }
        AccountKind::Table => {
            sqlx::query!(
                "UPDATE tables SET failed_login_attempts = 0, locked_until = NULL
                  WHERE store_id = $1 AND id = $2 AND (locked_until IS NULL OR locked_until <= $3)",
                store.0,
                id,
                now,
            )
            .execute(conn)
            .await?
        }
    };
    Ok(updated.rows_affected() == 1)
}

/// Puts a stronger hash of the same password in the place of an old one. False: somebody has set another
/// password in the meantime, which stays.
///
/// # Errors
/// Database errors only.
pub async fn strengthen_hash(
    conn: &mut PgConnection,
    kind: AccountKind,
    account: &Account,
    stronger: &str,
) -> Result<bool> {
    let updated =
        match kind {
            AccountKind::User => sqlx::query!(
                "UPDATE users SET password_hash = $4 WHERE store_id = $1 AND id = $2 AND password_hash = $3",
                account.store.id.0,
                account.id,
                account.password_hash,
                stronger,
            )
            .execute(conn)
            .await?,
            AccountKind::Table => sqlx::query!(
                "UPDATE tables SET password_hash = $4 WHERE store_id = $1 AND id = $2 AND password_hash = $3",
                account.store.id.0,
                account.id,
                account.password_hash,
                stronger,
            )
            .execute(conn)
            .await?,
        };
    Ok(updated.rows_affected() == 1)
}

/// A manager's name, while the account is active.
///
/// # Errors
/// Database errors only.
pub async fn find_username(conn: &mut PgConnection, store: StoreId, user: UserId) -> Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT username FROM users WHERE store_id = $1 AND id = $2 AND is_active",
        store.0,
        user.0
    )
    .fetch_optional(conn)
    .await
}

/// A device that staff have just signed in.
#[derive(Debug)]
pub struct NewDevice<'a> {
    /// Its store.
    pub store: StoreId,
    /// Its id.
    pub id: DeviceId,
    /// Its table.
    pub table: TableId,
    /// What staff call it.
    pub label: Option<&'a str>,
    /// The app's version.
    pub app_version: Option<&'a str>,
    /// SHA-256 of its credential.
    pub credential_hash: &'a [u8],
    /// When the credential ends unless it is renewed.
    pub expires_at: DateTime<Utc>,
}

/// Stores a device.
///
/// # Errors
/// Database errors only.
pub async fn insert_device(
    conn: &mut PgConnection,
    device: &NewDevice<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO devices (store_id, id, table_id, label, app_version, credential_hash, created_at, last_seen_at, rotated_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8)",
        device.store.0,
        device.id.0,
        device.table.0,
        device.label,
        device.app_version,
        device.credential_hash,
        now,
        device.expires_at,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A device that is allowed to sign in again, locked for rotation.
#[derive(Debug)]
pub struct Device {
    /// Its table.
    pub table: TableId,
    /// That table's number.
    pub table_number: String,
    /// Hash of the credential in use.
    pub credential_hash: Vec<u8>,
    /// Hash of the one before.
    pub previous_credential_hash: Option<Vec<u8>>,
    /// When the credential in use was given out.
    pub rotated_at: DateTime<Utc>,
    /// Whether the credential may still be used.
    pub usable: bool,
}

/// Reads a device and locks its row until the transaction ends.
///
/// # Errors
/// Database errors only; an unknown device is `None`.
pub async fn lock_device(
    conn: &mut PgConnection,
    store: StoreId,
    id: DeviceId,
    now: DateTime<Utc>,
) -> Result<Option<Device>> {
    let row = sqlx::query!(
        r#"SELECT d.table_id, t.table_number, d.credential_hash, d.previous_credential_hash, d.rotated_at,
                  (d.revoked_at IS NULL AND d.expires_at > $3 AND t.deleted_at IS NULL) AS "usable!"
             FROM devices d JOIN tables t ON t.store_id = d.store_id AND t.id = d.table_id
            WHERE d.store_id = $1 AND d.id = $2 FOR UPDATE OF d"#,
        store.0,
        id.0,
        now,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| Device {
        table: TableId(r.table_id),
        table_number: r.table_number,
        credential_hash: r.credential_hash,
        previous_credential_hash: r.previous_credential_hash,
        rotated_at: r.rotated_at,
        usable: r.usable,
    }))
}

/// Gives a device its next credential. `previous` stays good until `next` is first used.
///
/// # Errors
/// Database errors only.
pub async fn rotate_device(
    conn: &mut PgConnection,
    device: &NewDevice<'_>,
    previous: &[u8],
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE devices SET credential_hash = $3, previous_credential_hash = $4, last_seen_at = $5, rotated_at = $5, expires_at = $6,
                app_version = coalesce($7, app_version)
          WHERE store_id = $1 AND id = $2",
        device.store.0,
        device.id.0,
        device.credential_hash,
        previous,
        now,
        device.expires_at,
        device.app_version,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Ends a device's credentials, everywhere. False: it had ended before.
///
/// # Errors
/// Database errors only.
pub async fn revoke_device(
    conn: &mut PgConnection,
    store: StoreId,
    id: DeviceId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let updated = sqlx::query!(
        "UPDATE devices SET revoked_at = $3 WHERE store_id = $1 AND id = $2 AND revoked_at IS NULL",
        store.0,
        id.0,
        now,
    )
    .execute(&mut *conn)
    .await?;
    revoke(conn, store, id.0, i32::MAX, now).await?;
    Ok(updated.rows_affected() == 1)
}

/// Refuses the subject's tokens below a version from now on.
///
/// # Errors
/// Database errors only.
pub async fn revoke(
    conn: &mut PgConnection,
    store: StoreId,
    subject: Uuid,
    min_version: i32,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO revocations (store_id, subject_id, min_version, revoked_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (store_id, subject_id) DO UPDATE
           SET min_version = greatest(revocations.min_version, excluded.min_version), revoked_at = excluded.revoked_at",
        store.0,
        subject,
        min_version,
        now,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Ends every token of a user that was issued so far. Answers the version of those to come; `None`: no such user.
///
/// # Errors
/// Database errors only.
pub async fn end_user_tokens(
    conn: &mut PgConnection,
    store: StoreId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Option<i32>> {
    let version = sqlx::query_scalar!(
        "UPDATE users SET credential_version = credential_version + 1 WHERE store_id = $1 AND id = $2 RETURNING credential_version",
        store.0,
        user.0,
    )
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(version) = version {
        revoke(conn, store, user.0, version, now).await?;
    }
    Ok(version)
}

/// A credential that ended early.
#[derive(Debug, Clone, Copy)]
pub struct Revocation {
    /// Its store.
    pub store: StoreId,
    /// User or device.
    pub subject: Uuid,
    /// Tokens of a lower version are refused.
    pub min_version: i32,
}

/// The revocations since an instant, of every store: what an instance keeps in memory.
///
/// # Errors
/// Database errors only.
pub async fn revocations_since(conn: &mut PgConnection, since: DateTime<Utc>) -> Result<Vec<Revocation>> {
    sqlx::query_as!(
        Revocation,
        r#"SELECT store_id AS "store: StoreId", subject_id AS subject, min_version FROM revocations WHERE revoked_at >= $1"#,
        since,
    )
    .fetch_all(conn)
    .await
}

/// Forgets the revocations of all stores before an instant: the tokens that they ended have expired since.
///
/// # Errors
/// Database errors only.
pub async fn forget_revocations(conn: &mut PgConnection, before: DateTime<Utc>) -> Result<u64> {
    let gone = sqlx::query!("DELETE FROM revocations WHERE revoked_at < $1", before).execute(conn).await?;
    Ok(gone.rows_affected())
}

/// A device was there.
#[derive(Debug)]
pub struct Sighting {
    /// Its store.
    pub store: StoreId,
    /// The device.
    pub device: DeviceId,
    /// When.
    pub at: DateTime<Utc>,
    /// The app's version, if it said so.
    pub version: Option<String>,
}

/// Notes when devices of all stores were last seen. Skips those that somebody else is changing: that counts too.
///
/// # Errors
/// Database errors only.
pub async fn note_sightings(conn: &mut PgConnection, sightings: &[Sighting]) -> Result<()> {
    let stores: Vec<Uuid> = sightings.iter().map(|s| s.store.0).collect();
    let devices: Vec<Uuid> = sightings.iter().map(|s| s.device.0).collect();
    let times: Vec<DateTime<Utc>> = sightings.iter().map(|s| s.at).collect();
    let versions: Vec<Option<String>> = sightings.iter().map(|s| s.version.clone()).collect();
    sqlx::query!(
        "WITH seen AS (
             SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) AS s (store_id, id, at, version)
         ), free AS (
             SELECT d.store_id, d.id FROM devices d JOIN seen s ON s.store_id = d.store_id AND s.id = d.id
              WHERE d.last_seen_at < s.at FOR NO KEY UPDATE OF d SKIP LOCKED
         )
         UPDATE devices d SET last_seen_at = s.at, app_version = coalesce(s.version, d.app_version)
           FROM free f JOIN seen s ON s.store_id = f.store_id AND s.id = f.id
          WHERE d.store_id = f.store_id AND d.id = f.id",
        &stores,
        &devices,
        &times,
        &versions as &[Option<String>],
    )
    .execute(conn)
    .await
    .map(drop)
}
