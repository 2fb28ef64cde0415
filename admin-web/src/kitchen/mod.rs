//! The kitchen's wall: what to make now, large enough for two metres.

mod page;
mod ticket;

pub use page::KitchenPage;
