//! `cargo xtask run` itself: it opens, it answers, it stops cleanly, and it opens again quickly.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::sys::signal::Signal;

use crate::background::Background;
use crate::smoke::{self, SmokeArgs};
use crate::workspace::Workspace;
use crate::{http, proc, ui};

/// With everything built and the database made.
const AGAIN_MAX: Duration = Duration::from_secs(10);
/// With everything to build.
const FIRST_MAX: Duration = Duration::from_secs(45 * 60);

/// Starts it twice in a folder of its own.
///
/// # Errors
/// When it does not open, answer or stop as it should.
pub fn check(workspace: &Workspace) -> Result<()> {
    let dir = Dir(std::env::temp_dir().join(format!("tableorder-start-{}", std::process::id())));
    let log = workspace.target.join("start.log");
    let port = http::free_port()?;
    let first = once(workspace, &dir.0, &log, port, FIRST_MAX)?;
    let again = once(workspace, &dir.0, &log, port, AGAIN_MAX)?;
    println!("opened in {}, again in {}", ui::seconds(first), ui::seconds(again));
    Ok(())
}

fn once(workspace: &Workspace, dir: &Path, log: &Path, port: u16, limit: Duration) -> Result<Duration> {
    let mut cargo = workspace.cargo();
    cargo.args(["xtask", "run", "--port", &port.to_string(), "--data-dir"]).arg(dir);
    let begun = Instant::now();
    let mut run = Background::start("cargo xtask run", &mut cargo, log, Signal::SIGINT)?;
    // Only when it says so, not when its server first answers: until then Ctrl-C means "do not start".
    while !fs::read_to_string(log).is_ok_and(|said| said.contains("TableOrder is open")) {
        run.check()?;
        if begun.elapsed() > limit {
            bail!("`cargo xtask run` did not open within {}: see {}", ui::seconds(limit), log.display());
        }
        proc::pause(Duration::from_millis(50))?;
    }
    let took = begun.elapsed();
    look_around(port)?;
    run.stop();
    let said = fs::read_to_string(log).with_context(|| format!("cannot read {}", log.display()))?;
    if !said.contains("stopped cleanly") || answers(port, "/health") {
        bail!("`cargo xtask run` did not stop cleanly: see {}", log.display());
    }
    Ok(took)
}

/// An evening at one table of the demo store; and what the walk says when something is wrong is tried as well.
fn look_around(port: u16) -> Result<()> {
    let url = format!("http://localhost:{port}");
    smoke::run(&SmokeArgs::demo(&url)).with_context(|| format!("the walk through {url}"))?;
    println!("and once with a wrong password, which has to fail:");
    let stranger =
        smoke::run(&SmokeArgs { password: "not-the-password".to_owned(), ..SmokeArgs::demo(&url) });
    ensure!(
        stranger.is_err_and(|error| error.to_string().contains("manager signs in")),
        "a wrong password is no fault"
    );
    Ok(())
}

fn answers(port: u16, page: &str) -> bool {
    http::get(port, page).is_ok_and(|answer| answer.status == 200)
}

struct Dir(PathBuf);

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
