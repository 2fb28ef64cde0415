//! Figures of a business day.

use shared_types::reports::DayReport;

use crate::api::{Failure, Request, query_value};

/// `GET /api/admin/reports/day`: of a business day, `2026-11-22`; of today where `date` is empty.
///
/// # Errors
/// 401, or no answer.
pub async fn day(date: String) -> Result<DayReport, Failure> {
    let mut path = "/api/admin/reports/day".to_owned();
    if !date.is_empty() {
        path.extend(["?date=", &query_value(&date)]);
    }
    Request::get(path).json().await
}
