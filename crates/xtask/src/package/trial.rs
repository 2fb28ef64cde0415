//! A box from nothing: the package installed on a machine of its own, a store opened, an evening walked through TLS, the night's
//! dump taken and put back, the package upgraded under load, removed and installed again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use super::container::{Base, Machine, Tree};
use crate::apt::{self, Package};
use crate::ui::{self, Step, Steps};
use crate::workspace::on_path;

/// What a machine gets from Debian: the first to boot it at all, the others are what the package asks for.
const SYSTEM: Package = Package { apt: "systemd-container systemd-sysv postgresql nginx-light", brew: "" };
const HOST: &str = "restaurant";
const PASSWORD: &str = "owner-password-1";
/// Where the packages lie on the machine.
const PACKAGES: &str = "/root/packages";

/// Tries two versions of the package. Returns why it was left out, if it was.
///
/// # Errors
/// What does not work.
pub fn run(dir: &Path, first: &Path, next: &Path, from_nothing: bool) -> Result<Option<String>> {
    if !cfg!(target_os = "linux") || !nix::unistd::geteuid().is_root() {
        return Ok(Some("NOT ROOT ON LINUX: the package was NOT TRIED on a machine of its own".to_owned()));
    }
    let mut steps = Steps::new(8);
    let base = steps.step("system", |step| system(dir, first, from_nothing, step))?;
    let lower = base.as_deref().map_or(Base::This, Base::Folder);
    let tree = Tree::mount(&dir.join("machine"), lower)?;
    let box_ = Box {
        machine: steps.step("boot", |_| boot(&tree, [first, next]))?,
        first: name(first),
        next: name(next),
    };
    steps.step("install", |step| box_.install(step))?;
    steps.step("evening", |_| box_.walk())?;
    steps.step("night", |step| box_.night(step))?;
    steps.step("disaster", |step| box_.disaster(step))?;
    steps.step("upgrade", |step| box_.upgrade(step))?;
    steps.step("removal", |_| box_.removal())?;
    Ok(None)
}

fn name(package: &Path) -> String {
    format!("{PACKAGES}/{}", package.file_name().unwrap_or_default().to_string_lossy())
}

/// This system's own files, or those of a new Debian in a folder.
fn system(dir: &Path, package: &Path, from_nothing: bool, step: &Step) -> Result<Option<PathBuf>> {
    let missing = ["systemd-nspawn", "nginx", "pg_createcluster"]
        .iter()
        .any(|program| on_path(program).is_none() && !Path::new("/usr/sbin").join(program).exists());
    if missing {
        ensure!(apt::install(SYSTEM, step)?, "type {}", apt::remedy(SYSTEM));
    }
    if !from_nothing {
        step.outcome("this system's files beneath");
        return Ok(None);
    }
    super::debian::make(&dir.join("debian"), package, step).map(Some)
}

fn boot(tree: &Tree, packages: [&Path; 2]) -> Result<Machine> {
    let root = tree.root();
    // The databases, sites and stores of the system beneath are none of this machine's.
    for theirs in [
        "var/lib/postgresql",
        "etc/postgresql",
        "etc/tableorder",
        "var/lib/tableorder",
        "var/backups/tableorder",
    ] {
        let _ = fs::remove_dir_all(root.join(theirs));
    }
    fs::create_dir_all(root.join("var/lib/postgresql"))?;
    for package in packages {
        let to = root.join(name(package).trim_start_matches('/'));
        fs::create_dir_all(to.parent().context("a folder above")?)?;
        fs::copy(package, &to).with_context(|| format!("cannot read {}", package.display()))?;
    }
    // This very program, also where a newer one has taken its place on the disk.
    fs::copy("/proc/self/exe", root.join("root/packages/xtask"))?;
    fs::write(root.join("etc/hostname"), format!("{HOST}\n"))?;
    // What the restaurant's router or mDNS does.
    fs::write(root.join("etc/hosts"), format!("127.0.0.1 localhost {HOST} {HOST}.local\n"))?;
    Machine::boot(tree)
}

struct Box {
    machine: Machine,
    first: String,
    next: String,
}

impl Box {
    fn sh(&self, script: &str) -> Result<String> {
        self.machine.run(&["bash", "-c", script]).map(|said| said.trim().to_owned())
    }

