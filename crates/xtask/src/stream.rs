//! An event stream, read by curl into memory.

use std::io::{BufRead as _, BufReader};
use std::process::Child;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::curl::{Request, Trust};
use crate::proc;

/// An open stream; it ends when it is dropped.
#[derive(Debug)]
pub struct Stream {
    child: Child,
    lines: Receiver<String>,
}

impl Stream {
    /// Opens it and waits for its first word, which every stream says at once.
    ///
    /// # Errors
    /// When it is refused, or stays silent.
    pub fn open(url: String, headers: &[&str], trust: &Trust) -> Result<Self> {
        let headers =
            headers.iter().chain(&["Accept: text/event-stream"]).map(|&header| header.to_owned()).collect();
        let mut child = Request { url, headers, ..Request::default() }.open(trust)?;
        let out = child.stdout.take().context("curl says nothing")?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let stream = Self { child, lines };
        stream.wait_for("event: ping", "", Duration::from_secs(5)).context("the stream does not open")?;
        Ok(stream)
    }

    /// Waits for an event whose data hold these words. Returns how long that took.
    ///
    /// # Errors
    /// When it does not come in time, or the stream ends.
    pub fn wait_for(&self, event: &str, words: &str, limit: Duration) -> Result<Duration> {
        let (begun, mut current) = (Instant::now(), String::new());
        loop {
            let left = limit.saturating_sub(begun.elapsed());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.starts_with("event: ") => current = line,
                Ok(line) if line.starts_with("data: ") && current == event && line.contains(words) => {
                    return Ok(begun.elapsed());
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => bail!("no `{event}` within {} s", limit.as_secs()),
                Err(RecvTimeoutError::Disconnected) => bail!("the stream has ended"),
            }
        }
    }

    /// Listens for so long. Returns how often it said that it lives, and the longest silence between two words.
    ///
    /// # Errors
    /// When it ends before.
    pub fn held(&self, time: Duration) -> Result<(usize, Duration)> {
        let (begun, mut last, mut longest, mut pings) = (Instant::now(), Instant::now(), Duration::ZERO, 0);
        while let Some(left) = time.checked_sub(begun.elapsed()) {
            let word = self.lines.recv_timeout(left.min(Duration::from_millis(500)));
            match word {
                Ok(line) => {
                    longest = longest.max(last.elapsed());
                    last = Instant::now();
                    pings += usize::from(line == "event: ping");
                }
                Err(RecvTimeoutError::Timeout) => proc::pause(Duration::ZERO)?,
                Err(RecvTimeoutError::Disconnected) => bail!("the stream ended after {:?}", begun.elapsed()),
            }
        }
        Ok((pings, longest.max(last.elapsed())))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
