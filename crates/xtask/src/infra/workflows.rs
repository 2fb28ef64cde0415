//! GitHub's workflows: well-formed, safe, and each step one command of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::proc;
use crate::workspace::{Workspace, path_with};

const FOLDER: &str = ".github/workflows";
/// What a step may call: the repository's commands, which run on any machine.
const COMMANDS: [&str; 3] = [".ci/run", "cargo xtask ", "infra/bin/tf "];

/// Reads all of them with three linters and our own rule.
///
/// # Errors
/// What they find.
pub fn check(workspace: &Workspace, programs: &Path) -> Result<()> {
    let files = files(workspace)?;
    let lint = |name: &str, options: &[&str]| {
        let mut command = Command::new(programs.join(name));
        command.current_dir(&workspace.root).args(options);
        command
    };
    proc::run(lint("yamllint", &["--strict", "--config-file", ".github/yamllint.yaml"]).args(&files))?;
    // It finds shellcheck on its PATH.
    proc::run(lint("actionlint", &[]).args(&files).env("PATH", path_with(&[programs.to_path_buf()])?))?;
    proc::run(lint("zizmor", &["--offline", "--quiet", "--no-progress"]).args(&files))?;
    for file in &files {
        let text = fs::read_to_string(file)?;
        let count = |what| text.matches(what).count();
        if count("uses: actions/checkout@") != count("persist-credentials: false") {
            bail!("{}: a checkout leaves its token behind for later steps", file.display());
        }
        if let Some(step) = steps(&text).find(|step| !is_one_command(step)) {
            bail!("{}: `{step}` is no command of the repository", file.display());
        }
    }
    Ok(())
}

fn files(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(workspace.root.join(FOLDER)).with_context(|| format!("cannot read {FOLDER}"))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// What stands behind each `run:`.
fn steps(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.trim_start().trim_start_matches("- ").strip_prefix("run:").map(str::trim))
}

fn is_one_command(step: &str) -> bool {
    let chained = ["&&", "||", ";", "|", "`", "$(", "${{"].iter().any(|joint| step.contains(joint));
    !chained && COMMANDS.iter().any(|command| step == command.trim() || step.starts_with(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_one_command_of_ours() {
        let text = "steps:\n  - run: .ci/run\n  - name: x\n    run: cargo xtask deploy site customer\n";
        assert_eq!(steps(text).collect::<Vec<_>>(), [".ci/run", "cargo xtask deploy site customer"]);
        assert!(steps(text).all(is_one_command));
        for wrong in
            ["|", "npm ci", "cargo xtask build && rm -r x", "cargo xtask deploy --release ${{ inputs.x }}"]
        {
            assert!(!is_one_command(wrong), "{wrong}");
        }
    }
}
