//! The store: its settings, its accounts, who changed what, and this screen.

mod audit;
mod page;
mod password;
mod screen;
mod settings;
mod users;

pub use page::StorePage;
