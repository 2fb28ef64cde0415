//! Stands in for a process of the server behind nginx.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Result;

/// How long a stream stays open after its one event.
pub const SILENCE: Duration = Duration::from_secs(3);

/// Answers every request with the address that it was told, and streams with one event; until it is dropped.
#[derive(Debug)]
pub struct Upstream {
    /// Its port.
    pub port: u16,
    stop: Arc<AtomicBool>,
}

impl Upstream {
    /// Starts one.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                thread::spawn(move || answer(stream));
            }
        });
        Ok(Self { port, stop })
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes it, so that it closes its port.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        thread::sleep(Duration::from_millis(50));
    }
}

fn answer(stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let (mut first, mut address) = (String::new(), String::new());
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("x-forwarded-for:") {
            address = value.trim().to_owned();
        }
    }
    let mut stream = reader.into_inner();
    if first.contains("/api/events") {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: first\n\n")
            .ok()?;
        thread::sleep(SILENCE);
        return Some(());
    }
    let length = address.len();
    stream.write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{address}").as_bytes()).ok()
}
