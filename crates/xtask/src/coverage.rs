//! `cargo xtask coverage`: how many lines of the back end the tests run, in processes that they start too.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::cargo_tool::CargoTool;
use crate::pg::scratch::Scratch;
use crate::ui::{self, Step, Steps};
use crate::workspace::{Workspace, on_path, path_with};
use crate::{bucket, proc};

const VERSION: &str = "0.9.1";
const TOOL: CargoTool = CargoTool { name: "cargo-llvm-cov", package: "cargo-llvm-cov", options: &[] };
/// What is counted, and where its lines are.
const CRATES: [(&str, &str); 3] =
    [("server", "crates/server/src/"), ("db", "crates/db/src/"), ("shared-types", "shared-types/src/")];
/// Per cent of each crate's lines, at least.
const TARGET: u64 = 85;

/// The lines of one crate.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Lines {
    all: u64,
    run: u64,
}

impl Lines {
    fn percent(self) -> String {
        let hundredths = (self.run * 10_000).checked_div(self.all).unwrap_or(0);
        format!("{}.{:02} %", hundredths / 100, hundredths % 100)
    }

    fn enough(self) -> bool {
        self.all > 0 && self.run * 100 >= self.all * TARGET
    }
}

/// Builds the back end so that it counts its lines, in a target folder of its own, runs its tests, prints the
/// figures and writes `coverage.lcov` into cargo's target folder.
///
/// # Errors
/// When a test fails, or a crate is below the target.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(4);
    steps.step("llvm-tools", llvm_tools)?;
    let tool = steps.step("cargo-llvm-cov", |step| TOOL.ensure(workspace, VERSION, step))?;
    let database = steps.step("database", |step| Scratch::forgetful(workspace, step))?;
    let bucket = steps.step("bucket", |step| bucket::ensure(workspace, step))?;
    let report = workspace.target.join("coverage.lcov");
    let mut cargo = workspace.cargo();
    cargo.env("PATH", path_with(&[tool])?).env("TEST_DATABASE_URL", database.cluster().url("postgres"));
    cargo.env(bucket::VARIABLE, bucket);
    cargo.args(["llvm-cov", "test", "--lcov", "--output-path"]).arg(&report);
    for (package, _) in CRATES {
        cargo.args(["-p", package]);
    }
    proc::run(&mut cargo)?;
    let text = fs::read_to_string(&report).with_context(|| format!("cannot read {}", report.display()))?;
    judge(&CRATES.map(|(package, folder)| (package, count(&text, &workspace.root.join(folder)))))
}

/// Makes sure that the compiler's own tools for reading counts are there: no others fit its format.
fn llvm_tools(step: &Step) -> Result<()> {
    if ["LLVM_COV", "LLVM_PROFDATA"].iter().all(|name| std::env::var_os(name).is_some()) {
        step.outcome("named by LLVM_COV and LLVM_PROFDATA");
        return Ok(());
    }
    let libraries = proc::capture(Command::new("rustc").args(["--print", "target-libdir"]))?;
    let there = || Path::new(libraries.trim()).with_file_name("bin").join("llvm-cov").is_file();
    if there() {
        step.outcome("there");
        return Ok(());
    }
    let remedy = "type `rustup component add llvm-tools`, or name those of the compiler's LLVM (`rustc -vV`) in \
                  LLVM_COV and LLVM_PROFDATA";
    if on_path("rustup").is_none() {
        bail!("llvm-tools are missing: {remedy}");
    }
    step.note("adding llvm-tools with rustup");
    proc::run(Command::new("rustup").args(["component", "add", "llvm-tools"])).context(remedy)?;
    if !there() {
        bail!("llvm-tools are missing still: {remedy}");
    }
    Ok(())
}

/// Adds up the files below a folder: `SF:` names one, `LF:` and `LH:` are its lines, all and those that ran.
fn count(report: &str, folder: &Path) -> Lines {
    let (mut lines, mut ours) = (Lines::default(), false);
    let number = |text: &str| text.parse::<u64>().unwrap_or(0);
    for line in report.lines() {
        match line.split_once(':') {
            Some(("SF", file)) => ours = Path::new(file).starts_with(folder),
            Some(("LF", all)) if ours => lines.all += number(all),
            Some(("LH", run)) if ours => lines.run += number(run),
            _ => {}
        }
    }
    lines
}

fn judge(crates: &[(&str, Lines)]) -> Result<()> {
    let row = |(name, lines): &(&str, Lines)| {
        vec![(*name).to_owned(), format!("{} of {} lines", lines.run, lines.all), lines.percent()]
    };
    println!("\n{}", ui::table(&crates.iter().map(row).collect::<Vec<_>>()));
    let low: Vec<_> = crates.iter().filter(|(_, lines)| !lines.enough()).map(|(name, _)| *name).collect();
    if low.is_empty() {
        return Ok(());
    }
    bail!("below {TARGET} %: {}; coverage.lcov names the lines that no test runs", low.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_the_files_of_one_crate() {
        let report = "SF:/r/crates/db/src/a.rs\nDA:1,1\nLF:10\nLH:9\nend_of_record\nSF:/r/crates/db/tests/b.rs\n\
                      LF:5\nLH:0\nend_of_record\nSF:/r/crates/db/src/c/d.rs\nLF:90\nLH:80\nend_of_record\n";
        let lines = count(report, Path::new("/r/crates/db/src/"));
        assert_eq!(lines, Lines { all: 100, run: 89 });
        assert_eq!(lines.percent(), "89.00 %");
    }

    #[test]
    fn one_crate_below_the_target_fails() {
        let good = ("db", Lines { all: 100, run: 85 });
        assert!(judge(&[good]).is_ok());
        let error = judge(&[good, ("server", Lines { all: 1_000, run: 849 })]).unwrap_err().to_string();
        assert!(error.contains("below 85 %: server"), "{error}");
        assert!(judge(&[("shared-types", Lines::default())]).is_err(), "nothing was counted");
    }
}
