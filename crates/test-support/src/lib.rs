//! What the API tests stand on: the real server on a real socket, a database of its own for every test, a
//! clock that can be moved, and one client for each kind of caller. Only time is faked.
//!
//! `TEST_DATABASE_URL` names a superuser of a throw-away cluster; `cargo xtask test` sets it.
#![warn(missing_docs)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that fails is a failed test"
)]

pub mod answer;
pub mod app;
pub mod browser;
pub mod bucket;
pub mod callers;
pub mod client;
pub mod database;
pub mod fixture;
pub mod instance;
pub mod process;
pub mod proxy;
pub mod stream;
mod template;

pub use answer::Answer;
pub use app::TestApp;
pub use browser::BrowserClient;
pub use bucket::BucketServer;
pub use callers::{AdminClient, TableClient};
pub use client::Client;
pub use database::TestDatabase;
pub use fixture::Store;
pub use instance::Instance;
pub use process::ServerProcess;
pub use proxy::Proxy;
pub use stream::{Event, EventStream};

/// Signs the tokens of every server that the tests start.
pub const JWT_SECRET: &str = "the-tests-own-secret-of-more-than-32-bytes";
