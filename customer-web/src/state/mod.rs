//! What the app knows and decides, as plain values: no browser, no signals, tested natively.

pub mod cart;
pub mod check;
pub mod choice;
pub mod intent;
pub mod orders;
pub mod search;
pub mod shelf;

#[cfg(test)]
pub(crate) mod fixtures;
