//! One browser `EventSource` and its listeners.

use std::rc::Rc;

use shared_types::events::EventKind;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use super::parse::{PING, parse};
use super::{Inner, with};

pub(super) struct Source {
    source: EventSource,
    // Called by the browser until the source is closed.
    _listener: Closure<dyn Fn(Event)>,
}

impl Source {
    /// Opens a connection; `None` when the browser refuses, which the machine meets with its time limit.
    pub(super) fn open(path: &str, after: Option<i64>, inner: &Rc<Inner>) -> Option<Self> {
        let url = match after {
            Some(id) => format!("{path}?last_event_id={id}"),
            None => path.to_owned(),
        };
        let source = EventSource::new(&url).ok()?;
        let inner = Rc::downgrade(inner);
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            with(&inner, |inner| handle(inner, &event));
        });
        let names = ["open", "error", PING];
        for name in names.into_iter().chain(EventKind::ALL.iter().map(|kind| kind.as_str())) {
            // Only a source that is gone refuses listeners.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        Some(Self { source, _listener: listener })
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.source.close();
    }
}

fn handle(inner: &Rc<Inner>, event: &Event) {
    let name = event.type_();
    match name.as_str() {
        "open" => inner.opened(),
        "error" => {
            // The browser gives up for good only when the answer was no stream: an expired login, most often.
            let refused = event
                .target()
                .and_then(|target| target.dyn_into::<EventSource>().ok())
                .is_some_and(|source| source.ready_state() == EventSource::CLOSED);
            inner.broke(refused);
        }
        PING => inner.heard(),
        name => {
            let Some(message) = event.dyn_ref::<MessageEvent>() else { return };
            let data = message.data().as_string().unwrap_or_default();
            let event = name.parse().ok().and_then(|kind| parse(kind, &data));
            inner.received(message.last_event_id().parse().ok(), event);
        }
    }
}
