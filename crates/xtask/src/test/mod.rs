//! `cargo xtask test`: everything that must hold before a change is taken.

mod beside;
mod stages;
mod start;
mod work;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use clap::builder::PossibleValuesParser;

use crate::cli::TestArgs;
use crate::pg::scratch::Scratch;
use crate::tools::{self, Optimise, Tools};
use crate::ui::{self, Step, Steps};
use crate::workspace::Workspace;
use crate::{browser, bucket, proc, python};
pub use stages::Need;
use stages::{STAGES, Stage, When};
pub use work::build_apps;

/// What the stages share.
#[derive(Debug)]
pub struct Setup<'a> {
    workspace: &'a Workspace,
    database: Option<Scratch>,
    tools: Option<Tools>,
    browser: Option<PathBuf>,
    fuzzer: Option<PathBuf>,
    bucket: Option<PathBuf>,
    remarks: RefCell<Vec<String>>,
}

/// The names that `--only` takes.
#[must_use]
pub fn stage_names() -> PossibleValuesParser {
    PossibleValuesParser::new(STAGES.iter().map(|stage| stage.name))
}

/// Sets up what the stages need and runs them, up to the first that fails.
///
/// # Errors
/// The stage that failed, and how to run it alone.
pub fn run(workspace: &Workspace, args: &TestArgs) -> Result<()> {
    let chosen = |stage: &&Stage| match args.only.as_slice() {
        [] => !args.fast || stage.when == When::Always,
        only => only.iter().any(|name| name == stage.name),
    };
    let stages: Vec<_> = STAGES.iter().filter(chosen).collect();
    let (inline, beside) = beside::split(&stages);
    let needs: Vec<_> = inline.iter().flat_map(|stage| stage.needs).copied().collect();
    let setup = Setup::of(workspace, &needs)?;
    let mut report = Report::default();
    let started = Instant::now();
    for (index, stage) in inline.iter().enumerate() {
        println!("\n── {} ({}/{}): {}", stage.name, index + 1, stages.len(), stage.about);
        let begun = Instant::now();
        let outcome = (stage.run)(&setup);
        report.stage(stage.name, outcome.is_ok(), begun.elapsed());
        if let Err(error) = outcome {
            return Err(report.failed(stage.name, error, inline[index + 1..].iter().chain(&beside)));
        }
    }
    // What those before have used is stopped, so that these have the machine to themselves.
    let mut remarks = setup.remarks.take();
    drop(setup);
    if let Err((name, error)) = beside::run(workspace, &beside, &mut report, &mut remarks) {
        return Err(report.failed(name, error, std::iter::empty()));
    }
    report.0.push(row("together", "ok", started.elapsed()));
    println!("\n{}", ui::table(&report.0));
    for remark in remarks {
        println!("{remark}");
    }
    Ok(())
}

/// How the stages went, one row each.
#[derive(Debug, Default)]
struct Report(Vec<Vec<String>>);

impl Report {
    fn stage(&mut self, name: &str, well: bool, time: Duration) {
        self.0.push(row(name, if well { "ok" } else { "FAILED" }, time));
    }

    /// Shows what ran and what did not. Returns the error with the command that repeats it.
    fn failed<'s>(
        &mut self,
        name: &str,
        error: anyhow::Error,
        left: impl Iterator<Item = &'s &'s Stage>,
    ) -> anyhow::Error {
        self.0.extend(left.map(|stage| row(stage.name, "not run", Duration::ZERO)));
        println!("\n{}", ui::table(&self.0));
        let again = format!("stage {name} failed; alone: `cargo xtask test --only {name}`");
        if proc::interrupted() { error } else { error.context(again) }
    }
}

fn row(name: &str, outcome: &str, time: Duration) -> Vec<String> {
    vec![name.to_owned(), outcome.to_owned(), ui::seconds(time)]
}

impl<'a> Setup<'a> {
    /// Installs and starts this, and no more.
    ///
    /// # Errors
    /// What is missing and cannot be installed, and what to type.
    pub fn of(workspace: &'a Workspace, needed: &[Need]) -> Result<Self> {
        let needs = |need| needed.contains(&need);
        let mut setup = Setup {
            workspace,
            database: None,
            tools: None,
            browser: None,
            fuzzer: None,
            bucket: None,
            remarks: RefCell::default(),
        };
        let wanted =
            [Need::Wasm, Need::Tools, Need::Browser, Need::Fuzzer, Need::Bucket, Need::Database].map(needs);
        let mut steps = Steps::new(wanted.iter().filter(|wanted| **wanted).count());
        if needs(Need::Wasm) {
            steps.step("wasm target", tools::wasm_target)?;
        }
        if needs(Need::Tools) {
            let install = |step: &Step| tools::ensure(workspace, Optimise::Must, step);
            setup.tools = Some(steps.step("tools", install)?);
        }
        if needs(Need::Browser) {
            setup.browser = Some(steps.step("browser", |step| browser::ensure(workspace, step))?);
        }
        if needs(Need::Fuzzer) {
            let list = workspace.root.join("e2e/contract/requirements.txt");
            let install = |step: &Step| python::environment(&workspace.tools, "schemathesis", &list, step);
            setup.fuzzer = Some(steps.step("fuzzer", install)?);
        }
        if needs(Need::Bucket) {
            setup.bucket = Some(steps.step("bucket", |step| bucket::ensure(workspace, step))?);
        }
        if needs(Need::Database) {
            setup.database = Some(steps.step("database", |step| Scratch::forgetful(workspace, step))?);
        }
        Ok(setup)
    }

    /// Says what a stage left out, now and again at the end.
    fn remark(&self, what: String) {
        println!("{what}");
        beside::tell(&what);
        self.remarks.borrow_mut().push(what);
    }

    /// The database, when it was asked for.
    ///
    /// # Errors
    /// When it was not.
    pub fn database(&self) -> Result<&Scratch> {
        self.database.as_ref().context("this stage did not ask for a database")
    }

    /// Chromium, when it was asked for.
    ///
    /// # Errors
    /// When it was not.
    pub fn browser(&self) -> Result<&Path> {
        self.browser.as_deref().context("this stage did not ask for a browser")
    }
}
