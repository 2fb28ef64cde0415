//! Tables: setting them up, finishing and moving a party, its history, and the devices signed in there.

pub mod devices;
pub mod manage;
pub mod sessions;
