//! The menu: read from memory, already serialised and compressed.

pub mod bulk;
pub mod categories;
mod edit;
pub mod handlers;
pub mod manage;
pub mod sheet;
pub mod snapshot;

pub use snapshot::{MenuCache, Snapshot};
