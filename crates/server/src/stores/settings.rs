//! The store's settings.

use actix_web::web::{Data, Json};
use actix_web::{get, put};
use shared_types::stores::{StoreSettings, StoreUpdate};
use shared_types::{ErrorCode, StoreId};

use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::{AppError, Result, ensure_valid};

/// The store's settings
#[utoipa::path(tag = "stores", security(("admin" = [])), responses(
    (status = 200, body = StoreSettings)))]
#[get("/api/admin/store")]
pub async fn read(state: Data<AppState>, caller: AdminCaller) -> Result<Json<StoreSettings>> {
    Ok(Json(find(&mut *state.pool.acquire().await?, caller.store).await?))
}

/// Change the store's settings
#[utoipa::path(tag = "stores", request_body = StoreUpdate, security(("admin" = [])), responses(
    (status = 200, body = StoreSettings),
    (status = 409, description = "`name_taken` by another store.")))]
#[put("/api/admin/store")]
pub async fn update(
    state: Data<AppState>,
    caller: AdminCaller,
    body: Json<StoreUpdate>,
) -> Result<Json<StoreSettings>> {
    ensure_valid(body.check())?;
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    if !db::stores::is_timezone(&mut tx, &body.timezone).await? {
        return Err(AppError::field("timezone", ErrorCode::InvalidFormat));
    }
    let before = find(&mut tx, caller.store).await?;
    db::stores::update(&mut tx, caller.store, &body, now).await?;
    let after = find(&mut tx, caller.store).await?;
    let change = Change {
        action: "update",
        entity: "store",
        id: caller.store.0,
        before: Some(&before),
        after: Some(&after),
        reason: None,
    };
    caller.record(&mut tx, change, now).await?;
    tx.commit().await?;
    Ok(Json(after))
}

async fn find(conn: &mut db::PgConnection, store: StoreId) -> Result<StoreSettings> {
    db::stores::settings(conn, store).await?.ok_or_else(|| AppError::internal("a token without a store"))
}
