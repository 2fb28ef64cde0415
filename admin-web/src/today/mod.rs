//! The figures of a business day.

mod charts;
mod page;

pub use page::TodayPage;
