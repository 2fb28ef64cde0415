//! Signing in: managers by user name, tables by table number. Both name the store by its code.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::errors::FieldErrors;
use crate::{DeviceId, ErrorCode, StoreId, TableId, UserId, text};

/// How long an access token lives: 16 hours.
pub const TOKEN_SECONDS: i64 = 16 * 60 * 60;
/// Wrong passwords until an account is locked.
pub const MAX_FAILED_LOGINS: i32 = 5;
/// How long a lock lasts.
pub const LOCK_MINUTES: i64 = 15;

/// `POST /api/auth/admin-login`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdminLogin {
    /// The store's code.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 3, max_length = 40, pattern = "^[a-z0-9-]{3,40}$", example = "demo")
    )]
    pub store: String,
    /// The user name, unique within the store.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50, example = "admin"))]
    pub username: String,
    /// The password, at most 72 bytes.
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 1, max_length = 72, example = "admin123")
    )]
    pub password: String,
}

/// `POST /api/auth/table-login`: staff do this once per tablet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableLogin {
    /// The store's code.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 3, max_length = 40, pattern = "^[a-z0-9-]{3,40}$", example = "demo")
    )]
    pub store: String,
    /// The table's number; upper and lower case are the same.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20, example = "1"))]
    pub table_number: String,
    /// The table's password, at most 72 bytes.
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 1, max_length = 72, example = "TABLE001")
    )]
    pub password: String,
    /// What staff call this device, shown in the fleet view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 50, example = "창가 태블릿"))]
    pub device_label: Option<String>,
}

/// What both apps need to know of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreInfo {
    /// The store.
    pub id: StoreId,
    /// Its code, as typed on login screens.
    #[cfg_attr(feature = "openapi", schema(example = "demo"))]
    pub code: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(example = "맛있는 식당"))]
    pub name: String,
    /// IANA time zone in which times are shown.
    #[cfg_attr(feature = "openapi", schema(example = "Asia/Seoul"))]
    pub timezone: String,
    /// ISO 4217 code of the currency.
    #[cfg_attr(feature = "openapi", schema(example = "KRW"))]
    pub currency: String,
    /// Minutes after which a waiting order is shown as a warning.
    #[cfg_attr(feature = "openapi", schema(example = 5))]
    pub warn_after_minutes: i32,
    /// Minutes after which a waiting order is shown as late.
    #[cfg_attr(feature = "openapi", schema(example = 10))]
    pub late_after_minutes: i32,
}

/// The manager who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserInfo {
    /// The account.
    pub id: UserId,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(example = "admin"))]
    pub username: String,
}

/// The table that a device is signed in at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableInfo {
    /// The table.
    pub id: TableId,
    /// Its number, as written on it.
    #[cfg_attr(feature = "openapi", schema(example = "1"))]
    pub table_number: String,
    /// The device.
    pub device_id: DeviceId,
}

/// Answer to a manager's login. Browsers also get the token in an `HttpOnly` cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdminToken {
    /// For API clients: `Authorization: Bearer …`.
    pub token: String,
    /// When the token stops working, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub expires_at: DateTime<Utc>,
    /// Seconds until then.
    #[cfg_attr(feature = "openapi", schema(example = 57600))]
    pub expires_in: i64,
    /// Who signed in.
    pub user: UserInfo,
    /// Where.
    pub store: StoreInfo,
}

/// Answer to a table's login and to a refresh. Browsers also get the token, and the long-lived device
/// credential that renews it, in `HttpOnly` cookies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableToken {
    /// For API clients: `Authorization: Bearer …`.
    pub token: String,
    /// When the token stops working, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub expires_at: DateTime<Utc>,
    /// Seconds until then.
    #[cfg_attr(feature = "openapi", schema(example = 57600))]
    pub expires_in: i64,
    /// Where.
    pub store: StoreInfo,
    /// At which table.
    pub table: TableInfo,
}

/// `GET /api/admin/auth/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdminMe {
    /// Who is signed in.
    pub user: UserInfo,
    /// Where.
    pub store: StoreInfo,
    /// When the login ends, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub expires_at: DateTime<Utc>,
}

/// `GET /api/auth/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableMe {
    /// Where.
    pub store: StoreInfo,
    /// At which table.
    pub table: TableInfo,
    /// When the access token ends, UTC; the device credential renews it.
    #[serde(deserialize_with = "crate::instant::read")]
    pub expires_at: DateTime<Utc>,
}

impl AdminLogin {
    /// What is wrong with the fields, before any password is looked at.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        check_store(&mut errors, &self.store);
        errors.text("username", &self.username, text::USERNAME_MAX);
        check_password(&mut errors, "password", &self.password);
        errors
    }
}

impl TableLogin {
    /// What is wrong with the fields, before any password is looked at.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        check_store(&mut errors, &self.store);
        errors.text("table_number", &self.table_number, text::TABLE_NUMBER_MAX);
        check_password(&mut errors, "password", &self.password);
        if let Some(label) = &self.device_label {
            errors.optional_text("device_label", label, text::DEVICE_LABEL_MAX);
        }
        errors
    }
}

fn check_store(errors: &mut FieldErrors, code: &str) {
    let code = code.trim();
    if code.is_empty() {
        errors.add("store", ErrorCode::Required);
    } else if !text::is_store_code(code) {
        errors.add("store", ErrorCode::InvalidFormat);
    }
}

/// A password that is being compared: what cannot have been set is refused before bcrypt is asked.
pub(crate) fn check_password(errors: &mut FieldErrors, field: &str, password: &str) {
    if password.is_empty() {
        errors.add(field, ErrorCode::Required);
    } else if password.len() > text::PASSWORD_MAX_BYTES {
        errors.add(field, ErrorCode::TooLong);
    } else if password.contains('\0') {
        errors.add(field, ErrorCode::InvalidFormat);
    }
}
