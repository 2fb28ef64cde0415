//! The command line.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::workspace::Workspace;
use crate::{bench, coverage, deploy, drill, generated, package, pages, run, smoke, spa, test};

/// TableOrder's tasks. Everything that a task needs is installed or named by the task itself.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build everything, start a private PostgreSQL, seed the demo store and serve.
    Run(RunArgs),
    /// Run every check: format, lints, tests with a real database, bundles, browser journeys.
    Test(TestArgs),
    /// Print how many lines of the back end the tests run; fails below 85 %.
    Coverage,
    /// Rewrite what is generated and committed: .sqlx and openapi.json.
    Prepare,
    /// Measure orders, menu reads and bundle sizes against their targets.
    Bench(BenchArgs),
    /// Measure the guests' app in a browser slowed down four times, on a slow network, against its limits.
    Speed,
    /// Take pictures of every screen and state, in every size and language: e2e/screens/index.html.
    Screens,
    /// Build both browser apps and the server for release.
    Build,
    /// Build the server as one static program, and the Debian package for one box.
    Package(package::PackageArgs),
    /// Publish the apps or the server on AWS, or go back to an earlier release.
    Deploy(deploy::DeployArgs),
    /// Walk through a running installation: login, menu, order, board, status, picture; print a table.
    Smoke(smoke::SmokeArgs),
    /// Back a database up, destroy a table of it, restore everything up to the moment before; print RPO and RTO. Then change the
    /// schema under a program that serves.
    Drill,
}

/// `cargo xtask run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Port to serve on.
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..))]
    pub port: u16,
    /// Where the database, pictures, logs and secrets of this run live.
    #[arg(long, default_value = ".local")]
    pub data_dir: PathBuf,
    /// Begin anew: delete the database and the pictures in the data directory first.
    #[arg(long)]
    pub reset: bool,
    /// Let phones and tablets on the local network in, not only this machine.
    #[arg(long)]
    pub lan: bool,
}

/// `cargo xtask test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Leave out the bundles and the browser journeys.
    #[arg(long)]
    pub fast: bool,
    /// Run only these stages.
    #[arg(long, value_name = "STAGE", value_parser = test::stage_names())]
    pub only: Vec<String>,
}

/// `cargo xtask bench`.
#[derive(Debug, Args)]
pub struct BenchArgs {
    /// Connections at once, of the server and of the bare database alike.
    #[arg(long, default_value_t = 16)]
    pub connections: usize,
    /// How long each round lasts.
    #[arg(long, default_value_t = 5)]
    pub seconds: u64,
    /// Rounds that count, each way.
    #[arg(long, default_value_t = 3)]
    pub rounds: usize,
}

impl Cli {
    /// Runs the chosen task.
    ///
    /// # Errors
    /// One line that says what went wrong and what to do about it.
    pub fn run(self) -> Result<()> {
        let workspace = Workspace::locate()?;
        match self.task {
            Task::Run(args) => run::run(&workspace, &args),
            Task::Test(args) => test::run(&workspace, &args),
            Task::Coverage => coverage::run(&workspace),
            Task::Prepare => generated::prepare(&workspace),
            Task::Bench(args) => bench::run(&workspace, &args),
            Task::Speed => pages::speed(&workspace),
            Task::Screens => pages::screens(&workspace),
            Task::Build => spa::build_release(&workspace),
            Task::Package(args) => package::run(&workspace, &args),
            Task::Smoke(args) => smoke::run(&args),
            Task::Drill => drill::run(&workspace),
            Task::Deploy(args) => deploy::run(&workspace, &args),
        }
    }
}
