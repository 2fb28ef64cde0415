//! A very small HTTP client for loopback: one request at a time on a kept connection.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// Longer answers are a mistake.
const BODY_MAX: u64 = 64 * 1024 * 1024;

/// A kept connection.
#[derive(Debug)]
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// `200`.
    pub status: u16,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Client {
    /// Connects to a port of this machine.
    ///
    /// # Errors
    /// When nobody listens there.
    pub fn open(port: u16) -> Result<Self> {
        let timeout = Duration::from_secs(10);
        let stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), timeout)?;
        stream.set_read_timeout(Some(timeout))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: format!("localhost:{port}") })
    }

    /// Sends a request and reads the whole answer. Headers are lines, each with its end.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not HTTP.
    pub fn send(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> Result<Answer> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        // In one packet: two small ones would wait for each other's acknowledgement.
        let request = [head.as_bytes(), body].concat();
        self.stream.get_mut().write_all(&request)?;
        self.read_answer()
    }

    /// Sends a request that succeeds and is answered with JSON.
    ///
    /// # Errors
    /// When it does not, with what was said.
    pub fn json(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<Value> {
        let answer = self.send(method, path, headers, body.as_bytes())?;
        let said = String::from_utf8_lossy(&answer.body);
        if answer.status >= 300 {
            bail!("{method} {path} was answered {}: {said}", answer.status);
        }
        serde_json::from_str(&said).with_context(|| format!("{method} {path} did not answer JSON"))
    }

    fn read_answer(&mut self) -> Result<Answer> {
        let line = self.line()?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.with_context(|| format!("not an HTTP answer: {line:?}"))?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':') {
                None if line.is_empty() => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("transfer-encoding", value)) => chunked = value.contains("chunked"),
                _ => {}
            }
        }
        let body = if chunked { self.chunks()? } else { self.exactly(length)? };
        Ok(Answer { status, body })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the server hung up");
        }
        Ok(line.trim_end().to_owned())
    }

    fn exactly(&mut self, length: u64) -> Result<Vec<u8>> {
        if length > BODY_MAX {
            bail!("an answer of {length} bytes");
        }
        let mut body = vec![0; usize::try_from(length)?];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let length = u64::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16)?;
            body.extend(self.exactly(length)?);
            self.line()?;
            if length == 0 {
                return Ok(body);
            }
        }
    }
}

/// Text at a JSON pointer of an answer.
///
/// # Errors
/// When there is none.
pub fn text(value: &Value, pointer: &str) -> Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("the server's answer lacks {pointer}"))
}

/// One GET on a connection of its own.
///
/// # Errors
/// When nobody answers.
pub fn get(port: u16, path: &str) -> Result<Answer> {
    Client::open(port)?.send("GET", path, "Connection: close\r\n", b"")
}

/// A port that nobody uses just now.
///
/// # Errors
/// When the system gives none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths_and_chunks() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            let mut seen = [0; 1024];
            for answer in [
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi",
                "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            ] {
                assert!(stream.read(&mut seen).unwrap() > 0);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        let mut client = Client::open(port).unwrap();
        let first = client.send("GET", "/", "", b"").unwrap();
        assert_eq!((first.status, first.body.as_slice()), (200, &b"hi"[..]));
        let second = client.send("POST", "/", "", b"{}").unwrap();
        assert_eq!((second.status, second.body.as_slice()), (503, &b"abc"[..]));
        server.join().unwrap();
    }
}
