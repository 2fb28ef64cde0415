//! `infra/host/etc/nginx.conf` in a real nginx, on other ports and in a folder of its own: who is let in, whose address the
//! server is told, what a restart of one process does to guests, and that streams are passed on at once.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::sys::signal::Signal;

use super::host::Folder;
use super::upstream::{SILENCE, Upstream};
use crate::apt::{self, Package};
use crate::background::{self, Background};
use crate::http::{self, Client};
use crate::proc;
use crate::ui::Step;
use crate::workspace::{Workspace, on_path};

const NGINX: Package = Package { apt: "nginx-light", brew: "nginx" };
/// What CloudFront would say.
const KNOWN: &str = "X-Origin-Verify: secret\r\n";

/// Starts it and tries it.
///
/// # Errors
/// What nginx says, or does otherwise.
pub fn check(workspace: &Workspace, step: &Step) -> Result<()> {
    let program = program(step)?;
    let folder = Folder::new("nginx")?;
    let (one, other) = (Upstream::start()?, Upstream::start()?);
    let (plain, tls) = (http::free_port()?, http::free_port()?);
    let text = fs::read_to_string(workspace.root.join("infra/host/etc/nginx.conf"))?;
    let config = write(&folder.0, &text, [plain, tls, one.port, other.port])?;
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
    let_in(plain, tls)?;
    stream(plain)?;
    drop(one);
    for request in 0..50 {
        let status = ask(plain, KNOWN)?.0;
        ensure!(status == 200, "with one process down, request {request} is answered {status}");
    }
    nginx.check()
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
    let mut openssl = Command::new("openssl");
    openssl.args(key).arg("-keyout").arg(dir.join("tls/privkey.pem"));
    proc::capture(openssl.arg("-out").arg(dir.join("tls/fullchain.pem")))?;
    Ok(config)
}

fn ask(port: u16, headers: &str) -> Result<(u16, String)> {
    let answer = Client::open(port)?.send("GET", "/api/menus", headers, b"")?;
    Ok((answer.status, String::from_utf8_lossy(&answer.body).into_owned()))
}

fn let_in(plain: u16, tls: u16) -> Result<()> {
    let stranger = ask(plain, "")?.0;
    ensure!(stranger == 403, "who does not come from CloudFront is answered {stranger}");
    let guess = ask(plain, "X-Origin-Verify: guess\r\n")?.0;
    ensure!(guess == 403, "a wrong word is answered {guess}");
    let hops = format!("{KNOWN}X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n");
    let known = ask(plain, &hops)?;
    ensure!(known == (200, "203.0.113.9".to_owned()), "the last hop is the guest: {known:?}");
    let large = Client::open(plain)?.send("POST", "/api/admin/images", KNOWN, &vec![0; 12 << 20]);
    let status = large.map(|answer| answer.status);
    // It may hang up before it has read everything.
    ensure!(!status.as_ref().is_ok_and(|status| *status != 413), "12 MiB are answered {status:?}");
    let url = format!("https://127.0.0.1:{tls}/health");
    proc::capture(Command::new("curl").args([
        "--silent",
        "--show-error",
        "--fail",
        "--insecure",
        "--tlsv1.2",
        &url,
    ]))?;
    let old = proc::succeeds(Command::new("curl").args(["--silent", "--insecure", "--tls-max", "1.1", &url]));
    ensure!(!old, "TLS 1.1 is still spoken");
    Ok(())
}

/// The first event arrives while the stream is open and silent.
fn stream(port: u16) -> Result<()> {
    let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    connection.set_read_timeout(Some(SILENCE))?;
    let begun = Instant::now();
    connection.write_all(format!("GET /api/events HTTP/1.1\r\nHost: x\r\n{KNOWN}\r\n").as_bytes())?;
    let (mut said, mut buffer) = (String::new(), [0; 1024]);
    while !said.contains("data: first") {
        let count = connection.read(&mut buffer).context("the stream's first event does not come through")?;
        ensure!(count > 0, "the stream ended: {said}");
        said.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    ensure!(begun.elapsed() < Duration::from_secs(1), "an event waits for {:?}", begun.elapsed());
    Ok(())
}
