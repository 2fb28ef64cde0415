//! Calling staff.

mod sheet;
mod store;

pub use sheet::CallSheet;
pub use store::CallStore;
