//! The bell for new orders.

mod beep;
mod speaker;
mod switch;

pub use speaker::{Loudness, Speaker};
pub use switch::SoundSwitch;
