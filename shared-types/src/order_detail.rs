//! One order with everything that happened to it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::orders::{OrderItem, OrderStatus};
use crate::{Money, OrderId, SessionId, TableId, UserId};

/// `GET /api/admin/orders/{id}` and `…/find`: of an open stay or a past one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderDetail {
    /// The order.
    pub id: OrderId,
    /// `ORD-YYYYMMDD-NNNN`.
    #[cfg_attr(feature = "openapi", schema(example = "ORD-20261122-0042"))]
    pub order_number: String,
    /// The business day that it counts for.
    #[serde(deserialize_with = "crate::instant::read_day")]
    pub business_date: NaiveDate,
    /// The table.
    pub table_id: TableId,
    /// Its number; of a past stay, its number then.
    #[cfg_attr(feature = "openapi", schema(example = "7"))]
    pub table_number: String,
    /// The stay.
    pub session_id: SessionId,
    /// How far it got.
    pub status: OrderStatus,
    /// The sum of its items.
    pub total_amount: Money,
    /// A word to the kitchen.
    pub note: Option<String>,
    /// When it was placed, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
    /// When its stay ended, UTC; absent while it goes on.
    #[serde(default, deserialize_with = "crate::instant::read_optional")]
    pub completed_at: Option<DateTime<Utc>>,
    /// Its lines.
    pub items: Vec<OrderItem>,
    /// What happened to it, in order; the first step is the guest's.
    pub timeline: Vec<TimelineStep>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineStep {
    /// To which status.
    pub status: OrderStatus,
    /// Who; absent: the guest.
    pub user_id: Option<UserId>,
    /// That manager's name.
    pub username: Option<String>,
    /// Why, for a step back.
    pub reason: Option<String>,
    /// When, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
}
