//! Which dish, and how do I want it.

mod card;
mod fetch;
mod item;
mod list;
mod options;
mod picture;
mod search;
mod spy;
mod store;
mod tabs;

pub use item::ItemDialog;
pub use list::MenuList;
pub use picture::{Picture, Thumb};
pub use search::{SearchBox, SearchRow, SearchToggle};
pub use store::MenuStore;
pub use tabs::CategoryTabs;
