//! Signing in and out.

mod form;
mod page;
mod problem;
mod state;
mod waiting;

pub use page::LoginPage;
pub use problem::Problem;
pub use state::Auth;
pub use waiting::Waiting;
