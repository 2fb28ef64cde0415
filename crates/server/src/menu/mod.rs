//! The menu: read from memory, already serialised and compressed.

pub mod handlers;
pub mod snapshot;

pub use snapshot::{MenuCache, Snapshot};
