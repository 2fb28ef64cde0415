//! The API from outside: the real server on a real socket, a database per test. One module for each part of
//! the URL tree, and one for each thing that can go wrong around it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod auth;
mod authorization;
mod away;
mod bounds;
mod calls;
mod cli;
mod client_errors;
mod cors;
mod crash;
mod docs;
mod document_bounds;
mod errors;
mod events;
mod head;
mod health;
mod hostile;
mod images;
mod limits;
mod logs;
mod menu;
mod menu_edit;
mod metrics;
mod openapi;
mod orders;
mod reports;
mod schema;
mod seed;
mod stores;
mod tables;
mod wait;
mod web;
