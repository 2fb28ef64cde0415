//! Orders: pricing a cart, placing it exactly once, reading, status, deletion.

pub mod admin;
pub mod detail;
pub mod house;
pub mod place;
pub mod pricing;
pub mod table;
