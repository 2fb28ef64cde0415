//! Reads an event stream, as a browser's `EventSource` does.

use std::time::Duration;

use reqwest::{Method, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, timeout, timeout_at};

use crate::Client;

/// How long an event may take before a test fails: far more than it should, for slow machines.
const PATIENCE: Duration = Duration::from_secs(5);

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The store's sequence; pings and resets have none.
    pub id: Option<i64>,
    /// `event:`
    pub kind: String,
    /// `data:`
    pub data: Value,
}

impl Event {
    /// The data as what it should be.
    #[must_use]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.data.clone()).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// An open stream.
pub struct EventStream {
    response: Response,
    text: String,
}

impl EventStream {
    /// Opens a stream, from the present or after an event.
    pub async fn open(client: &Client, path: &str, last_event_id: Option<i64>) -> Self {
        let mut request = client.request(Method::GET, path);
        if let Some(id) = last_event_id {
            request = request.header("Last-Event-ID", id.to_string());
        }
        let response = request.send().await.expect("the server does not answer");
        assert_eq!(response.status(), 200, "{path}");
        Self::of(response)
    }

    /// Reads a response that is a stream.
    #[must_use]
    pub fn of(response: Response) -> Self {
        Self { response, text: String::new() }
    }

    /// The next event of any kind; `None` when the stream has ended.
    pub async fn any(&mut self) -> Option<Event> {
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (parse(frame), rest.to_owned());
                self.text = rest;
                match event {
                    Some(event) => return Some(event),
                    None => continue,
                }
            }
            // A server that is killed ends its streams with an error.
            let chunk = self.response.chunk().await.ok().flatten()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next event that is not a ping.
    #[track_caller]
    pub fn event(&mut self) -> impl Future<Output = Event> {
        let caller = std::panic::Location::caller();
        async move {
            let found = timeout(PATIENCE, self.news()).await;
            let found = found.unwrap_or_else(|_| panic!("no event for {PATIENCE:?}, at {caller}"));
            found.unwrap_or_else(|| panic!("the stream has ended, at {caller}"))
        }
    }

    /// The next `count` events that are no pings.
    pub async fn take(&mut self, count: usize) -> Vec<Event> {
        let mut events = Vec::with_capacity(count);
        while events.len() < count {
            events.push(self.event().await);
        }
        events
    }

    /// The ids of the next events.
    pub async fn ids(&mut self, count: usize) -> Vec<i64> {
        self.take(count).await.iter().filter_map(|event| event.id).collect()
    }

    /// Fails if anything but a ping comes within this time.
    pub async fn expect_silence(&mut self, time: Duration) {
        if let Ok(found) = timeout(time, self.news()).await {
            panic!("expected silence, got {found:?}");
        }
    }

    /// Reads until the stream ends, and answers how long that took.
    pub async fn expect_end(&mut self, within: Duration) -> Duration {
        let begin = Instant::now();
        while timeout_at(begin + within, self.any()).await.expect("the stream goes on").is_some() {}
        begin.elapsed()
    }

    async fn news(&mut self) -> Option<Event> {
        loop {
            match self.any().await {
                Some(event) if event.kind == "ping" => {}
                other => return other,
            }
        }
    }
}

/// A frame's event; `None` for comments and `retry:`.
fn parse(frame: &str) -> Option<Event> {
    let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    Some(Event {
        id: field("id").map(|id| id.parse().unwrap()),
        kind: field("event")?.to_owned(),
        data: serde_json::from_str(field("data")?).unwrap(),
    })
}
