//! Calling staff (직원 호출).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::errors::FieldErrors;
use crate::{CallId, TableId, text, text_enum};

/// What the guest wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CallKind {
    /// Somebody, please.
    Help,
    /// Water.
    Water,
    /// Cutlery and plates.
    Cutlery,
    /// The bill.
    Bill,
}

text_enum!(CallKind { Help => "help", Water => "water", Cutlery => "cutlery", Bill => "bill" });

/// `POST /api/calls`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCall {
    /// What the guest wants.
    pub kind: CallKind,
    /// In the guest's words, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200, example = "두 잔이요"))]
    pub note: Option<String>,
}

impl NewCall {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Some(note) = &self.note {
            errors.optional_text("note", note, text::NOTE_MAX);
        }
        errors
    }
}

/// A call: open until someone acknowledges it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Call {
    /// The call.
    pub id: CallId,
    /// The table that calls.
    pub table_id: TableId,
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(example = "7"))]
    pub table_number: String,
    /// What the guest wants.
    pub kind: CallKind,
    /// In the guest's words.
    pub note: Option<String>,
    /// Since when, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
    /// When someone took it, UTC.
    #[serde(default, deserialize_with = "crate::instant::read_optional")]
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// `GET /api/admin/calls`: the open calls, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallList {
    /// Open calls, oldest first.
    pub calls: Vec<Call>,
}
