//! The server process: its environment, its start, its watch, and what a killed run left of it.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::data::DataDir;
use super::port;
use crate::background::{self, Background};
use crate::cli::RunArgs;
use crate::pg::Cluster;
use crate::proc;
use crate::ui::Step;
use crate::workspace::{Workspace, hide_own_package};
use crate::{http, spa};

/// Migrates, seeds the demo store, starts the server and waits until it takes orders.
///
/// # Errors
/// The step that failed, with the end of what it said.
pub fn start(
    workspace: &Workspace,
    data: &DataDir,
    database: &str,
    args: &RunArgs,
    step: &Step,
) -> Result<Background> {
    spa::web_dir(workspace, &data.path("web"))?;
    fs::create_dir_all(data.path("media"))?;
    let binary = workspace.server("release");
    for task in ["migrate", "seed-demo"] {
        let mut command = Command::new(&binary);
        environment(&mut command, data, database, args)?;
        proc::capture(command.arg(task))?;
    }
    let mut command = background::tied_to_us(&binary, "TERM");
    environment(&mut command, data, database, args)?;
    let log = data.log("server.log")?;
    let mut server = Background::start("the server", command.arg("serve"), &log, Signal::SIGTERM)?;
    fs::write(data.path("server.pid"), identity(server.pid()).unwrap_or_default())?;
    wait_until_ready(&mut server, args.port)?;
    step.outcome(format!("open, log in {}", log.display()));
    Ok(server)
}

fn environment(command: &mut Command, data: &DataDir, database: &str, args: &RunArgs) -> Result<()> {
    hide_own_package(command);
    command
        .current_dir(data.root())
        .env("DATABASE_URL", database)
        .env("LISTEN_ADDR", port::address(args.port, args.lan).to_string())
        .env("WEB_DIR", data.path("web"))
        .env("TABLEORDER_ENV", "local")
        .env("MEDIA_URL", format!("file://{}", data.path("media").display()))
        .env("JWT_SECRET", data.jwt_secret()?)
        .env_remove("METRICS_ADDR");
    Ok(())
}

fn wait_until_ready(server: &mut Background, port: u16) -> Result<()> {
    let limit = Instant::now() + Duration::from_secs(60);
    while !http::get(port, "/health/ready").is_ok_and(|answer| answer.status == 200) {
        server.check()?;
        if Instant::now() > limit {
            bail!("the server did not get ready in a minute: see {}", server.log.display());
        }
        proc::pause(Duration::from_millis(50))?;
    }
    Ok(())
}

/// Waits for Ctrl-C.
///
/// # Errors
/// When the server or the database ends by itself: which, and where its log is.
pub fn watch(server: &mut Background, database: &mut Cluster) -> Result<()> {
    while proc::pause(Duration::from_millis(500)).is_ok() {
        server.check()?;
        database.server().check()?;
    }
    Ok(())
}

/// Stops the server of an earlier run that was killed.
///
/// # Errors
/// When it does not stop, with what to type.
pub fn stop_orphan(data: &DataDir, step: &Step) -> Result<()> {
    let note = fs::read_to_string(data.path("server.pid")).unwrap_or_default();
    let Some(pid) = note.split(' ').next().and_then(|pid| pid.parse::<u32>().ok()) else { return Ok(()) };
    // The time of its start tells it from a stranger that has been given its number since.
    let still_there = || identity(pid).is_some_and(|now| now == note);
    if !still_there() {
        return Ok(());
    }
    step.note("stopping the server of an earlier run");
    let process = Pid::from_raw(i32::try_from(pid)?);
    kill(process, Signal::SIGTERM).context("an earlier server belongs to another user")?;
    let limit = Instant::now() + Duration::from_secs(15);
    while still_there() {
        if Instant::now() > limit {
            kill(process, Signal::SIGKILL)?;
        }
        proc::pause(Duration::from_millis(50))?;
    }
    Ok(())
}

/// A process by its number and the time of its start.
fn identity(pid: u32) -> Option<String> {
    if let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) {
        // The name, in parentheses, may hold spaces; the start is the 20th field after it.
        let fields: Vec<_> = stat.rsplit_once(") ")?.1.split(' ').collect();
        let alive = *fields.first()? != "Z";
        return alive.then(|| Some(format!("{pid} {}", fields.get(19)?)))?;
    }
    let started = proc::capture(Command::new("ps").args(["-p", &pid.to_string(), "-o", "lstart="])).ok()?;
    Some(format!("{pid} {}", started.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_one_identity() {
        let us = identity(std::process::id()).unwrap();
        assert_eq!(identity(std::process::id()).unwrap(), us);
        assert!(us.starts_with(&std::process::id().to_string()));
        assert_eq!(identity(u32::MAX), None);
    }
}
