//! What `infra/host/etc/nginx.conf` does in a real nginx: who is let in, whose address the server is told, what one process that is
//! down does to guests, and that streams are passed on at once.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::edge::{Edge, KNOWN};
use super::upstream::{SILENCE, Upstream};
use crate::http::Client;
use crate::proc;
use crate::ui::Step;
use crate::workspace::Workspace;

/// Starts it and tries it.
///
/// # Errors
/// What nginx says, or does otherwise.
pub fn check(workspace: &Workspace, step: &Step) -> Result<()> {
    let (one, other) = (Upstream::start()?, Upstream::start()?);
    let mut edge = Edge::start(workspace, [one.port, other.port], step)?;
    let (plain, tls) = (edge.plain, edge.tls);
    let_in(plain, tls)?;
    stream(plain)?;
    drop(one);
    for request in 0..50 {
        let status = ask(plain, &known())?.0;
        ensure!(status == 200, "with one process down, request {request} is answered {status}");
    }
    edge.nginx.check()
}

fn known() -> String {
    format!("{KNOWN}\r\n")
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
    let hops = format!("{KNOWN}\r\nX-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n");
    let guest = ask(plain, &hops)?;
    ensure!(guest == (200, "203.0.113.9".to_owned()), "the last hop is the guest: {guest:?}");
    let large = Client::open(plain)?.send("POST", "/api/admin/images", &known(), &vec![0; 12 << 20]);
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
    connection.write_all(format!("GET /api/events HTTP/1.1\r\nHost: x\r\n{KNOWN}\r\n\r\n").as_bytes())?;
    let (mut said, mut buffer) = (String::new(), [0; 1024]);
    while !said.contains("data: first") {
        let count = connection.read(&mut buffer).context("the stream's first event does not come through")?;
        ensure!(count > 0, "the stream ended: {said}");
        said.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    ensure!(begun.elapsed() < Duration::from_secs(1), "an event waits for {:?}", begun.elapsed());
    Ok(())
}
