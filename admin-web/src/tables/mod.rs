//! A table: its card on the board and its drawer.

mod bill;
mod card;
mod drawer;
mod finish;
mod manage;
mod moving;
mod past;
mod preview;
mod stays;
mod visit;

pub use card::TableCard;
pub use drawer::TableDrawer;
pub use finish::FinishDialog;
pub use manage::TablesPage;
pub use moving::MoveDialog;
pub use past::PastDialog;
pub use stays::Stays;
