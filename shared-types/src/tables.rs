//! Tables: as the board sees them, and as managers set them up.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::errors::FieldErrors;
use crate::{DeviceId, ErrorCode, Money, SessionId, TableId, text};

/// A table and, while a party sits there, its open session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardTable {
    /// The table.
    pub id: TableId,
    /// Its number, as written on it.
    #[cfg_attr(feature = "openapi", schema(example = "7"))]
    pub table_number: String,
    /// The party's stay; absent while the table is free.
    pub session: Option<TableSession>,
}

/// One party's stay: opened by its first order, closed when staff finish the table or it expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableSession {
    /// The stay.
    pub id: SessionId,
    /// When the first order opened it, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub opened_at: DateTime<Utc>,
    /// When it last ordered, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub last_order_at: DateTime<Utc>,
}

/// A table in the manager's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdminTable {
    /// The table.
    pub id: TableId,
    /// Its number, as written on it.
    #[cfg_attr(feature = "openapi", schema(example = "7"))]
    pub table_number: String,
    /// The party's stay; absent while the table is free.
    pub session: Option<TableSession>,
    /// Orders of the stay.
    pub order_count: i64,
    /// Their sum.
    pub total_amount: Money,
    /// Devices that are signed in here.
    pub device_count: i64,
}

/// `GET /api/admin/tables`, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableList {
    /// Every table.
    pub tables: Vec<AdminTable>,
}

/// `POST /api/admin/tables`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTable {
    /// 1 to 20 characters, unique in the store; upper and lower case are the same.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20, example = "13"))]
    pub table_number: String,
    /// 8 characters to 72 bytes.
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 8, max_length = 72, example = "TABLE013")
    )]
    pub password: String,
}

/// `PUT /api/admin/tables/{id}`: what is absent stays. A new password signs the table's devices out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableUpdate {
    /// See [`NewTable::table_number`].
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20, nullable = false))]
    pub table_number: Option<String>,
    /// See [`NewTable::password`].
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(format = Password, min_length = 8, max_length = 72, nullable = false)
    )]
    pub password: Option<String>,
}

impl NewTable {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.text("table_number", &self.table_number, text::TABLE_NUMBER_MAX);
        check_new_password(&mut errors, "password", &self.password);
        errors
    }
}

impl TableUpdate {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Some(number) = &self.table_number {
            errors.text("table_number", number, text::TABLE_NUMBER_MAX);
        }
        if let Some(password) = &self.password {
            check_new_password(&mut errors, "password", password);
        }
        errors
    }
}

/// The one rule for a password that is being set: 8 characters to 72 bytes (what bcrypt reads).
pub fn check_new_password(errors: &mut FieldErrors, field: &str, password: &str) {
    if password.chars().count() < text::PASSWORD_MIN {
        errors.add(field, ErrorCode::TooShort);
    } else if password.len() > text::PASSWORD_MAX_BYTES {
        errors.add(field, ErrorCode::TooLong);
    } else if password.contains('\0') {
        errors.add(field, ErrorCode::InvalidFormat);
    }
}

/// Answer to `POST /api/admin/tables/{id}/complete`: the stay that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompletedSession {
    /// The stay.
    pub session_id: SessionId,
    /// How many orders moved to history.
    pub orders: i64,
    /// Their sum.
    pub total_amount: Money,
    /// When, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub completed_at: DateTime<Utc>,
}

/// The optional body of `POST /api/admin/tables/{id}/complete`: whose stay ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FinishSession {
    /// The stay that the manager saw. If another party sits there by now, or none: `409 no_open_session`, nothing is
    /// changed. Absent: whoever sits there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
}

/// `POST /api/admin/tables/{id}/move`: the party moves, its orders with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveSession {
    /// A free table.
    pub to_table_id: TableId,
    /// The stay that the manager saw. If another party sits there by now, or none: `409 no_open_session`, nothing is
    /// changed. Absent: whoever sits there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
}

/// A device that is signed in at a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// The device.
    pub id: DeviceId,
    /// What staff call it.
    pub label: Option<String>,
    /// The app's version when it was last seen.
    pub app_version: Option<String>,
    /// When staff signed it in, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
    /// When it was last seen, UTC, to the minute.
    #[serde(deserialize_with = "crate::instant::read")]
    pub last_seen_at: DateTime<Utc>,
}

/// Whether a device can still order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DeviceStatus {
    /// Signed in.
    Active,
    /// It has not been there for 180 days.
    Expired,
    /// Signed out, by itself or by a manager.
    Revoked,
}

/// A device of the store, at whichever table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreDevice {
    /// The device.
    pub id: DeviceId,
    /// Its table.
    pub table_id: TableId,
    /// That table's number.
    #[cfg_attr(feature = "openapi", schema(example = "7"))]
    pub table_number: String,
    /// What staff call it.
    pub label: Option<String>,
    /// The app's version when it was last seen.
    pub app_version: Option<String>,
    /// When staff signed it in, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
    /// When it was last seen, UTC, to the minute.
    #[serde(deserialize_with = "crate::instant::read")]
    pub last_seen_at: DateTime<Utc>,
    /// Whether it can still order.
    pub status: DeviceStatus,
    /// When it was signed out, UTC.
    #[serde(default, deserialize_with = "crate::instant::read_optional")]
    pub revoked_at: Option<DateTime<Utc>>,
}

/// `GET /api/admin/devices`, the last that staff have signed in first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DevicePage {
    /// The devices of this page.
    pub devices: Vec<StoreDevice>,
    /// For the next page.
    pub next_cursor: Option<String>,
}

/// `GET /api/admin/tables/{id}/devices`, last seen first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceList {
    /// Devices that are signed in.
    pub devices: Vec<Device>,
}
