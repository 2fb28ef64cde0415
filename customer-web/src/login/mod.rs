//! Who this device is, and how staff tell it.

mod account;
mod form;
mod page;
mod sign_out;

pub use account::Account;
pub use page::LoginPage;
pub use sign_out::SignOutDialog;
