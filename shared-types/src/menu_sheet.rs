//! The menu as a sheet: what became of one that was sent.

use serde::{Deserialize, Serialize};

use crate::ErrorCode;

/// Bytes of a sheet, at most.
pub const SHEET_MAX_BYTES: usize = 1024 * 1024;
/// Rows of a sheet, at most, besides its heading.
pub const SHEET_MAX_ROWS: usize = 1000;

/// Answer to `POST /api/admin/menus/import`. With errors nothing was changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportResult {
    /// Whether this was only a trial.
    pub dry_run: bool,
    /// The menu's version now.
    pub version: i64,
    /// Dishes that are new.
    pub created: u32,
    /// Dishes that change.
    pub updated: u32,
    /// Dishes that the sheet leaves as they are.
    pub unchanged: u32,
    /// Everything that is wrong, from top to bottom. Only in a trial.
    pub errors: Vec<SheetError>,
}

/// One thing that is wrong in a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SheetError {
    /// The line of the file on which the row begins; 1 is the heading.
    pub line: u32,
    /// The column by its heading; empty: the row as a whole.
    pub column: String,
    /// What is wrong.
    pub code: ErrorCode,
}
