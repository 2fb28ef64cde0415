//! `infra/host/etc/nginx.conf` in a real nginx, on other ports and in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use nix::sys::signal::Signal;

use super::host::Folder;
use crate::apt::{self, Package};
use crate::background::{self, Background};
use crate::curl::Trust;
use crate::http;
use crate::proc;
use crate::ui::Step;
use crate::workspace::{Workspace, on_path};

const NGINX: Package = Package { apt: "nginx-light", brew: "nginx" };
/// What CloudFront would say, as a header.
pub const KNOWN: &str = "X-Origin-Verify: secret";

/// A running nginx; it ends when it is dropped.
#[derive(Debug)]
pub struct Edge {
    /// Its port for HTTP.
    pub plain: u16,
    /// Its port for TLS.
    pub tls: u16,
    /// The process.
    pub nginx: Background,
    folder: Folder,
}

impl Edge {
    /// Starts it in front of two ports.
    ///
    /// # Errors
    /// When nginx is missing, or does not take its configuration.
    pub fn start(workspace: &Workspace, behind: [u16; 2], step: &Step) -> Result<Self> {
        let program = program(step)?;
        let (plain, tls) = (http::free_port()?, http::free_port()?);
        let folder = Folder::new(&format!("nginx-{plain}"))?;
        let text = fs::read_to_string(workspace.root.join("infra/host/etc/nginx.conf"))?;
        let config = write(&folder.0, &text, [plain, tls, behind[0], behind[1]])?;
        let command = |program: &Path| {
            let mut command = background::tied_to_us(program, "QUIT");
            command.arg("-e").arg(folder.0.join("error.log")).arg("-p").arg(&folder.0).arg("-c").arg(&config);
            command
        };
        proc::capture(command(&program).args(["-t", "-q"])).context("infra/host/etc/nginx.conf")?;
        let mut serve = command(&program);
        serve.args(["-g", "daemon off;"]);
        let mut nginx = Background::start("nginx", &mut serve, &folder.0.join("nginx.log"), Signal::SIGQUIT)?;
        nginx.wait_for(plain, "/health")?;
        Ok(Self { plain, tls, nginx, folder })
    }

    /// Its certificate, which nobody else knows.
    #[must_use]
    pub fn trust(&self) -> Trust {
        Trust(Some(self.folder.0.join("tls/fullchain.pem")))
    }
}

fn program(step: &Step) -> Result<PathBuf> {
    let usual = || Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file());
    let find = || on_path("nginx").or_else(usual);
    if find().is_none() && !apt::install(NGINX, step)? {
        bail!("nginx is missing: type {}", apt::remedy(NGINX));
    }
    find().context("nginx was installed, but is not to be found")
}

/// The configuration with its folders and ports exchanged, and the files that it reads.
fn write(dir: &Path, text: &str, [plain, tls, one, other]: [u16; 4]) -> Result<PathBuf> {
    let place = dir.display().to_string();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {place}/{kind};\n    "))
        .concat();
    let changes = [
        ("/etc/tableorder".to_owned(), place.clone()),
        ("/var/log/nginx".to_owned(), place.clone()),
        ("/run/nginx.pid".to_owned(), format!("{place}/nginx.pid")),
        ("sendfile on;".to_owned(), format!("{temporary}sendfile on;")),
        ("listen 80 ".to_owned(), format!("listen 127.0.0.1:{plain} ")),
        ("listen 443 ".to_owned(), format!("listen 127.0.0.1:{tls} ")),
        ("127.0.0.1:8081".to_owned(), format!("127.0.0.1:{one}")),
        ("127.0.0.1:8082".to_owned(), format!("127.0.0.1:{other}")),
    ];
    let mut text = text.to_owned();
    for (from, to) in changes {
        ensure!(text.contains(&from), "nginx.conf has no `{from}`");
        text = text.replace(&from, &to);
    }
    let config = dir.join("nginx.conf");
    fs::write(&config, text)?;
    fs::create_dir_all(dir.join("nginx"))?;
    fs::create_dir_all(dir.join("tls"))?;
    fs::write(dir.join("nginx/secret.map"), "\"secret\" 1;\n")?;
    let key =
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=x"];
    let name = ["-addext", "subjectAltName=IP:127.0.0.1"];
    let mut openssl = Command::new("openssl");
    openssl.args(key).args(name).arg("-keyout").arg(dir.join("tls/privkey.pem"));
    proc::capture(openssl.arg("-out").arg(dir.join("tls/fullchain.pem")))?;
    Ok(config)
}
