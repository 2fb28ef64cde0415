//! Setting tables up: numbers, passwords, devices, cards to print.

mod add;
mod cards;
mod devices;
mod edit;
mod page;
mod rooms;

pub use page::TablesPage;
