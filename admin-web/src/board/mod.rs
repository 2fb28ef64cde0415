//! The page of orders.

mod announcer;
mod desk;
mod feed;
mod grid;
mod head;
mod page;
mod queue;
mod states;
mod ticket;
mod toolbar;
mod warning;

pub use announcer::Announcer;
pub use desk::Desk;
pub use page::BoardPage;
pub use states::{BoardSkeleton, LoadError};
pub use warning::Warning;
