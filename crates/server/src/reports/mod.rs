//! Figures for managers.

mod sheet;

use actix_web::web::{Data, Json, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use shared_types::ErrorCode;
use shared_types::reports::DayReport;
use utoipa::IntoParams;

use crate::app::AppState;
use crate::auth::AdminCaller;
use crate::error::{AppError, Result};
use crate::http::language;

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportFilter {
    /// The business day; today unless given.
    date: Option<NaiveDate>,
}

/// The figures of a business day
///
/// Open stays and past ones, as of one moment. A removed order counts nowhere.
#[utoipa::path(tag = "reports", security(("admin" = [])), params(ReportFilter), responses(
    (status = 200, body = DayReport),
    (status = 400, description = "`validation_failed`: a year of more than four digits.")))]
#[get("/api/admin/reports/day")]
pub async fn day(
    state: Data<AppState>,
    caller: AdminCaller,
    asked: Query<ReportFilter>,
) -> Result<Json<DayReport>> {
    Ok(Json(read(&state, &caller, asked.date).await?))
}

/// The figures of a business day for a spreadsheet
///
/// In Korean or English, by `Accept-Language`.
#[utoipa::path(tag = "reports", security(("admin" = [])), params(ReportFilter), responses(
    (status = 200, description = "CSV: UTF-8 with a byte order mark", content_type = "text/csv", body = String,
        example = json!("구분,항목,방문,주문,수량,매출,평균(초),90%(초)")),
    (status = 400, description = "`validation_failed`: a year of more than four digits.")))]
#[get("/api/admin/reports/day.csv")]
pub async fn day_csv(
    state: Data<AppState>,
    request: HttpRequest,
    caller: AdminCaller,
    asked: Query<ReportFilter>,
) -> Result<HttpResponse> {
    let report = read(&state, &caller, asked.date).await?;
    Ok(sheet::of(&report, language(&request)).answer(&format!("day-{}.csv", report.date)))
}

async fn read(state: &AppState, caller: &AdminCaller, date: Option<NaiveDate>) -> Result<DayReport> {
    if date.is_some_and(|date| !(0..=9999).contains(&date.year())) {
        return Err(AppError::field("date", ErrorCode::OutOfRange));
    }
    let now = state.clock.now();
    let report = db::reports::day(&mut *state.pool.acquire().await?, caller.store, date, now).await?;
    report.ok_or_else(|| AppError::internal("a token without a store"))
}
