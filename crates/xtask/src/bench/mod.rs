//! `cargo xtask bench`: what an order costs beside the bare database, what a menu costs beside a bare
//! handler, how long readers of a full house wait, what the apps weigh. Both sides of a ratio take turns on the same machine, and medians count,
//! so that a busy machine blurs the numbers but does not tilt them.

mod house;
mod load;
mod menus;
mod orders;
mod pgbench;
mod reading;
mod report;

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::bundles;
use crate::cli::BenchArgs;
use crate::pg::scratch::Scratch;
use crate::spa::{self, APPS};
use crate::tools::{self, Optimise};
use crate::ui::Steps;
use crate::workspace::Workspace;
use house::House;
use load::Load;
use report::{Report, Side};

/// A disk that survives a power cut, unlike some `/tmp`s: orders are measured with their writes to it.
const DISK: &str = "/var/tmp";

/// Measures everything, prints it and writes `target/bench.json`.
///
/// # Errors
/// When something does not run, or a target is missed.
pub fn run(workspace: &Workspace, args: &BenchArgs) -> Result<()> {
    if cfg!(debug_assertions) {
        return run_optimised(workspace);
    }
    let (scratch, house) = open(workspace)?;
    let load = Load { connections: args.connections, time: Duration::from_secs(args.seconds) };
    let orders = measure_orders(&scratch, &house, &load, args.rounds)?;
    let menus = measure_menus(&house, &load, args.rounds)?;
    let reading = reading::measure(&house, load.time)?;
    let report = Report { orders, menus, reading, sizes: bundles::measure(workspace)?, load };
    println!("\n{}", report.text());
    let file = workspace.target.join("bench.json");
    std::fs::write(&file, report.json())?;
    println!("written to {}", file.display());
    report.check()
}

/// The load comes from this program: unoptimised, it would take from the server what it wastes.
fn run_optimised(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "xtask", "--"]).args(std::env::args_os().skip(1));
    // In this program's place: its signals and its exit code are the other's.
    Err(cargo.exec()).context("cargo does not start")
}

fn open(workspace: &Workspace) -> Result<(Scratch, House)> {
    let mut steps = Steps::new(4 + APPS.len());
    let tools = steps.step("tools", |step| tools::ensure(workspace, Optimise::Must, step))?;
    for app in APPS {
        steps.step(app.name, |step| app.build(workspace, &tools, step))?;
    }
    steps.step("server", |step| spa::server(workspace, step))?;
    let scratch = steps.step("database", |step| {
        pgbench::ensure(Scratch::start(workspace, Path::new(DISK), &["max_connections=200"], step)?)
    })?;
    let house = steps.step("demo store", |step| House::open(workspace, &scratch, step))?;
    Ok((scratch, house))
}

fn measure_orders(scratch: &Scratch, house: &House, load: &Load, rounds: usize) -> Result<(Side, Side)> {
    let script = pgbench::Script::write(scratch, house)?;
    println!(
        "\norders: {} connections, {rounds} rounds of {} s each way",
        load.connections,
        load.time.as_secs()
    );
    alternate(rounds, || orders::round(house, load), || script.round(load))
}

fn measure_menus(house: &House, load: &Load, rounds: usize) -> Result<(Side, Side)> {
    println!(
        "menus: {} connections, {rounds} rounds of {} s each way",
        load.connections,
        load.time.as_secs()
    );
    let bare = menus::Bare::start(house)?;
    alternate(rounds, || menus::round(house, load), || bare.round(load))
}

/// Takes turns, after one round each that does not count.
fn alternate(
    rounds: usize,
    ours: impl Fn() -> Result<load::Round>,
    bare: impl Fn() -> Result<load::Round>,
) -> Result<(Side, Side)> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let (ours, bare) = (ours()?, bare()?);
        println!(
            "  {}: {:.0}/s, bare {:.0}/s",
            if round == 0 { "warm-up" } else { "round" },
            ours.rate,
            bare.rate
        );
        if round > 0 {
            left.push(ours);
            right.push(bare);
        }
    }
    Ok((Side::of(left), Side::of(right)))
}

/// A command that names nobody's database but the one it is given.
fn plain(program: &Path) -> Command {
    let mut command = Command::new(program);
    for name in ["PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE"] {
        command.env_remove(name);
    }
    command
}
