//! A machine of its own: this system's files beneath, everything that is written kept apart, booted by a real systemd without a
//! network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::sys::signal::Signal;

use crate::background::{self, Background};
use crate::proc;

/// Where a mounted tree comes from.
#[derive(Debug, Clone, Copy)]
pub enum Base<'a> {
    /// This machine's own files.
    This,
    /// A system in a folder.
    Folder(&'a Path),
}

/// A mounted tree; unmounted and gone when it is dropped.
#[derive(Debug)]
pub struct Tree {
    dir: PathBuf,
}

impl Tree {
    /// Mounts one below `dir`.
    ///
    /// # Errors
    /// When the system cannot do that.
    pub fn mount(dir: &Path, base: Base<'_>) -> Result<Self> {
        let tree = Self { dir: dir.to_path_buf() };
        tree.unmount();
        for part in ["changes", "work", "root"] {
            fs::create_dir_all(dir.join(part))?;
        }
        let lower = match base {
            Base::This => Path::new("/"),
            Base::Folder(folder) => folder,
        };
        let layers = format!(
            "lowerdir={},upperdir={},workdir={}",
            lower.display(),
            dir.join("changes").display(),
            dir.join("work").display()
        );
        let mut mount = Command::new("mount");
        proc::capture(mount.args(["-t", "overlay", "overlay", "-o", &layers]).arg(tree.root()))?;
        Ok(tree)
    }

    /// Its root folder.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.dir.join("root")
    }

    fn unmount(&self) {
        let _ = proc::succeeds(Command::new("umount").args(["--lazy"]).arg(self.root()));
        let _ = fs::remove_dir_all(&self.dir);
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.unmount();
    }
}

/// A booted tree; it is switched off when it is dropped.
#[derive(Debug)]
pub struct Machine {
    leader: String,
    _nspawn: Background,
}

impl Machine {
    /// Boots it and waits until everything that starts at boot has started.
    ///
    /// # Errors
    /// When it does not get that far in a minute.
    pub fn boot(tree: &Tree) -> Result<Self> {
        let mut command = background::tied_to_us(Path::new("systemd-nspawn"), "TERM");
        let apart =
            ["--register=no", "--keep-unit", "--private-network", "--link-journal=no", "--resolv-conf=off"];
        command.args(["--boot", "--quiet", "--console=pipe", "--timezone=off"]).args(apart);
        command.arg("--directory").arg(tree.root());
        let log = tree.dir.join("boot.log");
        let mut nspawn = Background::start("the machine", &mut command, &log, Signal::SIGTERM)?;
        let limit = Instant::now() + Duration::from_secs(60);
        loop {
            nspawn.check()?;
            if let Some(leader) = first_child(nspawn.pid()) {
                let running = enter(&leader, &["systemctl", "is-system-running", "--wait"]).output()?;
                let state = String::from_utf8_lossy(&running.stdout).trim().to_owned();
                // A unit of the system beneath may not like it here; ours are asked one by one.
                if state == "running" || state == "degraded" {
                    return Ok(Self { leader, _nspawn: nspawn });
                }
            }
            ensure!(Instant::now() < limit, "the machine does not boot: see {}", log.display());
            proc::pause(Duration::from_millis(100))?;
        }
    }

    /// Runs a program in it. Returns what it printed.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn run(&self, words: &[&str]) -> Result<String> {
        self.say(words, "")
    }

    /// The same for a program that reads something.
    ///
    /// # Errors
    /// As above.
    pub fn say(&self, words: &[&str], input: &str) -> Result<String> {
        use std::io::Write as _;
        let mut command = enter(&self.leader, words);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().context("nsenter does not start")?;
        child.stdin.take().context("no way to talk to the program")?.write_all(input.as_bytes())?;
        let output = child.wait_with_output()?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if !output.status.success() {
            let all = said(&output.stdout) + &said(&output.stderr);
            bail!("`{}` failed on the machine:\n{}", words.join(" "), proc::last_lines(&all, 15));
        }
        Ok(said(&output.stdout))
    }

    /// A program in it, to be started by the caller.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> Command {
        enter(&self.leader, words)
    }
}

fn enter(leader: &str, words: &[&str]) -> Command {
    let mut command = Command::new("nsenter");
    // The working directory comes along from outside, where it is another.
    command.args(["--target", leader, "--all", "--", "env", "--chdir=/"]).args(words).stdin(Stdio::null());
    command.env_clear().env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    command.env("LC_ALL", "C.UTF-8").env("DEBIAN_FRONTEND", "noninteractive").env("HOME", "/root");
    command
}

fn first_child(pid: u32) -> Option<String> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).ok()?;
    children.split_whitespace().next().map(str::to_owned)
}
