//! Reading the audit log.

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use shared_types::stores::AuditPage;
use shared_types::{ErrorCode, UserId};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::AppState;
use crate::auth::AdminCaller;
use crate::error::{AppError, Result};
use crate::http::{check_dates, page_limit, parse_cursor};

/// Which changes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// Only this action.
    #[param(pattern = "^[a-z_]{1,50}$")]
    action: Option<String>,
    /// Only this kind of thing.
    #[param(pattern = "^[a-z_]{1,50}$")]
    entity: Option<String>,
    /// Only this thing.
    entity_id: Option<Uuid>,
    /// Only this user's changes.
    user_id: Option<UserId>,
    /// Not before, UTC.
    from: Option<DateTime<Utc>>,
    /// Before, UTC.
    to: Option<DateTime<Utc>>,
    /// Entries on the page, 1 to 100; 50 unless given.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9]{1,17}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    cursor: Option<String>,
}

/// Actions and kinds of things are named so: `set_password`.
fn is_word(text: &str) -> bool {
    (1..=50).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Who changed what, newest first
#[utoipa::path(tag = "stores", security(("admin" = [])), params(AuditFilter), responses(
    (status = 200, body = AuditPage)))]
#[get("/api/admin/audit")]
pub async fn list(
    state: Data<AppState>,
    caller: AdminCaller,
    asked: Query<AuditFilter>,
) -> Result<Json<AuditPage>> {
    let limit = page_limit(asked.limit, 50)?;
    let cursor = parse_cursor(asked.cursor.as_deref())?;
    for (field, word) in [("action", &asked.action), ("entity", &asked.entity)] {
        if word.as_deref().is_some_and(|word| !is_word(word)) {
            return Err(AppError::field(field, ErrorCode::InvalidFormat));
        }
    }
    let day = |time: Option<DateTime<Utc>>| time.map(|time| time.date_naive());
    check_dates(day(asked.from), day(asked.to))?;
    let filter = db::audit::Filter {
        action: asked.action.as_deref(),
        entity: asked.entity.as_deref(),
        entity_id: asked.entity_id,
        user: asked.user_id,
        from: asked.from,
        to: asked.to,
    };
    Ok(Json(db::audit::page(&mut *state.pool.acquire().await?, caller.store, &filter, cursor, limit).await?))
}
