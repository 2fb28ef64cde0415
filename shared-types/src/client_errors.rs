//! What an app reports when it has crashed.

use serde::{Deserialize, Serialize};

use crate::text_enum;

/// Characters of a message that are kept; the rest is cut off.
pub const MESSAGE_MAX: usize = 1000;
/// Characters of every other text that are kept.
pub const DETAIL_MAX: usize = 200;
/// Bytes of a report, at most.
pub const REPORT_MAX_BYTES: usize = 8 * 1024;

/// Which app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ClientApp {
    /// The guests'.
    Customer,
    /// The managers'.
    Admin,
}

text_enum!(ClientApp { Customer => "customer", Admin => "admin" });

/// `POST /api/client-errors`. Texts that are too long are cut, not refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientError {
    /// Which app.
    pub app: ClientApp,
    /// Its version.
    #[cfg_attr(feature = "openapi", schema(example = "0.1.0"))]
    pub version: String,
    /// What the program said; 1,000 characters are kept.
    pub message: String,
    /// Where in the program: file, line and column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "customer-web/src/cart/panel.rs:41:9"))]
    pub location: Option<String>,
    /// Where in the app: the path of the page, without query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "/cart"))]
    pub path: Option<String>,
}
