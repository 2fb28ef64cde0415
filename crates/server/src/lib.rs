//! The back end of TableOrder: an actix-web API over PostgreSQL, with both apps served beside it where wanted.
//!
//! `routes` is the whole URL tree. Each feature is a folder: thin handlers, and service functions that own
//! the transaction. `http` holds what every request passes through.
#![warn(missing_docs)]

pub mod app;
pub mod auth;
pub mod calls;
pub mod client_errors;
pub mod clock;
pub mod config;
pub mod csv;
pub mod error;
pub mod events;
pub mod health;
pub mod http;
pub mod jobs;
pub mod media;
pub mod menu;
pub mod metrics;
pub mod openapi;
pub mod orders;
pub mod reports;
pub mod routes;
pub mod seed;
pub mod stores;
pub mod tables;
pub mod telemetry;
pub mod web;

/// The version of this program, in `/health` and in logs.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
