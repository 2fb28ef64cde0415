//! Whether the bell can be heard, and when it rings. Lives at the root.

use chrono::DateTime;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_kit::lean::effect;
use web_kit::{clock, storage};
use web_sys::{AudioContext, AudioContextState};

use super::beep::beep;
use crate::board::Desk;
use crate::state::arrivals::Bell;

const KEY: &str = "tableorder.admin.sound";

/// What the switch may claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    /// The manager wants silence.
    Off,
    /// Wanted, but the browser lets nothing sound until the page is touched.
    Blocked,
    /// The next new order is heard.
    On,
}

/// The bell.
#[derive(Clone, Copy)]
pub struct Speaker {
    wanted: RwSignal<bool>,
    /// What the browser says, not what was asked of it.
    running: RwSignal<bool>,
    context: StoredValue<Option<AudioContext>, LocalStorage>,
}

impl Speaker {
    /// Makes `expect_context::<Speaker>()` work below. Call it at the root.
    pub fn provide(desk: Desk) {
        let speaker = Self {
            wanted: RwSignal::new(storage::load(KEY).unwrap_or(true)),
            running: RwSignal::new(false),
            context: StoredValue::new_local(None),
        };
        provide_context(speaker);
        // A browser plays nothing before the first touch; any touch will do.
        for event in ["pointerdown", "keydown"] {
            let handle = window_event_listener_untyped(event, move |_| {
                if speaker.wanted.get_untracked() && !speaker.running.get_untracked() {
                    speaker.wake(false);
                }
            });
            on_cleanup(move || handle.remove());
        }
        let bell = StoredValue::new(Bell::default());
        let tick = clock::ticking(1_000);
        effect(move || {
            let now = DateTime::from_timestamp_millis(tick.get()).unwrap_or_default();
            let mut is_due = false;
            desk.unseen.with(|unseen| bell.update_value(|bell| is_due = bell.is_due(unseen, now)));
            if is_due {
                speaker.ring();
            }
        });
    }

    /// What the switch may claim.
    #[must_use]
    pub fn loudness(self) -> Loudness {
        match (self.wanted.get(), self.running.get()) {
            (false, _) => Loudness::Off,
            (true, false) => Loudness::Blocked,
            (true, true) => Loudness::On,
        }
    }

    /// The switch was pressed.
    pub fn toggle(self) {
        let wanted = self.loudness() != Loudness::On;
        self.wanted.set(wanted);
        storage::save(KEY, &wanted);
        if wanted {
            self.wake(true);
        }
    }

    /// Plays the bell so that it can be heard how loud it is.
    pub fn test(self) {
        self.wake(true);
    }

    fn ring(self) {
        self.look();
        if self.wanted.get_untracked() && self.running.get_untracked() {
            self.play();
        }
    }

    fn play(self) {
        self.context.with_value(|context| {
            if let Some(context) = context {
                // A refusal shows in `running` at the next look.
                let _ = beep(context);
            }
        });
    }

    /// Takes over what the browser says.
    fn look(self) {
        let running = self.context.with_value(|context| {
            context.as_ref().is_some_and(|context| context.state() == AudioContextState::Running)
        });
        if running != self.running.get_untracked() {
            self.running.set(running);
        }
    }

    /// Asks the browser to let it sound; must be called from a touch.
    fn wake(self, and_play: bool) {
        if self.context.with_value(Option::is_none) {
            self.context.set_value(AudioContext::new().ok());
        }
        let resumed = self.context.with_value(|context| context.as_ref().and_then(|c| c.resume().ok()));
        let Some(resumed) = resumed else { return };
        spawn_local(async move {
            // Whatever came of it: the context's state is what counts.
            let _ = wasm_bindgen_futures::JsFuture::from(resumed).await;
            self.look();
            if and_play {
                self.play();
            }
        });
    }
}
