//! A table: its card on the board and its drawer.

mod bill;
mod card;
mod drawer;
mod preview;

pub use card::TableCard;
pub use drawer::TableDrawer;
