//! Liveness and readiness.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get};
use shared_types::health::{Health, Readiness};

use crate::app::AppState;

/// Whether the server answers
#[utoipa::path(tag = "health", responses((status = 200, body = Health)))]
#[get("/health")]
pub async fn live(state: Data<AppState>) -> Json<Health> {
    Json(Health { status: "ok".to_owned(), version: crate::VERSION.to_owned(), timestamp: state.clock.now() })
}

/// Whether orders can be taken
#[utoipa::path(tag = "health", responses((status = 200, body = Readiness), (status = 503, description = "Not now", body = Readiness)))]
#[get("/health/ready")]
pub async fn ready(state: Data<AppState>) -> HttpResponse {
    let missing = db::pool::missing_migrations(&state.pool).await;
    let (database, migrations) = (missing.is_ok(), missing.is_ok_and(|missing| missing.is_empty()));
    let ready = database && migrations;
    let body = Readiness {
        status: if ready { "ok" } else { "unavailable" }.to_owned(),
        version: crate::VERSION.to_owned(),
        database,
        migrations,
    };
    if ready {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().insert_header(("Retry-After", "2")).json(body)
    }
}
