//! An order: how it is shown, and what a manager can do with it.

mod acts;
mod age;
mod card;
mod delete;
mod items;
mod outcome;
mod timeline;

pub use acts::Acts;
pub use age::AgeBadge;
pub use card::OrderCard;
pub use delete::DeleteDialog;
pub use items::{ItemNames, note_line, options};
pub use timeline::timeline;
