//! Stages that wait more than they work, beside each other: each in a process of its own, its output kept until it ends.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Error, Result, anyhow};
use nix::sys::signal::Signal;

use super::Report;
use super::stages::{Stage, When};
use crate::proc;
use crate::workspace::Workspace;

/// Where such a process writes down what it has left out, for the one that started it.
const REMARKS: &str = "XTASK_REMARKS";
/// For whoever looks at a run that says nothing for a while.
const WORD: Duration = Duration::from_secs(60);

/// Those that run one after the other in this process, and those that run beside each other after them. One alone needs no company.
pub fn split<'s>(stages: &[&'s Stage]) -> (Vec<&'s Stage>, Vec<&'s Stage>) {
    let (beside, inline): (Vec<_>, Vec<_>) =
        stages.iter().copied().partition(|stage| stage.when == When::Beside);
    if beside.len() < 2 { (stages.to_vec(), Vec::new()) } else { (inline, beside) }
}

/// Writes a remark down for the process that started this one, if one did.
pub fn tell(remark: &str) {
    let Some(path) = std::env::var_os(REMARKS) else { return };
    if let Ok(mut file) = File::options().create(true).append(true).open(path) {
        let _ = writeln!(file, "{remark}");
    }
}

/// Runs them all at once, and shows what each said when it ends.
///
/// # Errors
/// The first that failed; the others are stopped.
pub fn run(
    workspace: &Workspace,
    stages: &[&'static Stage],
    report: &mut Report,
    remarks: &mut Vec<String>,
) -> Result<(), (&'static str, Error)> {
    let names: Vec<_> = stages.iter().map(|stage| stage.name).collect();
    if names.is_empty() {
        return Ok(());
    }
    println!("\n── beside each other: {}", names.join(", "));
    let mut running = Vec::new();
    for stage in stages {
        running.push(Running::start(workspace, stage).map_err(|error| (stage.name, error))?);
    }
    let mut spoken = Instant::now();
    while !running.is_empty() {
        let ended = running.iter_mut().position(|stage| !matches!(stage.child.try_wait(), Ok(None)));
        if let Some(ended) = ended {
            let mut stage = running.swap_remove(ended);
            remarks.extend(stage.show(report).map_err(|error| (stage.stage.name, error))?);
            spoken = Instant::now();
        }
        proc::pause(Duration::from_millis(100)).map_err(|error| (names[0], error))?;
        if spoken.elapsed() > WORD {
            let left: Vec<_> = running.iter().map(|stage| stage.stage.name).collect();
            println!("   still at work: {}", left.join(", "));
            spoken = Instant::now();
        }
    }
    Ok(())
}

/// A stage in a process of its own; it is stopped when it is dropped.
struct Running {
    stage: &'static Stage,
    child: Child,
    log: PathBuf,
    remarks: PathBuf,
    begun: Instant,
}

impl Running {
    fn start(workspace: &Workspace, stage: &'static Stage) -> Result<Self> {
        let dir = workspace.target.join("stages");
        fs::create_dir_all(&dir)?;
        let (log, remarks) =
            (dir.join(format!("{}.log", stage.name)), dir.join(format!("{}.remarks", stage.name)));
        let _ = fs::remove_file(&remarks);
        let out = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = itself()?;
        command.args(["test", "--only", stage.name]).env(REMARKS, &remarks);
        command.stdin(Stdio::null()).stderr(out.try_clone()?).stdout(out);
        Ok(Self { stage, child: proc::spawn(&mut command)?, log, remarks, begun: Instant::now() })
    }

    /// What it said, and how it ended. Returns its remarks.
    fn show(&mut self, report: &mut Report) -> Result<Vec<String>> {
        let well = self.child.wait()?.success();
        println!("\n── {}: {}", self.stage.name, self.stage.about);
        print!("{}", fs::read_to_string(&self.log).unwrap_or_default());
        report.stage(self.stage.name, well, self.begun.elapsed());
        if !well {
            return Err(anyhow!("what it said stands above, and in {}", self.log.display()));
        }
        Ok(fs::read_to_string(&self.remarks).unwrap_or_default().lines().map(str::to_owned).collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        proc::end(&mut self.child, Signal::SIGINT, Duration::from_secs(20));
    }
}

/// This very program, also where a newer one has taken its place on the disk meanwhile.
fn itself() -> Result<Command> {
    let own = Path::new("/proc/self/exe");
    Ok(if own.exists() { Command::new(own) } else { Command::new(std::env::current_exe()?) })
}

#[cfg(test)]
mod tests {
    use super::super::stages::STAGES;
    use super::*;

    #[test]
    fn one_alone_needs_no_company() {
        let of =
            |names: &[&str]| STAGES.iter().filter(|stage| names.contains(&stage.name)).collect::<Vec<_>>();
        let (inline, beside) = split(&of(&["format", "infra"]));
        assert_eq!((inline.len(), beside.len()), (2, 0));
        let (inline, beside) = split(&of(&["format", "infra", "emulated"]));
        assert_eq!((inline[0].name, beside.len()), ("format", 2));
    }
}
