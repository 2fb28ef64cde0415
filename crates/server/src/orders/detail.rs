//! One order with everything that happened to it, open or past.

use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use chrono::{Datelike as _, NaiveDate};
use db::order_detail::Which;
use serde::Deserialize;
use shared_types::order_detail::OrderDetail;
use shared_types::{ErrorCode, OrderId};
use utoipa::IntoParams;

use crate::app::AppState;
use crate::auth::AdminCaller;
use crate::error::{AppError, Result};

/// One order with its timeline
///
/// Of an open stay or a past one; a removed one is in the audit log.
#[utoipa::path(tag = "orders", security(("admin" = [])), params(("id" = OrderId, Path)), responses(
    (status = 200, body = OrderDetail)))]
#[get("/api/admin/orders/{id}")]
pub async fn read(
    state: Data<AppState>,
    caller: AdminCaller,
    id: Path<OrderId>,
) -> Result<Json<OrderDetail>> {
    look(&state, &caller, Which::Id(*id)).await
}

/// Which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindOrder {
    /// `ORD-20261122-0042`, or the end of it as people say it: `42`.
    #[param(pattern = "^(ORD-[0-9]{8}-)?[0-9]{1,7}$", example = "42")]
    order_number: String,
    /// The business day of a number that does not say it; today unless given.
    date: Option<NaiveDate>,
}

/// An order by its number
#[utoipa::path(tag = "orders", security(("admin" = [])), params(FindOrder), responses(
    (status = 200, body = OrderDetail), (status = 404, description = "`not_found`")))]
#[get("/api/admin/orders/find")]
pub async fn find(
    state: Data<AppState>,
    caller: AdminCaller,
    asked: Query<FindOrder>,
) -> Result<Json<OrderDetail>> {
    let date = match asked.date {
        Some(date) => date,
        None => {
            let now = state.clock.now();
            db::stores::business_date(&mut *state.pool.acquire().await?, caller.store, now).await?
        }
    };
    let (number, date) = number(asked.order_number.trim(), date)
        .ok_or_else(|| AppError::field("order_number", ErrorCode::InvalidFormat))?;
    look(&state, &caller, Which::Number(&number, date)).await
}

/// The whole number and the business date that it says.
fn number(text: &str, date: NaiveDate) -> Option<(String, NaiveDate)> {
    let (date, end) = match text.strip_prefix("ORD-") {
        Some(rest) => {
            let (day, end) = rest.split_once('-')?;
            let digits = day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit());
            // A day that no calendar has names no order; any other will do to find none.
            (
                if digits {
                    NaiveDate::parse_from_str(day, "%Y%m%d").unwrap_or_default()
                } else {
                    return None;
                },
                end,
            )
        }
        None => (date, text),
    };
    let digits = (1..=7).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_digit());
    let fits = digits && (0..=9999).contains(&date.year());
    let end = end.trim_start_matches('0');
    fits.then(|| (format!("ORD-{}-{end:0>4}", date.format("%Y%m%d")), date))
}

async fn look(state: &AppState, caller: &AdminCaller, which: Which<'_>) -> Result<Json<OrderDetail>> {
    let found = db::order_detail::find(&mut *state.pool.acquire().await?, caller.store, which).await?;
    Ok(Json(found.ok_or(ErrorCode::NotFound)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_say_them() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let whole = |text: &str| number(text, date).map(|(number, _)| number);
        for (text, expected) in [
            ("42", Some("ORD-20261122-0042")),
            ("0042", Some("ORD-20261122-0042")),
            ("12345", Some("ORD-20261122-12345")),
            ("ORD-20261120-0042", Some("ORD-20261120-0042")),
            ("ORD-20261120-42", Some("ORD-20261120-0042")),
            ("ORD-2026-0042", None),
            ("", None),
            ("4x", None),
            ("12345678", None),
        ] {
            assert_eq!(whole(text).as_deref(), expected, "{text}");
        }
    }
}
