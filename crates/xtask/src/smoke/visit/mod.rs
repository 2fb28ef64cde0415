//! What the walk knows on its way, and what it has to take away again.

pub mod guest;
pub mod looking;
pub mod manager;

use anyhow::{Result, bail};
use serde_json::Value;

use super::SmokeArgs;
use crate::curl::{Answer, Request, Trust};
use crate::http::text;
use crate::random::Random;
use crate::stream::Stream;

/// One walk.
#[derive(Debug)]
pub struct Visit {
    args: SmokeArgs,
    trust: Trust,
    random: Random,
    guests: String,
    managers: String,
    /// Headers, once signed in.
    manager: String,
    table: String,
    /// The body of the order, and the order as it was answered.
    wanted: String,
    order: Value,
    key: String,
    board: Option<Stream>,
    screen: Option<Stream>,
    /// Paths to delete or post to, newest last.
    litter: Vec<(&'static str, String)>,
}

impl Visit {
    /// Nobody is signed in yet.
    ///
    /// # Errors
    /// When the address is none, or the system has no random numbers.
    pub fn new(args: &SmokeArgs, trust: Trust) -> Result<Self> {
        let tidy = |url: &str| url.trim_end_matches('/').to_owned();
        let guests = tidy(&args.url);
        let managers = args.admin_url.as_deref().map_or_else(|| guests.clone(), tidy);
        if let Some(wrong) = [&guests, &managers].into_iter().find(|url| !url.contains("://")) {
            bail!("{wrong} is no address: begin with http:// or https://");
        }
        let empty = String::new;
        Ok(Self {
            args: args.clone(),
            trust,
            random: Random::new()?,
            guests,
            managers,
            manager: empty(),
            table: empty(),
            wanted: empty(),
            order: Value::Null,
            key: empty(),
            board: None,
            screen: None,
            litter: Vec::new(),
        })
    }

    fn look(&self, url: &str) -> Result<Answer> {
        Request { url: url.to_owned(), ..Request::default() }.send(&self.trust)
    }

    /// Asks as a manager. The status must be this one; the answer is its JSON, if it has any.
    fn as_manager(&self, method: &str, path: &str, json: Option<&Value>, status: u16) -> Result<Value> {
        let url = format!("{}{path}", self.managers);
        let headers = vec![self.manager.clone()];
        answered(
            Request { method, url, headers, json: json.map(Value::to_string), file: None },
            &self.trust,
            status,
        )
    }

    /// The same as the table.
    fn as_table(&self, method: &str, path: &str, json: Option<&Value>, status: u16) -> Result<Value> {
        let url = format!("{}{path}", self.guests);
        let headers = vec![self.table.clone()];
        answered(
            Request { method, url, headers, json: json.map(Value::to_string), file: None },
            &self.trust,
            status,
        )
    }

    fn order_id(&self) -> Result<String> {
        text(&self.order, "/id")
    }

    /// Takes away what the walk has brought, newest first. Returns what it could not.
    pub fn leave(&mut self) -> Vec<String> {
        (self.board, self.screen) = (None, None);
        let mut left = Vec::new();
        while let Some((method, path)) = self.litter.pop() {
            let url = format!("{}{path}", self.managers);
            let request = Request { method, url, headers: vec![self.manager.clone()], ..Request::default() };
            match request.send(&self.trust) {
                // 409: nobody sits at the table that would have been finished.
                Ok(answer) if (200..300).contains(&answer.status) || answer.status == 409 => {}
                Ok(answer) => left.push(format!("{method} {path} is answered {}", answer.status)),
                Err(error) => left.push(format!("{method} {path}: {error:#}")),
            }
        }
        left
    }
}

fn answered(request: Request<'_>, trust: &Trust, status: u16) -> Result<Value> {
    let answer = request.send(trust)?;
    if answer.status != status {
        let path = request.url.splitn(4, '/').last().unwrap_or_default();
        bail!("/{path} is answered {} instead of {status}: {}", answer.status, answer.body.trim());
    }
    if answer.body.is_empty() { Ok(Value::Null) } else { answer.json() }
}
