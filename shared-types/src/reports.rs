//! Figures of a business day.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{MenuId, Money};

/// `GET /api/admin/reports/day`: what a business day has brought so far. Removed orders count nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayReport {
    /// The business day.
    #[serde(deserialize_with = "crate::instant::read_day")]
    pub date: NaiveDate,
    /// Everything that was ordered on it: `finished` and `open` together.
    pub total: DaySum,
    /// Of stays that have ended.
    pub finished: DaySum,
    /// Of stays that still go on.
    pub open: DaySum,
    /// The 24 hours of the day in its order; those without orders too.
    pub hours: Vec<HourSum>,
    /// Every dish that was ordered, the most often ordered first.
    pub dishes: Vec<DishSum>,
    /// How long the orders took that are completed; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparation: Option<Preparation>,
}

/// Orders and what they cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaySum {
    /// Stays that ordered on this day.
    pub sessions: i64,
    /// Orders.
    pub orders: i64,
    /// Their sum.
    pub sales: Money,
}

/// One hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HourSum {
    /// When it begins, in the store's time zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "18:00:00"))]
    #[serde(deserialize_with = "crate::instant::read_time")]
    pub starts_at: NaiveTime,
    /// Orders that were placed in it.
    pub orders: i64,
    /// Their sum.
    pub sales: Money,
}

/// One dish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DishSum {
    /// The dish; it may be gone from the menu.
    pub menu_id: MenuId,
    /// What it was called in the last of these orders.
    #[cfg_attr(feature = "openapi", schema(example = "소불고기"))]
    pub menu_name: String,
    /// How many.
    pub quantity: i64,
    /// What they cost, options included.
    pub sales: Money,
}

/// From placing to the last `completed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preparation {
    /// Completed orders.
    pub orders: i64,
    /// Seconds, on average, rounded.
    #[cfg_attr(feature = "openapi", schema(example = 540))]
    pub average_seconds: i64,
    /// Nine of ten took no longer than this, in seconds.
    #[cfg_attr(feature = "openapi", schema(example = 900))]
    pub p90_seconds: i64,
}
