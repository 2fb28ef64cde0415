//! The store's settings, its users, and the audit log.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::errors::FieldErrors;
use crate::tables::check_new_password;
use crate::{ErrorCode, StoreId, UserId, text};

/// `GET /api/admin/store`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreSettings {
    /// The store.
    pub id: StoreId,
    /// Typed on login screens; cannot be changed.
    #[cfg_attr(feature = "openapi", schema(example = "demo"))]
    pub code: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(example = "맛있는 식당"))]
    pub name: String,
    /// ISO 4217; cannot be changed.
    #[cfg_attr(feature = "openapi", schema(example = "KRW"))]
    pub currency: String,
    /// IANA time zone.
    #[cfg_attr(feature = "openapi", schema(example = "Asia/Seoul"))]
    pub timezone: String,
    /// When the business day begins, local time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "05:00:00"))]
    #[serde(deserialize_with = "crate::instant::read_time")]
    pub day_starts_at: NaiveTime,
    /// A stay ends so long after its first order, 30 to 2880.
    pub session_max_minutes: i32,
    /// A stay ends so long after its last order, 10 to 2880.
    pub session_idle_minutes: i32,
    /// A waiting order is shown as a warning after so long, 1 to 240.
    pub warn_after_minutes: i32,
    /// A waiting order is shown as late after so long; not before the warning, at most 480.
    pub late_after_minutes: i32,
}

/// `PUT /api/admin/store`: everything that can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreUpdate {
    /// 1 to 100 characters, unique.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, example = "맛있는 식당"))]
    pub name: String,
    /// See [`StoreSettings::timezone`].
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64, example = "Asia/Seoul"))]
    pub timezone: String,
    /// See [`StoreSettings::day_starts_at`].
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "05:00:00"))]
    pub day_starts_at: NaiveTime,
    /// See [`StoreSettings::session_max_minutes`].
    #[cfg_attr(feature = "openapi", schema(minimum = 30, maximum = 2880, example = 960))]
    pub session_max_minutes: i32,
    /// See [`StoreSettings::session_idle_minutes`].
    #[cfg_attr(feature = "openapi", schema(minimum = 10, maximum = 2880, example = 120))]
    pub session_idle_minutes: i32,
    /// See [`StoreSettings::warn_after_minutes`].
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 240, example = 5))]
    pub warn_after_minutes: i32,
    /// See [`StoreSettings::late_after_minutes`].
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 480, example = 10))]
    pub late_after_minutes: i32,
}

impl StoreUpdate {
    /// What is wrong with the fields; whether the time zone exists, only the server knows.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.text("name", &self.name, 100);
        errors.text("timezone", &self.timezone, 64);
        let bounds = [
            ("session_max_minutes", self.session_max_minutes, 30..=2880),
            ("session_idle_minutes", self.session_idle_minutes, 10..=2880),
            ("warn_after_minutes", self.warn_after_minutes, 1..=240),
            ("late_after_minutes", self.late_after_minutes, self.warn_after_minutes.max(1)..=480),
        ];
        for (field, value, bounds) in bounds {
            if !bounds.contains(&value) {
                errors.add(field, ErrorCode::OutOfRange);
            }
        }
        errors
    }
}

/// A manager account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// The account.
    pub id: UserId,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(example = "admin"))]
    pub username: String,
    /// False: cannot sign in.
    pub is_active: bool,
    /// Locked until then after wrong passwords, UTC.
    #[serde(default, deserialize_with = "crate::instant::read_optional")]
    pub locked_until: Option<DateTime<Utc>>,
    /// Since when, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
}

/// `GET /api/admin/users`, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserList {
    /// Every account, disabled ones too.
    pub users: Vec<User>,
}

/// `POST /api/admin/users`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUser {
    /// 1 to 50 characters, unique in the store; upper and lower case are the same.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50, example = "manager"))]
    pub username: String,
    /// 8 characters to 72 bytes.
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 8, max_length = 72, example = "a-good-password")
    )]
    pub password: String,
}

impl NewUser {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.text("username", &self.username, text::USERNAME_MAX);
        check_new_password(&mut errors, "password", &self.password);
        errors
    }
}

/// `PUT /api/admin/users/{id}`: what is absent stays. Disabling, or a new password, ends every login of the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserUpdate {
    /// False: cannot sign in.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub is_active: Option<bool>,
    /// See [`NewUser::password`].
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 8, max_length = 72, nullable = false)
    )]
    pub password: Option<String>,
}

impl UserUpdate {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Some(password) = &self.password {
            check_new_password(&mut errors, "password", password);
        }
        errors
    }
}

/// `PUT /api/admin/password`: one's own. Ends every other login of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// The password of today.
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 1, max_length = 72, example = "a-good-password")
    )]
    pub current_password: String,
    /// 8 characters to 72 bytes.
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 8, max_length = 72, example = "a-better-password")
    )]
    pub new_password: String,
}

impl PasswordChange {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        crate::auth::check_password(&mut errors, "current_password", &self.current_password);
        check_new_password(&mut errors, "new_password", &self.new_password);
        errors
    }
}

/// One change that a manager made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// The entry.
    pub id: Uuid,
    /// Who; absent for the command line and the server itself.
    pub user_id: Option<UserId>,
    /// Their name.
    pub username: Option<String>,
    /// What was done.
    #[cfg_attr(feature = "openapi", schema(example = "delete"))]
    pub action: String,
    /// To what kind of thing.
    #[cfg_attr(feature = "openapi", schema(example = "order"))]
    pub entity: String,
    /// To which one.
    pub entity_id: Uuid,
    /// How it was.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
    pub before: Option<RawJson>,
    /// How it is.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
    pub after: Option<RawJson>,
    /// Why, in their words.
    pub reason: Option<String>,
    /// In which request.
    pub request_id: Option<String>,
    /// When, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
}

/// A JSON value that is passed on as it is.
pub type RawJson = serde_json::Value;

/// `GET /api/admin/audit`, newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// This page.
    pub entries: Vec<AuditEntry>,
    /// `?cursor=` of the next page; absent on the last.
    pub next_cursor: Option<String>,
}
