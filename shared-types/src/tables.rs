//! Tables as the board sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{SessionId, TableId};

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
    pub opened_at: DateTime<Utc>,
    /// When it last ordered, UTC.
    pub last_order_at: DateTime<Utc>,
}
