//! Child processes. Each leads a process group of its own, so that Ctrl-C reaches this program alone, which
//! then stops them in the right order, with everything that they have started themselves.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Somebody asked this program to stop: Ctrl-C, SIGTERM or a closed terminal.
#[derive(Debug)]
pub struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Interrupted {}

/// Turns the signals that end a program into a flag. One more, a second later, ends it at once; sooner it is
/// the same wish again, as `timeout` sends it to a process and then to its group.
///
/// # Errors
/// When the system refuses the handlers.
pub fn watch_signals() -> Result<()> {
    let stop = Arc::clone(STOP.get_or_init(Arc::default));
    let impatient = Arc::new(AtomicBool::new(false));
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        signal_hook::flag::register_conditional_shutdown(signal as i32, 130, Arc::clone(&impatient))?;
        signal_hook::flag::register(signal as i32, Arc::clone(&stop))?;
    }
    thread::spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(200));
        }
        thread::sleep(Duration::from_secs(1));
        impatient.store(true, Ordering::Relaxed);
    });
    Ok(())
}

/// Whether this program was asked to stop.
#[must_use]
pub fn interrupted() -> bool {
    STOP.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Sleeps, unless it is time to stop.
///
/// # Errors
/// [`Interrupted`].
pub fn pause(time: Duration) -> Result<()> {
    let end = Instant::now() + time;
    loop {
        if interrupted() {
            return Err(Interrupted.into());
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        thread::sleep(left.min(Duration::from_millis(50)));
    }
}

/// Runs a command to its end, its output streamed.
///
/// # Errors
/// When it cannot start, fails, or this program is asked to stop.
pub fn run(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    let status = wait(spawn(command.stdin(Stdio::null()))?)?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Runs a quiet command and returns its standard output.
///
/// # Errors
/// When it cannot start or fails, with the last lines of what it said.
pub fn capture(command: &mut Command) -> Result<String> {
    let name = name_of(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("`{name}` did not start"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{name}` failed: {}", last_lines(&said, 5));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a quiet command succeeds.
#[must_use]
pub fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Starts a command as the leader of a process group.
///
/// # Errors
/// When it cannot start.
pub fn spawn(command: &mut Command) -> Result<Child> {
    let name = name_of(command);
    command.process_group(0).spawn().with_context(|| format!("`{name}` did not start"))
}

fn wait(mut child: Child) -> Result<ExitStatus> {
    let mut nap = Duration::from_millis(2);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if interrupted() {
            end(&mut child, Signal::SIGINT, Duration::from_secs(10));
            return Err(Interrupted.into());
        }
        thread::sleep(nap);
        nap = (nap * 2).min(Duration::from_millis(50));
    }
}

/// Asks a process group to end, and makes it when it does not in time.
pub fn end(child: &mut Child, signal: Signal, grace: Duration) {
    let Ok(id) = i32::try_from(child.id()) else { return };
    let group = Pid::from_raw(id);
    if matches!(child.try_wait(), Ok(None)) && killpg(group, signal).is_ok() {
        let limit = Instant::now() + grace;
        while matches!(child.try_wait(), Ok(None)) && Instant::now() < limit {
            thread::sleep(Duration::from_millis(10));
        }
    }
    // Whatever the leader has left behind goes with it; an empty group answers with an error that means so.
    let _ = killpg(group, Signal::SIGKILL);
    let _ = child.wait();
}

/// The program's name and its first argument: enough to recognise it by.
fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = command.get_args().take(3).map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program.to_string_lossy().into_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The end of a log.
#[must_use]
pub fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<_> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_name_the_command() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err().to_string();
        assert!(error.contains("sh -c") && error.contains('3'), "{error}");
        assert!(
            capture(Command::new("sh").args(["-c", "echo why >&2; exit 1"]))
                .unwrap_err()
                .to_string()
                .contains("why")
        );
    }

    #[test]
    fn the_end_of_a_log() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("", 2), "");
    }
}
