//! The event stream. [`Machine`] decides, [`EventStream`] does: it owns the browser's `EventSource`, the timers and
//! the listeners, and ends with the reactive owner that opened it.

mod machine;
mod parse;
mod source;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use shared_types::events::StoreEvent;

pub use machine::{Connection, Machine, Step};
pub use parse::parse;
use source::Source;

/// How often the machine looks at the clock.
const TICK_MS: u32 = 1_000;

/// What the stream has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// Something may have been missed: fetch the snapshot again, and call [`EventStream::resume_from`] if it names an
    /// event. Said on the first connection without a starting point, and after a `reset`.
    Snapshot,
    /// This happened. Never the same one twice.
    Event(StoreEvent),
}

/// Where to listen.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// `/api/events` or `/api/admin/sse/orders`.
    pub path: &'static str,
    /// The event that a snapshot named.
    pub after: Option<i64>,
    /// Called when the server refused the connection. A page cannot see why; an ordinary call (`auth/me`) can, and
    /// renews the login or ends the session.
    pub refused: fn(),
}

struct Inner {
    options: Options,
    machine: RefCell<Machine>,
    source: RefCell<Option<Source>>,
    connection: ArcRwSignal<Connection>,
    then: Box<dyn Fn(Incoming)>,
}

/// An open stream. Copy it freely; it ends with its owner, or with [`EventStream::close`].
#[derive(Clone, Copy)]
pub struct EventStream {
    inner: StoredValue<Option<(Rc<Inner>, Interval)>, LocalStorage>,
    connection: RwSignal<Connection>,
}

impl EventStream {
    /// Opens a stream that lives as long as the current reactive owner and reports to `then`.
    pub fn follow(options: Options, then: impl Fn(Incoming) + 'static) -> Self {
        let connection = ArcRwSignal::new(Connection::default());
        let inner = Rc::new(Inner {
            options,
            machine: RefCell::new(Machine::new(now(), options.after)),
            source: RefCell::new(None),
            connection: connection.clone(),
            then: Box::new(then),
        });
        let timer = Interval::new(TICK_MS, {
            let inner = Rc::downgrade(&inner);
            move || with(&inner, |inner| inner.step(|machine, now| machine.tick(now)))
        });
        for event in ["online", "visibilitychange"] {
            let inner = Rc::downgrade(&inner);
            let handle = window_event_listener_untyped(event, move |_| {
                with(&inner, |inner| {
                    if !document().hidden() {
                        inner.step(Machine::wake);
                    }
                });
            });
            on_cleanup(move || handle.remove());
        }
        let offline = {
            let inner = Rc::downgrade(&inner);
            window_event_listener_untyped("offline", move |_| with(&inner, |inner| inner.fail()))
        };
        on_cleanup(move || offline.remove());
        inner.step(Machine::tick);
        let inner = StoredValue::new_local(Some((inner, timer)));
        Self { inner, connection: connection.into() }
    }

    /// What the page may claim about how current it is.
    #[must_use]
    pub fn connection(&self) -> Signal<Connection> {
        self.connection.into()
    }

    /// The stream goes on from the event that a snapshot named.
    pub fn resume_from(&self, id: i64) {
        self.inner.try_with_value(|inner| {
            if let Some((inner, _)) = inner {
                inner.machine.borrow_mut().resume_from(id);
            }
        });
    }

    /// The last event that was seen; while an event is being reported, its id.
    #[must_use]
    pub fn last_id(&self) -> Option<i64> {
        self.inner
            .try_with_value(|inner| inner.as_ref().and_then(|(inner, _)| inner.machine.borrow().last_id()))?
    }

    /// Somebody does not want to wait for the next attempt.
    pub fn wake(&self) {
        self.inner.try_with_value(|inner| {
            if let Some((inner, _)) = inner {
                inner.step(Machine::wake);
            }
        });
    }

    /// Ends it.
    pub fn close(&self) {
        self.inner.try_set_value(None);
    }
}

impl Inner {
    fn step(self: &Rc<Self>, decide: impl FnOnce(&mut Machine, f64) -> Step) {
        let step = decide(&mut self.machine.borrow_mut(), now());
        match step {
            Step::Rest => {}
            Step::Open { after } => {
                let source = Source::open(self.options.path, after, self);
                self.source.replace(source);
            }
            Step::Close => self.fail(),
        }
        self.tell();
    }

    fn fail(&self) {
        self.source.replace(None);
        self.machine.borrow_mut().failed(now(), js_sys::Math::random());
        self.tell();
    }

    fn tell(&self) {
        let connection = self.machine.borrow().connection(now());
        if self.connection.get_untracked() != connection {
            self.connection.set(connection);
        }
    }

    fn opened(&self) {
        let missed = self.machine.borrow_mut().opened(now());
        self.tell();
        if missed {
            (self.then)(Incoming::Snapshot);
        }
    }

    fn broke(&self, refused: bool) {
        self.fail();
        if refused {
            (self.options.refused)();
        }
    }

    fn received(&self, id: Option<i64>, event: Option<StoreEvent>) {
        let incoming = match event {
            Some(StoreEvent::Reset) => {
                self.machine.borrow_mut().reset(now());
                Some(Incoming::Snapshot)
            }
            // An unknown event still moves the position on.
            event => {
                self.machine.borrow_mut().event(now(), id).then_some(event).flatten().map(Incoming::Event)
            }
        };
        self.tell();
        if let Some(incoming) = incoming {
            (self.then)(incoming);
        }
    }

    fn heard(&self) {
        self.machine.borrow_mut().heard(now());
        self.tell();
    }
}

fn with(inner: &Weak<Inner>, act: impl FnOnce(&Rc<Inner>)) {
    if let Some(inner) = inner.upgrade() {
        act(&inner);
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}
