//! The server: packed, uploaded, and installed on one machine after the other. Each machine takes itself back to what ran
//! before when the new release does not get ready (`infra/host/bin/tableorder-release`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::aws::Aws;
use super::target::Target;
use crate::package::fixed::{self, Fixed};
use crate::proc;
use crate::ui::Step;
use crate::workspace::Workspace;

/// For all machines together.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// Packs a release, uploads it and installs it everywhere.
///
/// # Errors
/// What failed; machines that did not get ready run what they ran before.
pub fn deploy(
    workspace: &Workspace,
    aws: &Aws,
    target: &Target,
    release: &str,
    binary: Option<&Path>,
) -> Result<()> {
    let made = match binary {
        Some(binary) => Fixed { program: binary.to_path_buf(), sbom: None },
        None => fixed::build(workspace, &workspace.target.join("package"), &Step::new("server"))?,
    };
    let archive = pack(workspace, release, &made)?;
    upload(aws, &target.text("releases_bucket")?, release, &archive)?;
    install(aws, target, release)
}

/// `tableorder-RELEASE.tar.gz` with the program, what is in it, and the machine's files, and its checksum beside it.
fn pack(workspace: &Workspace, release: &str, made: &Fixed) -> Result<PathBuf> {
    let dir = workspace.target.join("releases");
    let content = dir.join(release);
    let _ = fs::remove_dir_all(&content);
    fs::create_dir_all(content.join("bin"))?;
    fs::copy(&made.program, content.join("bin/tableorder"))
        .with_context(|| format!("cannot read {}", made.program.display()))?;
    if let Some(sbom) = &made.sbom {
        fs::copy(sbom, content.join("sbom.cdx.json"))?;
    }
    proc::capture(
        Command::new("cp").arg("-R").arg(workspace.root.join("infra/host")).arg(content.join("host")),
    )?;
    fs::write(content.join("RELEASE"), format!("{release}\n"))?;
    let archive = dir.join(format!("tableorder-{release}.tar.gz"));
    proc::capture(Command::new("tar").arg("-czf").arg(&archive).arg("-C").arg(&content).arg("."))?;
    let sum = fixed::checksum(&archive)?;
    println!("{} ({} bytes, sha256 {sum})", archive.display(), fs::metadata(&archive)?.len());
    Ok(archive)
}

fn upload(aws: &Aws, bucket: &str, release: &str, archive: &Path) -> Result<()> {
    let sum = PathBuf::from(format!("{}.sha256", archive.display()));
    for file in [archive, &sum] {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (key, body) = (format!("releases/{release}/{name}"), file.display().to_string());
        aws.ask(&["s3api", "put-object", "--bucket", bucket, "--key", &key, "--body", &body])?;
    }
    Ok(())
}

/// Installs an uploaded release on every machine, one after the other, stopping at the first that does not get ready; then
/// new machines install it too.
///
/// # Errors
/// The machine that failed, and what it said.
pub fn install(aws: &Aws, target: &Target, release: &str) -> Result<()> {
    let (document, role) = (target.text("release_document")?, target.text("role_tag")?);
    let send =
        ["ssm", "send-command", "--document-name", &document, "--max-concurrency", "1", "--max-errors", "0"];
    let (targets, parameters) = (format!("Key=tag:Role,Values={role}"), format!("Release={release}"));
    let whom = ["--targets", &targets, "--parameters", &parameters];
    let sent = aws.ask(&[&send[..], &whom[..]].concat())?;
    let id = sent.pointer("/Command/CommandId").and_then(|id| id.as_str()).context("no command was sent")?;
    wait(aws, id)?;
    let parameter = format!("/{}/release", target.name);
    aws.ask(&["ssm", "put-parameter", "--name", &parameter, "--value", release, "--overwrite"])?;
    println!("release {release} is installed");
    Ok(())
}

fn wait(aws: &Aws, id: &str) -> Result<()> {
    let begun = Instant::now();
    loop {
        let answer = aws.ask(&["ssm", "list-commands", "--command-id", id])?;
        let of = |name| answer.pointer(&format!("/Commands/0/{name}"));
        let status = of("Status").and_then(|status| status.as_str()).unwrap_or("Pending");
        match status {
            "Success" if of("TargetCount").and_then(serde_json::Value::as_i64) == Some(0) => {
                bail!("no machine has the role's tag")
            }
            "Success" => return Ok(()),
            "Pending" | "InProgress" if begun.elapsed() < PATIENCE => proc::pause(Duration::from_secs(5))?,
            _ => {
                let said = aws.ask(&["ssm", "list-command-invocations", "--command-id", id, "--details"])?;
                bail!("installing ended with {status}; what the machines said:\n{said:#}");
            }
        }
    }
}
