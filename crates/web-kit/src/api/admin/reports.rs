//! Figures of a business day.

use chrono::NaiveDate;
use shared_types::reports::DayReport;

use crate::api::{Failure, Request};

/// `GET /api/admin/reports/day`: of a business day, today's unless one is given.
///
/// # Errors
/// 401, or no answer.
pub async fn day(date: Option<NaiveDate>) -> Result<DayReport, Failure> {
    let query = date.map(|date| format!("?date={date}")).unwrap_or_default();
    Request::get(format!("/api/admin/reports/day{query}")).json().await
}
