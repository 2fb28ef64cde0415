//! Pieces that the managers' screens share, each compiled once.

mod covers;
mod inputs;
mod press;
mod remote;
mod sheet;

pub use covers::{Covers, RootToasts};
pub use inputs::{Choice, area, choice, date, fault, field, to_fault, toggle};
pub use press::Press;
pub use remote::{Remote, boxes, remote_view, told};
pub use sheet::{Act, Ask, Sheet, ask};
