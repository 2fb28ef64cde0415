//! The task runner: what people and CI type, `cargo xtask …`. It sets up what is missing by itself and
//! depends on no other crate of the workspace, so that it compiles first and quickly.

mod apt;
mod arrows;
mod background;
mod bench;
mod browser;
mod bucket;
mod bundles;
mod cargo_tool;
mod cli;
mod compress;
mod contract;
mod coverage;
mod curl;
mod demo;
mod deny;
mod deploy;
mod drill;
mod fingerprint;
mod generated;
mod http;
mod infra;
mod node;
mod package;
mod pages;
mod pg;
mod proc;
#[cfg(test)]
mod proofs;
mod python;
mod random;
mod run;
mod slim;
mod smoke;
mod spa;
mod stream;
mod test;
mod tools;
mod ui;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let outcome = proc::watch_signals().and_then(|()| cli::Cli::parse().run());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<proc::Interrupted>() => {
            eprintln!("\nstopped");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
