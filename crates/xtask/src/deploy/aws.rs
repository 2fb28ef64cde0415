//! The AWS command line. Who we are and where AWS is, it reads from its environment as usual.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::proc;
use crate::workspace::on_path;

/// The program `aws`, for one region.
#[derive(Debug)]
pub struct Aws {
    program: PathBuf,
    region: String,
    environment: Vec<(&'static str, String)>,
}

impl Aws {
    /// The one on the PATH.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(region: &str) -> Result<Self> {
        let program = on_path("aws").context(
            "the AWS command line is missing: install it (docs.aws.amazon.com/cli), then start this again",
        )?;
        Ok(Self { program, region: region.to_owned(), environment: Vec::new() })
    }

    /// That one, and what its environment holds besides ours.
    #[must_use]
    pub fn at(program: PathBuf, region: &str, environment: Vec<(&'static str, String)>) -> Self {
        Self { program, region: region.to_owned(), environment }
    }

    /// Which program that is.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Runs a command that answers JSON, or nothing.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn ask(&self, arguments: &[&str]) -> Result<Value> {
        let said = proc::capture(&mut self.command(arguments))?;
        if said.trim().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&said)
            .with_context(|| format!("aws {} did not answer JSON", arguments.join(" ")))
    }

    /// An address at which an object of a private bucket can be read for a while.
    ///
    /// # Errors
    /// When we are nobody.
    pub fn presigned(&self, object: &str) -> Result<String> {
        proc::capture(&mut self.command(&["s3", "presign", object])).map(|url| url.trim().to_owned())
    }

    /// Whether a command succeeds.
    #[must_use]
    pub fn succeeds(&self, arguments: &[&str]) -> bool {
        proc::succeeds(&mut self.command(arguments))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).args(["--region", &self.region, "--output", "json"]);
        command.env("AWS_PAGER", "").envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}
