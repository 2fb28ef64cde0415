//! `GET /health` and `GET /health/ready`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The server answers; says nothing of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Always `ok`.
    #[cfg_attr(feature = "openapi", schema(example = "ok"))]
    pub status: String,
    /// The server's version.
    #[cfg_attr(feature = "openapi", schema(example = "0.1.0"))]
    pub version: String,
    /// The server's time, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub timestamp: DateTime<Utc>,
}

/// Whether orders can be taken: database reachable and migrated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Readiness {
    /// `ok` or `unavailable`.
    #[cfg_attr(feature = "openapi", schema(example = "ok"))]
    pub status: String,
    /// The server's version.
    #[cfg_attr(feature = "openapi", schema(example = "0.1.0"))]
    pub version: String,
    /// The database answers.
    pub database: bool,
    /// Every migration that this version knows is applied.
    pub migrations: bool,
}
