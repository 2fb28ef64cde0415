//! The server's time. A tablet's own clock may be minutes off, which would make ages lie.

use std::cell::Cell;

use gloo_timers::callback::Interval;
use leptos::prelude::*;

thread_local! {
    /// Server minus device, in milliseconds, from the last `Date` header.
    static OFFSET: Cell<f64> = const { Cell::new(0.0) };
}

/// The server's time in milliseconds since 1970, as well as this device can tell.
#[must_use]
pub fn now_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this age fit an i64")]
    let now = (js_sys::Date::now() + OFFSET.get()) as i64;
    now
}

/// Learns from an answer's `Date` header, which has whole seconds: smaller differences say nothing.
pub(crate) fn note_server_date(header: &str) {
    let server = js_sys::Date::parse(header);
    if server.is_finite() {
        let offset = server - js_sys::Date::now();
        OFFSET.set(if offset.abs() < 2_000.0 { 0.0 } else { offset });
    }
}

/// The server's time as a signal that moves every `period_ms`, until the owner ends.
#[must_use]
pub fn ticking(period_ms: u32) -> ReadSignal<i64> {
    let (now, set_now) = signal(now_ms());
    // Owned by whoever asked: dropped, and thereby stopped, with it.
    StoredValue::new_local(Interval::new(period_ms, move || {
        set_now.try_set(now_ms());
    }));
    now
}
