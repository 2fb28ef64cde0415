//! What an earlier run left behind when it was killed.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::Owner;
use crate::proc;
use crate::ui::Step;

/// Stops a PostgreSQL that still runs on these files, and clears the note of one that no longer does.
///
/// # Errors
/// When it does not stop, with what to type.
pub fn stop(owner: &Owner, data: &Path, step: &Step) -> Result<()> {
    let note = data.join("postmaster.pid");
    let Some(pid) = read_pid(&note) else { return Ok(()) };
    if !runs_on(pid, data) {
        // Its process id may meanwhile be somebody else's, for which PostgreSQL would refuse to start.
        let _ = fs::remove_file(&note);
        return Ok(());
    }
    step.note("stopping the PostgreSQL of an earlier run");
    kill(Pid::from_raw(pid), Signal::SIGINT)?;
    let limit = Instant::now() + Duration::from_secs(30);
    while runs_on(pid, data) {
        if Instant::now() > limit {
            let who = if owner.is_other_user() { "sudo " } else { "" };
            bail!(
                "an earlier PostgreSQL (process {pid}) does not stop: type `{who}kill -QUIT {pid}`, then start this again"
            );
        }
        proc::pause(Duration::from_millis(50))?;
    }
    Ok(())
}

/// Removes a dead server's socket: the number in its lock may meanwhile be somebody else's.
///
/// # Errors
/// When it cannot be removed.
pub fn clear_socket(dir: &Path) -> Result<()> {
    for name in [".s.PGSQL.5432", ".s.PGSQL.5432.lock"] {
        let file = dir.join(name);
        if fs::symlink_metadata(&file).is_ok() {
            fs::remove_file(&file)
                .with_context(|| format!("cannot remove {}: remove it by hand", file.display()))?;
        }
    }
    Ok(())
}

/// Whether a start failed only because a killed server's workers have not ended yet.
#[must_use]
pub fn workers_linger(log: &Path) -> bool {
    fs::read_to_string(log).is_ok_and(|said| said.contains("pre-existing shared memory block"))
}

fn read_pid(note: &Path) -> Option<i32> {
    fs::read_to_string(note).ok()?.lines().next()?.trim().parse().ok().filter(|pid| *pid > 1)
}

/// Whether the process is a PostgreSQL on these files: it makes them its working directory.
fn runs_on(pid: i32, data: &Path) -> bool {
    if kill(Pid::from_raw(pid), None) == Err(nix::errno::Errno::ESRCH) {
        return false;
    }
    if !Path::new("/proc/self").exists() {
        let args = ["-p", &pid.to_string(), "-o", "comm="];
        return proc::capture(std::process::Command::new("ps").args(args))
            .is_ok_and(|name| name.contains("postgres"));
    }
    let place = |path: &Path| fs::metadata(path).map(|found| (found.dev(), found.ino()));
    match (place(Path::new(&format!("/proc/{pid}/cwd"))), place(data)) {
        (Ok(working), Ok(data)) => working == data,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_processes_are_left_alone() {
        let dir = std::env::temp_dir().join(format!("xtask-orphan-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let note = dir.join("postmaster.pid");
        let ourselves = i32::try_from(std::process::id()).unwrap();
        fs::write(&note, format!("{ourselves}\n{}\n", dir.display())).unwrap();
        assert_eq!(read_pid(&note), Some(ourselves));
        stop(&Owner::here().unwrap(), &dir, &Step::new("test")).unwrap();
        assert!(!note.exists(), "a note whose process does not run here is stale");
        fs::remove_dir_all(dir).unwrap();
    }
}
