//! What a guest's device does with orders.

use actix_web::web::{Data, Json, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;
use shared_types::orders::{NewOrder, Order, OrderPage};
use shared_types::{ErrorCode, IdempotencyKey};
use utoipa::IntoParams;

use super::place;
use crate::app::AppState;
use crate::auth::TableCaller;
use crate::error::Result;
use crate::http::encoded::Kind;
use crate::http::{page_limit, parse_cursor};

/// Nothing of a party's orders stays in a browser that the next one uses.
const KIND: Kind = Kind { cache: "no-store", ..Kind::PRIVATE_JSON };

/// Place an order
///
/// Exactly once per `Idempotency-Key`: the same key with the same body answers the same order again.
#[utoipa::path(tag = "orders", request_body = NewOrder, security(("table" = [])),
    params(("Idempotency-Key" = uuid::Uuid, Header, description = "Minted once per intent to order and kept until acknowledged")),
    responses(
        (status = 201, body = Order, headers(("Idempotent-Replayed" = bool, description = "Present when the order was placed before"))),
        (status = 400, description = "`empty_cart`, `idempotency_key_required`, or options that break the dish's rules."),
        (status = 409, description = "`cart_changed` with the differences, `idempotency_conflict`, or `too_many_orders`."),
        (status = 503, description = "`unavailable`: not ordered, or not known; repeating with the same key is safe.")))]
#[post("/api/orders")]
pub async fn create(
    state: Data<AppState>,
    request: HttpRequest,
    caller: TableCaller,
    body: Json<NewOrder>,
) -> Result<HttpResponse> {
    let key = request
        .headers()
        .get("Idempotency-Key")
        .and_then(|value| value.to_str().ok()?.trim().parse::<IdempotencyKey>().ok());
    let key = key.ok_or(ErrorCode::IdempotencyKeyRequired)?;
    let (order, replayed) = place::place(&state, &caller, key, &body).await?;
    let mut response = HttpResponse::Created();
    if replayed {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
    Ok(response.json(order))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Orders on the page, 1 to 100; 50 unless given.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9]{1,17}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    cursor: Option<String>,
}

/// The current party's orders, newest first
#[utoipa::path(tag = "orders", params(Page, ("If-None-Match" = Option<String>, Header, description = "The `ETag` that the caller has")), security(("table" = [])), responses(
    (status = 200, body = OrderPage, headers(("ETag" = String, description = "Of a first page; strong, one per encoding"))), (status = 304, description = "Not changed")))]
#[get("/api/orders")]
pub async fn list(
    state: Data<AppState>,
    request: HttpRequest,
    caller: TableCaller,
    page: Query<Page>,
) -> Result<HttpResponse> {
    let limit = page_limit(page.limit, 50)?;
    let cursor = parse_cursor(page.cursor.as_deref())?;
    let now = state.clock.now();
    let mut conn = state.pool.acquire().await?;
    let (last, session) = db::orders::position_of_table(&mut conn, caller.store, caller.table, now).await?;
    drop(conn);
    let Some(session) = session else { return Ok(HttpResponse::Ok().json(OrderPage::default())) };
    let house = state.houses.at(&state.pool, caller.store, last).await?;
    if cursor.is_some() {
        return Ok(HttpResponse::Ok().json(house.page(session, cursor, limit)));
    }
    Ok(house.first_page(session, limit)?.answer(&request, KIND))
}
