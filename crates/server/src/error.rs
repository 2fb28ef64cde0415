//! How a fault becomes an answer. The public part is a code of the catalogue; the cause stays inside and is
//! logged once, at the edge (`http::edge`).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use shared_types::errors::{ApiError, ErrorBody, ErrorDetails, FieldErrors};
use shared_types::{ErrorCode, Lang};

/// What handlers answer.
pub type Result<T, E = AppError> = std::result::Result<T, E>;

/// A fault on its way out.
#[derive(Debug)]
pub struct AppError {
    /// For the caller.
    pub code: ErrorCode,
    /// For the caller's program.
    pub details: ErrorDetails,
    /// For the log only.
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl AppError {
    /// A fault without details.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self { code, details: ErrorDetails::default(), cause: None }
    }

    /// One wrong field.
    #[must_use]
    pub fn field(name: &str, code: ErrorCode) -> Self {
        Self::new(ErrorCode::ValidationFailed).with(|d| {
            d.fields.insert(name.to_owned(), vec![code]);
        })
    }

    /// A fault of ours.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(ErrorCode::Internal) }
    }

    /// The fault, with details.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut ErrorDetails)) -> Self {
        change(&mut self.details);
        self
    }

    /// Its answer in one language.
    #[must_use]
    pub fn response(&self, lang: Lang, request_id: Option<&str>) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        let wait = match self.code {
            ErrorCode::Unavailable => Some(2),
            _ => self.details.retry_after_seconds,
        };
        if let Some(seconds) = wait {
            response.insert_header(("Retry-After", seconds.to_string()));
        }
        response.json(ErrorBody {
            error: ApiError {
                code: self.code,
                message: self.code.message(lang).to_owned(),
                request_id: request_id.map(str::to_owned),
                details: self.details.clone(),
            },
        })
    }
}

impl From<ErrorCode> for AppError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code)?;
        self.cause.as_ref().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.response(Lang::default(), None)
    }
}

/// Refuses a request whose fields are wrong.
///
/// # Errors
/// `validation_failed`, or `empty_cart` when that is all.
pub fn ensure_valid(errors: FieldErrors) -> Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    let code = if errors.of("items") == Some(ErrorCode::EmptyCart) {
        ErrorCode::EmptyCart
    } else {
        ErrorCode::ValidationFailed
    };
    Err(AppError::new(code).with(|d| d.fields = errors.0))
}

impl From<db::Error> for AppError {
    fn from(error: db::Error) -> Self {
        if let Some(code) = broken_rule(&error) {
            return code.into();
        }
        let code = if is_away(&error) { ErrorCode::Unavailable } else { ErrorCode::Internal };
        Self { cause: Some(Box::new(error)), ..Self::new(code) }
    }
}

/// What a named constraint means to the caller.
fn broken_rule(error: &db::Error) -> Option<ErrorCode> {
    match error.as_database_error()?.constraint()? {
        "tables_table_number_key"
        | "categories_name_key"
        | "menus_name_key"
        | "users_username_key"
        | "stores_name_key" => Some(ErrorCode::NameTaken),
        "table_sessions_open_key" => Some(ErrorCode::TableOccupied),
        "table_sessions_live_table" => Some(ErrorCode::NotFound),
        "idempotency_keys_pkey" => Some(ErrorCode::IdempotencyConflict),
        _ => None,
    }
}

/// Whether the database cannot be reached or is going down: trying again is safe and may help.
fn is_away(error: &db::Error) -> bool {
    match error {
        db::Error::Io(_)
        // What a proxy that hangs up in the middle of a conversation looks like.
        | db::Error::Protocol(_)
        | db::Error::PoolTimedOut
        | db::Error::PoolClosed
        | db::Error::Tls(_)
        | db::Error::WorkerCrashed => true,
        // Connection refused or lost (08), operator intervention (57), too many connections (53), and waits
        // that were given up (55P03, 40P01), no connections accepted (55000), read-only after a failover (25006).
        db::Error::Database(inner) => inner.code().is_some_and(|code| {
            ["08", "57", "53"].iter().any(|class| code.starts_with(class))
                || ["55P03", "40P01", "55000", "25006"].contains(&code.as_ref())
        }),
        _ => false,
    }
}
