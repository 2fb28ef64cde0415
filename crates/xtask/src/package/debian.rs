//! A new Debian in a folder, with the packages that ours asks for downloaded but not installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::apt::{self, Package};
use crate::proc;
use crate::ui::Step;
use crate::workspace::on_path;

const DEBOOTSTRAP: Package = Package { apt: "debootstrap", brew: "" };

/// Makes one of this system's release, unless it is there.
///
/// # Errors
/// When it cannot be downloaded.
pub fn make(dir: &Path, package: &Path, step: &Step) -> Result<PathBuf> {
    if on_path("debootstrap").is_none() {
        ensure!(apt::install(DEBOOTSTRAP, step)?, "type {}", apt::remedy(DEBOOTSTRAP));
    }
    let system = dir.join("system");
    if !system.join("etc/debian_version").exists() {
        let _ = fs::remove_dir_all(dir);
        fs::create_dir_all(dir)?;
        let partial = dir.join("partial");
        step.note("downloading a Debian, a minute or two");
        let parts = "--include=systemd,systemd-sysv,dbus,ca-certificates";
        let mut make = Command::new("debootstrap");
        make.args(["--variant=minbase", parts, &release()?]).arg(&partial);
        proc::capture(&mut make).context("a Debian could not be downloaded")?;
        fs::rename(&partial, &system)?;
    }
    fs::copy("/etc/resolv.conf", system.join("etc/resolv.conf"))?;
    fs::copy(package, system.join("root/tableorder.deb"))?;
    let inside = |words: &[&str]| {
        let mut command = Command::new("chroot");
        command.arg(&system).args(words).env("DEBIAN_FRONTEND", "noninteractive").env("LC_ALL", "C.UTF-8");
        proc::capture(&mut command).map(|_| ())
    };
    inside(&["apt-get", "-q", "update"])?;
    // Installed by the booted machine, which has no network.
    let download = ["apt-get", "-q", "-y", "--no-install-recommends", "--download-only", "install"];
    inside(&[&download[..], &["/root/tableorder.deb"]].concat())?;
    step.outcome(format!("Debian {}", fs::read_to_string(system.join("etc/debian_version"))?.trim()));
    Ok(system)
}

/// This system's release by its name: `bookworm`.
fn release() -> Result<String> {
    let text = fs::read_to_string("/etc/os-release").context("this is no Debian")?;
    let name = text.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    name.map(|name| name.trim_matches('"').to_owned()).context("this system's release has no name")
}
