//! The managers' API. A 401 here ends the login at once: there is nothing to refresh.

pub mod auth;
pub mod calls;
pub mod images;
pub mod menu;
pub mod orders;
pub mod reports;
pub mod stores;
pub mod tables;
