//! What this party has ordered, and how long still.

mod again;
mod card;
mod names;
mod page;
mod placed;
mod store;

pub use page::OrdersPage;
pub use placed::PlacedScreen;
pub use store::OrdersStore;
