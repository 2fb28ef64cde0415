//! What runs in the cloud, checked without one: Terraform, machines' files, workflows, and an emulator's storage and CDN.

mod edge;
pub mod emulated;
mod host;
mod nginx;
mod pages;
pub mod streams;
mod terraform;
mod upstream;
mod workflows;

use std::path::PathBuf;

use anyhow::Result;

use crate::ui::{Step, Steps};
use crate::workspace::Workspace;
use crate::{node, python};
use terraform::Terraform;

/// What the checks are made with.
#[derive(Debug)]
struct Programs {
    /// Folder of checkov.
    scan: PathBuf,
    /// Folder of yamllint, actionlint, zizmor and shellcheck.
    lint: PathBuf,
}

/// Runs every check. Returns what was left out, one line each.
///
/// # Errors
/// What is not as it should be.
pub fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let mut steps = Steps::new(9);
    let programs = Programs {
        scan: steps.step("checkov", |step| environment(workspace, "checkov", "checkov", step))?,
        lint: steps.step("linters", |step| environment(workspace, "zizmor", "lint", step))?,
    };
    steps.step("workflows", |_| workflows::check(workspace, &programs.lint))?;
    steps.step("scripts", |_| host::scripts(workspace, &programs.lint))?;
    steps.step("nginx", |step| nginx::check(workspace, step))?;
    let units = steps.step("units", |step| host::units(workspace, step))?;
    steps.step("pages", |step| {
        node::ensure(step)?;
        pages::check(workspace)
    })?;
    steps.step("policies", |_| terraform::scan(workspace, &programs.scan))?;
    let terraform = steps.step("terraform", |step| match Terraform::find(workspace)? {
        Some(terraform) => terraform.check(step).map(|()| None),
        None => Ok(Some(
            "TERRAFORM IS NOT INSTALLED: format, validity and tests of infra/ are NOT CHECKED".to_owned(),
        )),
    })?;
    Ok(units.into_iter().chain(terraform).collect())
}

/// Installs `infra/tools/NAME.txt`.
fn environment(workspace: &Workspace, package: &str, list: &str, step: &Step) -> Result<PathBuf> {
    let list = workspace.root.join(format!("infra/tools/{list}.txt"));
    python::environment(&workspace.tools, package, &list, step)
}
