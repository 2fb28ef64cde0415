//! The store itself: settings, manager accounts, the audit log.

mod audit;
mod settings;
mod users;
