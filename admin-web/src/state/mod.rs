//! What the screens show, as plain structs: no signals, no browser, tested natively.

pub mod age;
pub mod arrivals;
pub mod board;
pub mod filter;
pub mod live;
mod natural;
pub mod numbers;
pub mod past;
pub mod queue;
#[cfg(test)]
mod sample;
pub mod tables;
