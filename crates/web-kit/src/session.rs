//! Who is signed in. The credentials are cookies that no script can read; this knows only their owner.

use shared_types::ErrorCode;
use shared_types::auth::{AdminMe, TableMe};

use crate::api::{self, Failure};
use crate::{json, storage};

const TABLE_KEY: &str = "tableorder.table";

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session<T> {
    /// Not known yet. Nothing is decided before this is over.
    Restoring,
    /// This one.
    SignedIn(T),
    /// Nobody; with the reason when a login ended by itself.
    SignedOut(Option<ErrorCode>),
}

impl<T> Session<T> {
    /// Who is signed in, if anybody.
    pub fn user(&self) -> Option<&T> {
        match self {
            Self::SignedIn(user) => Some(user),
            _ => None,
        }
    }

    /// Whether it is known by now.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::Restoring)
    }
}

/// The table that this device is signed in at. Without a network a tablet still opens at its table, from what was
/// remembered (no credential), and shows what it has; the first answer of the server decides.
pub async fn restore_table() -> Session<TableMe> {
    match api::auth::me().await {
        Ok(text) => {
            storage::save_text(TABLE_KEY, &text);
            json::from_str(&text).map_or(Session::SignedOut(None), Session::SignedIn)
        }
        Err(Failure::Api(_, 401)) => {
            let known = storage::has(TABLE_KEY);
            if known {
                end_table();
            }
            Session::SignedOut(known.then_some(ErrorCode::TokenExpired))
        }
        Err(_) => storage::load(TABLE_KEY).map_or(Session::SignedOut(None), Session::SignedIn),
    }
}

/// Forgets where this device was signed in, but not that its login ended by itself: whoever opens the page reads so
/// until somebody signs in.
pub fn end_table() {
    storage::save_text(TABLE_KEY, "null");
}

/// Forgets where this device is signed in.
pub fn forget_table() {
    storage::remove(TABLE_KEY);
}

/// The manager who is signed in.
pub async fn restore_admin() -> Session<AdminMe> {
    match api::admin::auth::me().await {
        Ok(me) => Session::SignedIn(me),
        Err(_) => Session::SignedOut(None),
    }
}
