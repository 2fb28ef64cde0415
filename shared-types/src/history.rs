//! Past stays of a table. History is never edited.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::orders::{OrderItem, OrderStatus};
use crate::{Money, OrderId, SessionId};

/// `GET /api/admin/tables/{id}/history`: ended stays, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryPage {
    /// This page.
    pub sessions: Vec<PastSession>,
    /// `?cursor=` of the next page; absent on the last.
    pub next_cursor: Option<String>,
}

/// One ended stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastSession {
    /// The stay.
    pub session_id: SessionId,
    /// When its first order opened it, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub opened_at: DateTime<Utc>,
    /// When it ended, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub completed_at: DateTime<Utc>,
    /// The sum of its orders.
    pub total_amount: Money,
    /// Its orders, newest first.
    pub orders: Vec<PastOrder>,
}

/// An order of an ended stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastOrder {
    /// The order.
    pub id: OrderId,
    /// `ORD-YYYYMMDD-NNNN`.
    #[cfg_attr(feature = "openapi", schema(example = "ORD-20261122-0042"))]
    pub order_number: String,
    /// The business day that it counts for.
    #[serde(deserialize_with = "crate::instant::read_day")]
    pub business_date: NaiveDate,
    /// The table's number at that time.
    #[cfg_attr(feature = "openapi", schema(example = "7"))]
    pub table_number: String,
    /// How far it got.
    pub status: OrderStatus,
    /// The sum of its items.
    pub total_amount: Money,
    /// A word to the kitchen.
    pub note: Option<String>,
    /// When it was placed, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub ordered_at: DateTime<Utc>,
    /// Its lines.
    pub items: Vec<OrderItem>,
}
