//! The machines' files, read by the programs that they are for, in a folder instead of `/`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::proc;
use crate::ui::Step;
use crate::workspace::{Workspace, on_path};

/// Exposure as `systemd-analyze security` counts it, in tenths; 100 is a service without any protection.
const EXPOSURE_MAX: u8 = 20;
/// Files and the units that they make; the server's first.
const UNITS: [(&str, &str); 5] = [
    ("tableorder@.service", "tableorder@8081.service"),
    ("tableorder@.service", "tableorder@8082.service"),
    ("tableorder.target", "tableorder.target"),
    ("tableorder-metrics.service", "tableorder-metrics.service"),
    ("tableorder-metrics.timer", "tableorder-metrics.timer"),
];

/// Shell scripts by shellcheck, and the tests of the release and metrics scripts.
///
/// # Errors
/// What they find.
pub fn scripts(workspace: &Workspace, programs: &Path) -> Result<()> {
    let infra = workspace.root.join("infra");
    let mut scripts = vec![infra.join("bin/tf"), infra.join("host/test/release.sh")];
    for folder in ["host/bin", "onpremise/bin", "onpremise/debian"] {
        for entry in fs::read_dir(infra.join(folder))? {
            let path = entry?.path();
            let text = fs::read_to_string(&path)?;
            if ["#!/usr/bin/env bash\n", "#!/bin/sh\n"].iter().any(|first| text.starts_with(first)) {
                scripts.push(path);
            }
        }
    }
    proc::run(Command::new(programs.join("shellcheck")).arg("--severity=warning").args(&scripts))?;
    proc::capture(&mut Command::new(infra.join("host/test/release.sh")))?;
    let mut metrics = Command::new("python3");
    metrics.env("PYTHONDONTWRITEBYTECODE", "1").arg(infra.join("host/test/metrics.py"));
    proc::capture(&mut metrics)?;
    let agent = fs::read(infra.join("host/etc/cloudwatch-agent.json"))?;
    serde_json::from_slice::<serde_json::Value>(&agent).context("cloudwatch-agent.json")?;
    Ok(())
}

/// `systemd-analyze verify`, for which any word is a fault, and the exposure of the server's unit. Returns what was left out.
///
/// # Errors
/// What systemd says.
pub fn units(workspace: &Workspace, step: &Step) -> Result<Option<String>> {
    if on_path("systemd-analyze").is_none() {
        return Ok(Some("systemd is not installed: the units are not checked".to_owned()));
    }
    let dir = Folder::new("units")?;
    lay_out(&workspace.root.join("infra/host/etc"), &dir.0)?;
    let unit = |name: &str| dir.0.join(name);
    let mut verify = Command::new("systemd-analyze");
    verify.args(["verify", "--man=no"]).args(UNITS.map(|(_, name)| unit(name)));
    // It exits well with unknown settings: any word of it is a fault.
    let said = verify.env("SYSTEMD_UNIT_PATH", format!("{}:", dir.0.display())).output()?;
    let words = [said.stdout, said.stderr].concat();
    if !said.status.success() || !words.is_empty() {
        bail!("systemd finds fault with the units:\n{}", String::from_utf8_lossy(&words));
    }
    let mut security = Command::new("systemd-analyze");
    let threshold = format!("--threshold={EXPOSURE_MAX}");
    security.args(["security", "--offline=true", "--no-pager", threshold.as_str()]).arg(unit(UNITS[0].1));
    let said = proc::capture(&mut security).context("the server's unit is too exposed")?;
    step.outcome(
        said.lines().rfind(|line| line.contains("exposure")).unwrap_or_default().trim_start_matches("→ "),
    );
    Ok(None)
}

/// The units beside stand-ins for their programs, which must be there.
fn lay_out(etc: &Path, dir: &Path) -> Result<()> {
    let home = dir.join("opt/tableorder");
    for program in ["current/bin/tableorder", "bin/tableorder-metrics"] {
        let path = home.join(program);
        fs::create_dir_all(path.parent().unwrap_or(&home))?;
        fs::write(&path, "#!/bin/sh\n")?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    let place = format!("={}", home.display());
    for (file, name) in UNITS {
        let text = fs::read_to_string(etc.join(file)).with_context(|| format!("infra/host/etc/{file}"))?;
        fs::write(dir.join(name), text.replace("=/opt/tableorder", &place))?;
    }
    Ok(())
}

/// A folder that goes when it is no longer needed.
#[derive(Debug)]
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Result<Self> {
        let dir = std::env::temp_dir().join(format!("tableorder-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir)?;
        Ok(Self(dir))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
