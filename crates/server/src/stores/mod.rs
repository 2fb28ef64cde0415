//! The store itself: settings, manager accounts, the audit log.

pub mod audit;
pub mod command;
pub mod settings;
pub mod users;
