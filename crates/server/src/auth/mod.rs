//! Signing in and being recognised: logins with lock-out, tokens, device credentials, revocation.

pub mod callers;
pub mod cookies;
pub mod devices;
pub mod handlers;
pub mod login;
pub mod passwords;
pub mod revocations;
pub mod seen;
pub mod tokens;

pub use callers::{AdminCaller, Change, TableCaller};
