//! Terraform's own checks, through `infra/bin/tf`, which finds its provider.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, thread};

use anyhow::{Context as _, Result, bail, ensure};

use crate::proc;
use crate::ui::Step;
use crate::workspace::{Workspace, on_path};

/// What can be applied by itself.
const ROOTS: [&str; 4] = ["bootstrap", "environments/dev", "environments/prod", "emulated"];
/// From where the modules are tested.
const TESTS: &str = "tests";
/// So many processes share the test files.
const AT_ONCE: usize = 3;

/// Terraform, which is there.
#[derive(Debug)]
pub struct Terraform {
    infra: PathBuf,
}

impl Terraform {
    /// Looks for it. CI must have it, unless `TERRAFORM_OPTIONAL` is set.
    ///
    /// # Errors
    /// When CI has none.
    pub fn find(workspace: &Workspace) -> Result<Option<Self>> {
        if on_path("terraform").is_some() {
            return Ok(Some(Self { infra: workspace.root.join("infra") }));
        }
        let set = |name| std::env::var_os(name).is_some();
        if set("CI") && !set("TERRAFORM_OPTIONAL") {
            bail!(
                "Terraform is missing: install it, or set TERRAFORM_OPTIONAL=1 to go on without its checks"
            );
        }
        Ok(None)
    }

    /// A command in one of the roots.
    #[must_use]
    pub fn command(&self, root: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.infra.join("bin/tf"));
        command.arg(format!("-chdir={}", self.infra.join(root).display())).args(arguments);
        command.env("TF_IN_AUTOMATION", "1").env("CHECKPOINT_DISABLE", "1");
        command
    }

    /// Makes a root ready, with exactly the provider of its lock file.
    ///
    /// # Errors
    /// When the provider cannot be had.
    pub fn init(&self, root: &str) -> Result<()> {
        let arguments = ["init", "-backend=false", "-input=false", "-no-color", "-lockfile=readonly"];
        proc::capture(&mut self.command(root, &arguments)).map(|_| ()).with_context(|| {
            format!("infra/{root} has no provider: check the network, or name a mirror in TF_PROVIDER_MIRROR")
        })
    }

    /// Format, validity of every root, and the tests of every module.
    ///
    /// # Errors
    /// The first that does not hold.
    pub fn check(&self, step: &Step) -> Result<()> {
        proc::capture(&mut self.command(".", &["fmt", "-check", "-recursive", "-list=true"]))
            .context("type `terraform fmt -recursive infra`")?;
        for root in ROOTS {
            self.init(root)?;
            proc::capture(&mut self.command(root, &["validate", "-no-color"]))
                .with_context(|| format!("infra/{root} is not valid"))?;
        }
        self.init(TESTS)?;
        step.outcome(self.test()?);
        Ok(())
    }

    /// Runs every test file, some beside each other. Returns how many runs passed.
    fn test(&self) -> Result<String> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.infra.join(TESTS))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".tftest.hcl") {
                files.push(name);
            }
        }
        files.sort();
        let share = files.len().div_ceil(AT_ONCE).max(1);
        let outcomes: Vec<_> = thread::scope(|scope| {
            let running: Vec<_> =
                files.chunks(share).map(|share| scope.spawn(move || self.test_files(share))).collect();
            running
                .into_iter()
                .map(|share| share.join().unwrap_or_else(|_| bail!("a test broke off")))
                .collect()
        });
        let passed = outcomes.into_iter().sum::<Result<usize>>()?;
        ensure!(passed > 0, "no test ran");
        Ok(format!("{passed} runs of {} test files", files.len()))
    }

    fn test_files(&self, files: &[String]) -> Result<usize> {
        let mut command = self.command(TESTS, &["test", "-no-color"]);
        command.args(files.iter().map(|file| format!("-filter={file}")));
        let outcome = command.stdin(Stdio::null()).output()?;
        let said = String::from_utf8_lossy(&outcome.stdout);
        if !outcome.status.success() {
            bail!(
                "a module does not do what its test says:\n{said}{}",
                String::from_utf8_lossy(&outcome.stderr)
            );
        }
        Ok(said.lines().filter(|line| line.starts_with("  run ") && line.ends_with("... pass")).count())
    }
}

/// Looks for settings that are known to be unsafe; `infra/.checkov.yaml` says what is left out and why.
///
/// # Errors
/// The settings that it finds.
pub fn scan(workspace: &Workspace, programs: &Path) -> Result<()> {
    let mut checkov = Command::new(programs.join("checkov"));
    checkov.current_dir(&workspace.root).args(["-d", "infra", "--config-file", "infra/.checkov.yaml"]);
    proc::capture(checkov.env("LOG_LEVEL", "ERROR")).map(|_| ()).or_else(|_| {
        // Once more for people, who see the findings.
        let mut again = Command::new(programs.join("checkov"));
        again.current_dir(&workspace.root).args(["-d", "infra", "--config-file", "infra/.checkov.yaml"]);
        proc::run(&mut again).context("mend what it found, or say in infra/.checkov.yaml why it may stay")
    })
}
