//! The menu: what is on sale, and everything about a dish.

mod bulk;
mod categories;
mod chosen;
mod drag;
mod fields;
mod form;
mod options;
mod page;
mod picture;
mod remarks;
mod row;
mod sheet;
mod store;

pub use page::MenuPage;
pub use store::MenuDesk;
