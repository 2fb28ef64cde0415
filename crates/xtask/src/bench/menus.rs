//! Reading the menu, beside a handler that does nothing but return the same bytes.

use std::fs;

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;

use super::house::House;
use super::load::{Load, Round};
use crate::background::{self, Background};
use crate::http::{self, Client};

/// Browsers all take brotli.
const ACCEPT: &str = "Accept-Encoding: br\r\n";

/// One round of menu reads from every table.
///
/// # Errors
/// When a read is refused.
pub fn round(house: &House, load: &Load) -> Result<Round> {
    load.round(house.port, |number| {
        let headers = format!("{}{ACCEPT}", house.tables[number % house.tables.len()].header);
        move |client: &mut Client| read(client, "/api/menus", &headers)
    })
}

/// The bare handler, running.
#[derive(Debug)]
pub struct Bare {
    port: u16,
    _server: Background,
}

impl Bare {
    /// Takes the menu's bytes from the server and serves them from memory.
    ///
    /// # Errors
    /// When either does not answer.
    pub fn start(house: &House) -> Result<Self> {
        let headers = format!("{}{ACCEPT}", house.tables.first().context("no table is signed in")?.header);
        let answer = Client::open(house.port)?.send("GET", "/api/menus", &headers, b"")?;
        let file = house.dir.join("menu.bytes");
        fs::write(&file, answer.body)?;
        let port = http::free_port()?;
        let mut command = background::tied_to_us(&house.binary, "TERM");
        command.arg("bench-static").arg("--file").arg(&file).args(["--listen", &format!("127.0.0.1:{port}")]);
        let log = house.dir.join("bare.log");
        let mut server = Background::start("the bare handler", &mut command, &log, Signal::SIGTERM)?;
        server.wait_for(port, "/")?;
        Ok(Self { port, _server: server })
    }

    /// One round of reads.
    ///
    /// # Errors
    /// When a read is refused.
    pub fn round(&self, load: &Load) -> Result<Round> {
        load.round(self.port, |_| move |client: &mut Client| read(client, "/", ACCEPT))
    }
}

fn read(client: &mut Client, path: &str, headers: &str) -> Result<()> {
    let answer = client.send("GET", path, headers, b"")?;
    if answer.status != 200 || answer.body.is_empty() {
        bail!("GET {path} was answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
    }
    Ok(())
}
