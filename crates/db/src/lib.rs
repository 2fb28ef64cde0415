//! All SQL of the back end: one file per feature, free functions on a connection, checked against the schema
//! at compile time. Every function that reads or writes a store's data takes its `StoreId` first.
#![warn(missing_docs)]

pub mod audit;
pub mod auth;
pub mod calls;
pub mod cursor;
pub mod events;
pub mod history;
pub mod media;
pub mod menu;
pub mod order_detail;
pub mod orders;
pub mod pool;
pub mod reports;
pub mod sessions;
pub mod stores;
pub mod tables;
pub mod users;

pub use pool::{MIGRATOR, Pool, connect};
pub use sqlx::{Error, PgConnection};

/// What every function here answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Reads a TEXT column that holds the wire name of an enum.
fn parse<T>(text: &str) -> Result<T>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error| Error::Decode(Box::new(error)))
}
