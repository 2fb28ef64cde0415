//! Signing in and out.

mod form;
mod guard;
mod page;
mod problem;
mod state;

pub use guard::Guard;
pub use page::LoginPage;
pub use state::Auth;