    /// The package and what it asks for, then the first store.
    fn install(&self, step: &Step) -> Result<()> {
        // Debian makes a cluster when it installs PostgreSQL, which the files beneath may have done for another machine.
        self.sh("! command -v pg_createcluster || { chown postgres: /var/lib/postgresql; \
             pg_createcluster $(ls /usr/lib/postgresql | tail -1) main --start; }")?;
        let begun = Instant::now();
        self.apt(&["install", &self.first])?;
        step.outcome(format!("apt-get install took {}", ui::seconds(begun.elapsed())));
        for unit in [
            "tableorder@8081",
            "tableorder@8082",
            "nginx",
            "tableorder-backup.timer",
            "tableorder-certificate.timer",
        ] {
            self.machine.run(&["systemctl", "is-active", unit])?;
            self.machine.run(&["systemctl", "is-enabled", unit])?;
        }
        self.machine.run(&["tableorder-do", "store", "create", "--code", "myplace", "--name", "우리식당"])?;
        self.machine.say(
            &["tableorder-do", "admin", "create", "--store", "myplace", "--username", "owner"],
            PASSWORD,
        )?;
        Ok(())
    }

    fn apt(&self, words: &[&str]) -> Result<String> {
        self.machine
            .run(&[&["apt-get", "-q", "-y", "--no-install-recommends", "--allow-downgrades"], words].concat())
    }

    /// The post-deployment checklist, from the machine itself, through nginx and with the certificate that tablets see.
    fn walk(&self) -> Result<()> {
        let (own, url) = (format!("{PACKAGES}/xtask"), format!("https://{HOST}.local"));
        let words = [
            own.as_str(),
            "smoke",
            &url,
            "--store",
            "myplace",
            "--username",
            "owner",
            "--password",
            PASSWORD,
        ];
        self.machine.run(&[&words[..], &["--cacert", "/etc/tableorder/tls/ca.crt"]].concat()).map(|_| ())
    }

    /// The dump of the night, and that old ones go.
    fn night(&self, step: &Step) -> Result<()> {
        self.sh("cd /var/backups/tableorder && for age in $(seq 1 30); do \
             runuser -u tableorder -- touch -d \"$age days ago\" tableorder-old-$age.dump; done")?;
        self.machine.run(&[
            "systemctl",
            "start",
            "tableorder-backup.service",
            "tableorder-certificate.service",
        ])?;
        let left = self.sh("ls /var/backups/tableorder/tableorder-*.dump | wc -l")?;
        // Fourteen days and tonight's.
        ensure!(left == "15" || left == "16", "{left} dumps are kept");
        self.sh("rm /var/backups/tableorder/tableorder-old-*")?;
        let dump = self.sh("ls -l /var/backups/tableorder/*.dump | awk '{ print $1, $3, $5 \" bytes\" }'")?;
        ensure!(dump.starts_with("-rw-r----- tableorder "), "the dump is {dump}");
        step.outcome(dump);
        Ok(())
    }

    /// Every store is gone; the dump brings it back.
    fn disaster(&self, step: &Step) -> Result<()> {
        let psql = "runuser -u postgres -- psql -qAt -d tableorder -c";
        self.sh(&format!("{psql} 'TRUNCATE stores CASCADE'"))?;
        ensure!(self.walk().is_err(), "the store is gone, and the walk does not notice");
        let said = self.sh("tableorder-restore /var/backups/tableorder/tableorder-*.dump")?;
        step.outcome(said.lines().last().and_then(|line| line.split(';').next()).unwrap_or_default());
        self.walk().context("after the dump was put back")
    }

    /// The next version, while somebody asks all the time.
    fn upgrade(&self, step: &Step) -> Result<()> {
        let ask = "for i in $(seq 100000); do [ -e /run/enough ] && break; \
                   curl -sf --cacert /etc/tableorder/tls/ca.crt -o /dev/null https://localhost/health/ready || echo failed; \
                   echo asked; done";
        let asking = self.machine.command(&["bash", "-c", ask]).stdout(Stdio::piped()).spawn()?;
        let done = self.apt(&["install", &self.next]);
        self.sh("touch /run/enough")?;
        let said = String::from_utf8_lossy(&asking.wait_with_output()?.stdout).into_owned();
        done?;
        let (asked, failed) = (said.matches("asked").count(), said.matches("failed").count());
        ensure!(asked > 10 && failed == 0, "{failed} of {asked} requests failed during the upgrade");
        step.outcome(format!("{asked} requests meanwhile, none failed"));
        self.sh("ls /var/backups/tableorder/*-before-upgrade.dump")?;
        self.walk()
    }

    /// Removed and purged, and nothing of the store is lost.
    fn removal(&self) -> Result<()> {
        self.apt(&["remove", "tableorder"])?;
        ensure!(self.sh("systemctl is-active tableorder@8081").is_err(), "the server still runs");
        self.machine.run(&["nginx", "-t", "-q"])?;
        self.apt(&["purge", "tableorder"])?;
        self.apt(&["install", &self.next])?;
        self.walk().context("after removal and a new installation")
    }
}
