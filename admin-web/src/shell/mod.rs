//! The frame around every page: navigation, what the page says of itself, the end of the login.

mod ending;
mod frame;
mod head;
mod language;
mod link;
mod rail;

pub use frame::Frame;
pub use head::{Live, head};
pub use language::LanguageChoice;
pub use link::Link;
