//! The program itself: sub-commands, configuration, exit codes.

mod commands;
mod configuration;
mod setup;

use std::process::Output;

use test_support::{JWT_SECRET, process};

/// What a command line needs in local mode, besides the database.
const LOCAL: [(&str, &str); 4] =
    [("TABLEORDER_ENV", "local"), ("JWT_SECRET", JWT_SECRET), ("BCRYPT_COST", "4"), ("LOG_FORMAT", "text")];

/// Runs the program to its end with an environment, over that of [`LOCAL`].
async fn run(environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    let all: Vec<_> = LOCAL.iter().chain(environment).copied().collect();
    run_bare(&all, arguments).await
}

/// Runs the program with nothing but this environment.
async fn run_bare(environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = process::command(env!("CARGO_BIN_EXE_tableorder"), environment, arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// What it complained of; it must have failed.
fn complaint(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    text
}

/// Fails unless it succeeded.
fn expect_success(output: &Output) {
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{error}");
}
