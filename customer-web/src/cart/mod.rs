//! What we want, what it costs, and sending it exactly once.

mod confirm;
mod line;
mod notices;
mod panel;
mod placing;
mod store;

pub use confirm::{ClearDialog, ConfirmOrder};
pub use panel::{CartBar, CartPanel};
pub use store::CartStore;
