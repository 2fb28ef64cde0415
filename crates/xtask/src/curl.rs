//! Requests to anywhere, over TLS too: by curl, which every system has.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::proc;

const MISSING: &str = "curl is part of every system: install it";

/// Which certificates are believed beside those that this system knows.
#[derive(Debug, Clone, Default)]
pub struct Trust(pub Option<PathBuf>);

/// What is asked.
#[derive(Debug, Default)]
pub struct Request<'a> {
    /// `POST`; empty: `GET`, or `POST` where something is sent.
    pub method: &'a str,
    /// Where to.
    pub url: String,
    /// `Name: value`
    pub headers: Vec<String>,
    /// A body of JSON.
    pub json: Option<String>,
    /// A file to send as the field `file` of a form.
    pub file: Option<&'a Path>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// `200`.
    pub status: u16,
    /// The status line and the headers, in lower case.
    pub head: String,
    /// The body as text; of a picture not much is left.
    pub body: String,
}

impl Request<'_> {
    /// As curl reads it from a file: arguments would be seen by every user of the machine.
    fn config(&self) -> String {
        let mut text = setting("url", &self.url);
        if !self.method.is_empty() {
            text += &setting("request", self.method);
        }
        for header in &self.headers {
            text += &setting("header", header);
        }
        if let Some(json) = &self.json {
            text += &(setting("header", "Content-Type: application/json") + &setting("data-raw", json));
        }
        if let Some(file) = self.file {
            text += &setting("form", &format!("file=@{}", file.display()));
        }
        text
    }

    fn start(&self, trust: &Trust, options: &[&str]) -> Result<Child> {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--http1.1"]).args(options);
        if let Some(file) = &trust.0 {
            curl.arg("--cacert").arg(file);
        }
        let child = curl.args(["--config", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = child.stderr(Stdio::piped()).spawn().context(MISSING)?;
        child.stdin.take().context("curl hears nothing")?.write_all(self.config().as_bytes())?;
        Ok(child)
    }

    /// Sends it and waits for the answer, whatever that is.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn send(&self, trust: &Trust) -> Result<Answer> {
        let output = self.start(trust, &["--include", "--max-time", "20"])?.wait_with_output()?;
        if !output.status.success() {
            bail!("{}: {}", self.url, proc::last_lines(&String::from_utf8_lossy(&output.stderr), 3));
        }
        let answer = parse(&String::from_utf8_lossy(&output.stdout));
        answer.with_context(|| format!("{} did not answer HTTP", self.url))
    }

    /// Opens it as a stream: what comes is read from the program's output.
    ///
    /// # Errors
    /// When curl does not start.
    pub fn open(&self, trust: &Trust) -> Result<Child> {
        self.start(trust, &["--no-buffer", "--fail"])
    }
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.body).context("the answer is no JSON")
    }

    /// Whether a header, named in lower case, has a value that begins like this.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        let of = |line: &str| {
            line.split_once(':').is_some_and(|(key, rest)| key == name && rest.trim().starts_with(value))
        };
        self.head.lines().any(of)
    }
}

/// Asks for what is at an address.
///
/// # Errors
/// When nobody answers.
pub fn get(url: &str) -> Result<Answer> {
    Request { url: url.to_owned(), ..Request::default() }.send(&Trust::default())
}

/// Reads what curl printed.
#[must_use]
pub fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    // A form is sent only after the server has said that it may come.
    if status == 100 {
        return parse(body);
    }
    Some(Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() })
}

fn setting(name: &str, value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("{name} = \"{value}\"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_status_headers_and_body() {
        let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n{\"a\":1}";
        let answer = parse(text).unwrap();
        assert_eq!((answer.status, answer.json().unwrap()["a"].as_i64()), (201, Some(1)));
        assert!(answer.has("content-type", "application/json") && !answer.has("content", "application"));
        assert!(parse("nothing").is_none());
    }

    #[test]
    fn quotes_do_not_end_a_setting() {
        assert_eq!(setting("data-raw", "{\"a\": \"\\n\"}"), "data-raw = \"{\\\"a\\\": \\\"\\\\n\\\"}\"\n");
    }
}
