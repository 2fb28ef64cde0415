//! Access tokens: JWT, HS256 pinned, one audience per app.

use chrono::{DateTime, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use shared_types::auth::TOKEN_SECONDS;
use shared_types::{ErrorCode, StoreId, TableId};
use uuid::Uuid;

use crate::config::AuthConfig;
use crate::error::{AppError, Result};

const ISSUER: &str = "tableorder";

/// Whom a token is for. Each app's paths accept only its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A manager.
    Admin,
    /// A device at a table.
    Table,
}

impl Role {
    fn audience(self) -> &'static str {
        match self {
            Self::Admin => "tableorder-admin",
            Self::Table => "tableorder-table",
        }
    }
}

/// What a token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    iat: i64,
    /// Seconds since 1970.
    pub exp: i64,
    /// User or device.
    pub sub: Uuid,
    /// The only store that the token reaches.
    pub store_id: StoreId,
    /// The only table, for devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_id: Option<TableId>,
    /// Which app.
    pub role: Role,
    /// The version of the credentials under which it was issued.
    pub ver: i32,
    /// This one login of a manager; a device is its own login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<Uuid>,
}

impl Claims {
    /// When the token ends.
    #[must_use]
    pub fn expires_at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.exp, 0).unwrap_or_default()
    }
}

/// A token to be.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    /// User or device.
    pub subject: Uuid,
    /// Its store.
    pub store: StoreId,
    /// Its table, for devices.
    pub table: Option<TableId>,
    /// Which app.
    pub role: Role,
    /// The version of its credentials.
    pub version: i32,
}

/// The keys that sign and check.
pub struct Tokens {
    sign: EncodingKey,
    check: Vec<DecodingKey>,
}

impl Tokens {
    /// Signs with the secret; checks with it and with the previous one.
    #[must_use]
    pub fn new(config: &AuthConfig) -> Self {
        let secrets = std::iter::once(&config.secret).chain(&config.previous_secret);
        Self {
            sign: EncodingKey::from_secret(config.secret.expose_secret().as_bytes()),
            check: secrets.map(|s| DecodingKey::from_secret(s.expose_secret().as_bytes())).collect(),
        }
    }

    /// A signed token and when it ends.
    ///
    /// # Errors
    /// `internal` if signing fails.
    pub fn issue(&self, grant: Grant, now: DateTime<Utc>) -> Result<(String, DateTime<Utc>)> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: grant.role.audience().to_owned(),
            iat: now.timestamp(),
            exp: now.timestamp() + TOKEN_SECONDS,
            sub: grant.subject,
            store_id: grant.store,
            table_id: grant.table,
            role: grant.role,
            ver: grant.version,
            jti: (grant.role == Role::Admin).then(Uuid::now_v7),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign)
            .map_err(AppError::internal)?;
        Ok((token, claims.expires_at()))
    }

    /// The claims of a token that is genuine, for this app, and not out of date.
    ///
    /// # Errors
    /// `unauthenticated`, `token_expired`, or `forbidden` when it is the other app's.
    pub fn check(&self, token: &str, role: Role, now: DateTime<Utc>) -> Result<Claims> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[Role::Admin.audience(), Role::Table.audience()]);
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // Compared below with the clock that is passed in.
        rules.validate_exp = false;
        let mut result = Err(ErrorKind::InvalidToken.into());
        for key in &self.check {
            result = jsonwebtoken::decode::<Claims>(token, key, &rules);
            if result.is_ok() {
                break;
            }
        }
        let claims = result.map_err(|_| AppError::new(ErrorCode::Unauthenticated))?.claims;
        if claims.exp <= now.timestamp() {
            return Err(ErrorCode::TokenExpired.into());
        }
        if claims.role != role || claims.aud != role.audience() {
            return Err(ErrorCode::Forbidden.into());
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "an-old-secret-of-at-least-thirty-two-bytes";
    const NEW: &str = "a-new-secret-of-at-least-thirty-two-bytes!";

    fn tokens(secret: &str, previous: Option<&str>) -> Tokens {
        Tokens::new(&AuthConfig {
            secret: secret.to_owned().into(),
            previous_secret: previous.map(|p| p.to_owned().into()),
            bcrypt_cost: 4,
        })
    }

    fn grant(role: Role) -> Grant {
        Grant {
            subject: Uuid::from_u128(1),
            store: StoreId(Uuid::from_u128(2)),
            table: None,
            role,
            version: 1,
        }
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn code(result: Result<Claims>) -> ErrorCode {
        result.unwrap_err().code
    }

    #[test]
    fn lives_sixteen_hours() {
        let tokens = tokens(NEW, None);
        let (token, end) = tokens.issue(grant(Role::Admin), now()).unwrap();
        assert_eq!((end - now()).num_hours(), 16);
        assert!(tokens.check(&token, Role::Admin, end - chrono::TimeDelta::seconds(1)).is_ok());
        assert_eq!(code(tokens.check(&token, Role::Admin, end)), ErrorCode::TokenExpired);
    }

    #[test]
    fn one_audience_each() {
        let tokens = tokens(NEW, None);
        let (token, _) = tokens.issue(grant(Role::Table), now()).unwrap();
        assert_eq!(code(tokens.check(&token, Role::Admin, now())), ErrorCode::Forbidden);
    }

    #[test]
    fn a_replaced_secret_still_checks_but_no_longer_signs() {
        let (token, _) = tokens(OLD, None).issue(grant(Role::Admin), now()).unwrap();
        assert!(tokens(NEW, Some(OLD)).check(&token, Role::Admin, now()).is_ok());
        assert_eq!(code(tokens(NEW, None).check(&token, Role::Admin, now())), ErrorCode::Unauthenticated);
    }

    #[test]
    fn refuses_another_algorithm_and_no_signature() {
        let tokens = tokens(NEW, None);
        let claims = Claims {
            iss: ISSUER.into(),
            aud: Role::Admin.audience().into(),
            iat: 0,
            exp: i64::MAX,
            sub: Uuid::nil(),
            store_id: StoreId(Uuid::nil()),
            table_id: None,
            role: Role::Admin,
            ver: 1,
            jti: None,
        };
        let longer = jsonwebtoken::encode(
            &Header::new(Algorithm::HS512),
            &claims,
            &EncodingKey::from_secret(NEW.as_bytes()),
        )
        .unwrap();
        assert_eq!(code(tokens.check(&longer, Role::Admin, now())), ErrorCode::Unauthenticated);
        let (good, _) = tokens.issue(grant(Role::Admin), now()).unwrap();
        let payload = good.split('.').nth(1).unwrap();
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
        assert_eq!(code(tokens.check(&unsigned, Role::Admin, now())), ErrorCode::Unauthenticated);
    }
}
