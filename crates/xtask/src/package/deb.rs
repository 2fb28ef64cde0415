//! The Debian package for one box: program, both apps, units, nginx's site and the scripts around them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::proc;
use crate::spa::APPS;
use crate::workspace::{Workspace, on_path};

/// What lies where, from `infra/` on the left to the package on the right; what ends in `bin/*` is every file there.
const FILES: [(&str, &str, u32); 11] = [
    ("host/etc/tableorder@.service", "lib/systemd/system/tableorder@.service", 0o644),
    ("host/etc/tableorder.target", "lib/systemd/system/tableorder.target", 0o644),
    (
        "onpremise/etc/tableorder@.service.conf",
        "lib/systemd/system/tableorder@.service.d/onpremise.conf",
        0o644,
    ),
    ("onpremise/etc/tableorder-backup.service", "lib/systemd/system/tableorder-backup.service", 0o644),
    ("onpremise/etc/tableorder-backup.timer", "lib/systemd/system/tableorder-backup.timer", 0o644),
    (
        "onpremise/etc/tableorder-certificate.service",
        "lib/systemd/system/tableorder-certificate.service",
        0o644,
    ),
    ("onpremise/etc/tableorder-certificate.timer", "lib/systemd/system/tableorder-certificate.timer", 0o644),
    ("onpremise/etc/nginx-site.conf", "etc/nginx/sites-available/tableorder", 0o644),
    ("onpremise/bin/tableorder-setup", "usr/sbin/tableorder-setup", 0o755),
    ("onpremise/bin/tableorder-do", "usr/sbin/tableorder-do", 0o755),
    ("onpremise/bin/tableorder-restore", "usr/sbin/tableorder-restore", 0o755),
];
/// Called by the others, not by people.
const HELPERS: [&str; 3] = ["tableorder-backup", "tableorder-local-certificate", "tableorder-ready"];

/// What a package is made of, besides the repository's files.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The server.
    pub program: &'a Path,
    /// What is in it.
    pub sbom: Option<&'a Path>,
    /// Its version.
    pub version: &'a str,
    /// As dpkg-deb calls it: small for people, quick for a trial.
    pub compression: &'a str,
}

/// Packs it. Returns the package.
///
/// # Errors
/// When a file is missing, or this is no Debian.
pub fn pack(workspace: &Workspace, content: Content<'_>, dir: &Path) -> Result<PathBuf> {
    if on_path("dpkg-deb").is_none() {
        bail!("dpkg-deb is missing: make the package on Debian or Ubuntu");
    }
    let tree = dir.join("tree");
    let _ = fs::remove_dir_all(&tree);
    let infra = workspace.root.join("infra");
    put(content.program, &tree.join("usr/bin/tableorder"), 0o755)?;
    for (from, to, mode) in FILES {
        put(&infra.join(from), &tree.join(to), mode)?;
    }
    for helper in HELPERS {
        put(&infra.join("onpremise/bin").join(helper), &tree.join("usr/lib/tableorder").join(helper), 0o755)?;
    }
    for app in APPS {
        let web = tree.join("usr/share/tableorder/web").join(app.web);
        fs::create_dir_all(web.parent().context("a folder above")?)?;
        proc::capture(Command::new("cp").arg("-RL").arg(app.dist(workspace)).arg(&web))
            .with_context(|| format!("{} is not built: `cargo xtask build`", app.name))?;
    }
    let doc = tree.join("usr/share/doc/tableorder");
    put(&workspace.root.join("LICENSE"), &doc.join("copyright"), 0o644)?;
    if let Some(sbom) = content.sbom {
        put(sbom, &doc.join("sbom.cdx.json"), 0o644)?;
    }
    control(&infra.join("onpremise/debian"), &tree, content.version)?;
    let package = dir.join(format!("tableorder_{}_{}.deb", content.version, architecture()?));
    // Files belong to root in it, whoever packs.
    let mut build = Command::new("dpkg-deb");
    build.arg("--root-owner-group").arg(format!("-Z{}", content.compression)).arg("--build").arg(&tree);
    proc::capture(build.arg(&package))?;
    fs::remove_dir_all(&tree)?;
    Ok(package)
}

fn control(from: &Path, tree: &Path, version: &str) -> Result<()> {
    let size = proc::capture(Command::new("du").args(["-sk"]).arg(tree))?;
    let size = size.split_whitespace().next().unwrap_or("0");
    let to = tree.join("DEBIAN");
    for script in ["postinst", "prerm", "postrm"] {
        put(&from.join(script), &to.join(script), 0o755)?;
    }
    put(&from.join("conffiles"), &to.join("conffiles"), 0o644)?;
    let text = fs::read_to_string(from.join("control"))?;
    let text =
        text.replace("@VERSION@", version).replace("@SIZE@", size).replace("@ARCHITECTURE@", architecture()?);
    fs::write(to.join("control"), text).context("DEBIAN/control")
}

fn put(from: &Path, to: &Path, mode: u32) -> Result<()> {
    fs::create_dir_all(to.parent().context("a folder above")?)?;
    fs::copy(from, to).with_context(|| format!("cannot read {}", from.display()))?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode)).with_context(|| to.display().to_string())
}

/// Debian's name of this processor.
fn architecture() -> Result<&'static str> {
    match std::env::consts::ARCH {
        "x86_64" => Ok("amd64"),
        "aarch64" => Ok("arm64"),
        other => bail!("no package is made for {other}"),
    }
}
