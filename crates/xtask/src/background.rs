//! Servers of ours: started beside a task, stopped with it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;

use crate::http;
use crate::proc::{self, end, last_lines, spawn, succeeds};

/// A server of ours that runs until it is dropped.
#[derive(Debug)]
pub struct Background {
    /// What people call it.
    pub name: &'static str,
    /// Where its output goes.
    pub log: PathBuf,
    child: Child,
    signal: Signal,
    grace: Duration,
}

impl Background {
    /// Starts it, with its output in a log file.
    ///
    /// # Errors
    /// When the log cannot be written or the program does not start.
    pub fn start(name: &'static str, command: &mut Command, log: &Path, signal: Signal) -> Result<Self> {
        let out = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdin(Stdio::null()).stderr(out.try_clone()?).stdout(out);
        let grace = Duration::from_secs(30);
        Ok(Self { name, log: log.to_path_buf(), child: spawn(command)?, signal, grace })
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Fails when it has ended by itself.
    ///
    /// # Errors
    /// What ended, how, and where its log is.
    pub fn check(&mut self) -> Result<()> {
        let Some(status) = self.child.try_wait()? else { return Ok(()) };
        let said = std::fs::read_to_string(&self.log).unwrap_or_default();
        bail!(
            "{} stopped by itself ({status}): start again once you have seen to what its log {} says:\n{}",
            self.name,
            self.log.display(),
            last_lines(&said, 8)
        );
    }

    /// Waits until a path answers 200.
    ///
    /// # Errors
    /// When the server ends or a minute passes.
    pub fn wait_for(&mut self, port: u16, path: &str) -> Result<()> {
        let limit = Instant::now() + Duration::from_secs(60);
        while !http::get(port, path).is_ok_and(|answer| answer.status == 200) {
            self.check()?;
            if Instant::now() > limit {
                bail!("{} did not get ready in a minute: see {}", self.name, self.log.display());
            }
            proc::pause(Duration::from_millis(50))?;
        }
        Ok(())
    }

    /// Asks it to end, and waits until it has; kills it when it takes longer than half a minute.
    pub fn stop(&mut self) {
        end(&mut self.child, self.signal, self.grace);
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A command that gets this signal should this program die without having stopped it (`kill -9`), where the
/// system can do that.
#[must_use]
pub fn tied_to_us(program: &Path, signal: &str) -> Command {
    static CAN: OnceLock<bool> = OnceLock::new();
    let probe = || succeeds(Command::new("setpriv").args(["--pdeathsig", "TERM", "true"]));
    if !*CAN.get_or_init(probe) {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", signal]).arg(program);
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::unistd::Pid;
    use std::{fs, thread};

    #[test]
    fn a_whole_group_ends() {
        let dir = std::env::temp_dir().join(format!("xtask-group-{}", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' TERM; sleep 60 & echo $!; wait"]);
        let mut group = Background::start("sleepers", &mut command, &dir, Signal::SIGTERM).unwrap();
        while fs::read_to_string(&dir).unwrap().is_empty() {
            thread::sleep(Duration::from_millis(10));
        }
        group.grace = Duration::from_millis(200);
        let inner = fs::read_to_string(&dir).unwrap().trim().parse().unwrap();
        drop(group);
        thread::sleep(Duration::from_millis(100));
        let gone = nix::sys::signal::kill(Pid::from_raw(inner), None).is_err()
            || fs::read_to_string(format!("/proc/{inner}/stat")).is_ok_and(|stat| stat.contains(") Z"));
        assert!(gone);
        fs::remove_file(dir).unwrap();
    }
}
