//! Just enough of PostgreSQL's protocol to run statements over a socket, because `psql` does not come with
//! every set of server programs. Simple queries only; no passwords, the socket's folder is the guard.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// Version 3.0 of the protocol.
const PROTOCOL: u32 = 196_608;

/// A connection.
#[derive(Debug)]
pub struct Connection {
    stream: UnixStream,
}

/// Rows as text.
pub type Rows = Vec<Vec<Option<String>>>;

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens or PostgreSQL refuses.
    pub fn open(socket_dir: &Path, user: &str, database: &str) -> Result<Self> {
        let stream =
            UnixStream::connect(socket_dir.join(".s.PGSQL.5432")).context("PostgreSQL does not answer")?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        let mut connection = Self { stream };
        let mut body = PROTOCOL.to_be_bytes().to_vec();
        for text in ["user", user, "database", database, "client_encoding", "UTF8", ""] {
            body.extend(text.bytes().chain([0]));
        }
        connection.stream.write_all(&framed(None, &body))?;
        connection.answer()?;
        Ok(connection)
    }

    /// Runs one or several statements, all of them or none, and returns the rows.
    ///
    /// # Errors
    /// PostgreSQL's message.
    pub fn query(&mut self, sql: &str) -> Result<Rows> {
        let body: Vec<u8> = sql.bytes().chain([0]).collect();
        self.stream.write_all(&framed(Some(b'Q'), &body))?;
        self.answer()
    }

    /// Reads until PostgreSQL is ready for the next statement.
    fn answer(&mut self) -> Result<Rows> {
        let mut rows = Vec::new();
        let mut refusal = None;
        loop {
            let (kind, body) = self.message()?;
            match kind {
                b'Z' => match refusal {
                    Some(message) => bail!("PostgreSQL: {message}"),
                    None => return Ok(rows),
                },
                b'D' => rows.push(row(&body).context("PostgreSQL sent half a row")?),
                // After a refused connection nothing more comes.
                b'E' if fatal(&body) => bail!("PostgreSQL: {}", error_message(&body)),
                b'E' => refusal = Some(error_message(&body)),
                b'R' if body != [0; 4] => bail!("PostgreSQL asks for a password on its private socket"),
                _ => {}
            }
        }
    }

    fn message(&mut self) -> Result<(u8, Vec<u8>)> {
        let mut head = [0; 5];
        self.stream.read_exact(&mut head).context("PostgreSQL hung up")?;
        let [kind, length @ ..] = head;
        let length = u32::from_be_bytes(length).checked_sub(4).context("PostgreSQL sent half a message")?;
        let mut body = vec![0; length as usize];
        self.stream.read_exact(&mut body).context("PostgreSQL hung up")?;
        Ok((kind, body))
    }
}

fn framed(kind: Option<u8>, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    kind.into_iter().chain(length.to_be_bytes()).chain(body.iter().copied()).collect()
}

fn row(body: &[u8]) -> Option<Vec<Option<String>>> {
    let (count, mut rest) = body.split_first_chunk::<2>()?;
    let mut cells = Vec::new();
    for _ in 0..u16::from_be_bytes(*count) {
        let (length, tail) = rest.split_first_chunk::<4>()?;
        rest = tail;
        // A length of -1 is NULL.
        let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
            cells.push(None);
            continue;
        };
        let (cell, tail) = rest.split_at_checked(length)?;
        rest = tail;
        cells.push(Some(String::from_utf8_lossy(cell).into_owned()));
    }
    Some(cells)
}

fn field(body: &[u8], wanted: u8) -> Option<String> {
    let mut fields = body.split(|byte| *byte == 0).filter_map(<[u8]>::split_first);
    fields.find(|(kind, _)| **kind == wanted).map(|(_, text)| String::from_utf8_lossy(text).into_owned())
}

fn fatal(body: &[u8]) -> bool {
    field(body, b'V').is_some_and(|severity| severity == "FATAL" || severity == "PANIC")
}

fn error_message(body: &[u8]) -> String {
    let more = [(b'D', "detail"), (b'H', "hint"), (b'W', "where"), (b'P', "at character")];
    let more = more.iter().filter_map(|(kind, name)| Some(format!("; {name}: {}", field(body, *kind)?)));
    field(body, b'M').unwrap_or_else(|| "an error without a message".to_owned()) + &more.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_nulls() {
        let body = [&[0, 2][..], &[0, 0, 0, 2], b"ok", &[255; 4]].concat();
        assert_eq!(row(&body), Some(vec![Some("ok".to_owned()), None]));
        assert_eq!(row(&[0, 1, 0, 0, 0, 9, b'x']), None, "cut short");
    }

    #[test]
    fn errors_read_well() {
        let body = b"SFATAL\0VFATAL\0Mdatabase \"x\" does not exist\0Htry y\0\0";
        assert_eq!(error_message(body), "database \"x\" does not exist; hint: try y");
        assert!(fatal(body));
    }
}
