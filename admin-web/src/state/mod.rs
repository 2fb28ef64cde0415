//! What the screens show, as plain structs: no signals, no browser, tested natively.

pub mod age;
pub mod arrivals;
pub mod audit;
pub mod board;
pub mod bulk;
pub mod day;
pub mod draft;
pub mod filter;
pub mod kitchen;
pub mod live;
mod natural;
pub mod numbers;
pub mod past;
pub mod queue;
pub mod reorder;
#[cfg(test)]
mod sample;
pub mod sort;
pub mod tables;
