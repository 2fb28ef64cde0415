//! Money, times and ages as people read them.

use std::cell::RefCell;

use chrono::{DateTime, NaiveTime, Timelike as _, Utc};
use js_sys::{Array, Function, Intl, Object, Reflect};
use shared_types::{Lang, Money};
use wasm_bindgen::{JsCast, JsValue};

/// An amount with its unit, in the store's currency: `12,000원`, `₩12,000`.
#[must_use]
pub fn money(amount: Money, currency: &str, lang: Lang) -> String {
    match (currency, lang) {
        ("KRW", Lang::Ko) => format!("{amount}원"),
        ("KRW", _) => format!("₩{amount}"),
        ("JPY" | "VND", _) => format!("{currency} {amount}"),
        // Every other currency that we have met has hundredths.
        _ => format!("{currency} {}.{:02}", Money(amount.0 / 100), amount.0.unsigned_abs() % 100),
    }
}

/// Whole minutes from `then` to `now_ms`; never negative.
#[must_use]
pub fn minutes_since(then: DateTime<Utc>, now_ms: i64) -> i64 {
    (now_ms - then.timestamp_millis()).max(0) / 60_000
}

/// The time of day in the store's time zone: `19:41`.
#[must_use]
pub fn time(at: DateTime<Utc>, timezone: &str) -> String {
    intl(at, timezone, "time", &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")])
}

/// A time of day of the store's own clock: `05:30`.
#[must_use]
pub fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Day and time in the store's time zone: `2026-11-22 19:41`.
#[must_use]
pub fn date_time(at: DateTime<Utc>, timezone: &str) -> String {
    format!("{} {}", date(at, timezone), time(at, timezone))
}

/// The day in the store's time zone: `2026-11-22`.
#[must_use]
pub fn date(at: DateTime<Utc>, timezone: &str) -> String {
    intl(at, timezone, "date", &[("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")])
}

thread_local! {
    // Making a formatter costs more than a frame on a slow tablet; one per zone and shape is kept.
    static FORMATTERS: RefCell<Vec<(String, &'static str, Function)>> = const { RefCell::new(Vec::new()) };
}

fn intl(at: DateTime<Utc>, timezone: &str, shape: &'static str, options: &[(&str, &str)]) -> String {
    let format = FORMATTERS.with_borrow_mut(|known| {
        let found = known.iter().find(|(zone, other, _)| zone == timezone && *other == shape);
        if let Some((_, _, format)) = found {
            return Some(format.clone());
        }
        let format = formatter(Some(timezone), options).or_else(|_| formatter(None, options)).ok()?;
        known.push((timezone.to_owned(), shape, format.clone()));
        Some(format)
    });
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this age fit a double")]
    let ms = JsValue::from_f64(at.timestamp_millis() as f64);
    format.and_then(|format| format.call1(&JsValue::NULL, &ms).ok()?.as_string()).unwrap_or_else(|| utc(at))
}

/// A formatter of the Swedish locale, whose dates are ISO dates. Throws for a time zone that the browser does not
/// know, so every step is a fallible one.
fn formatter(timezone: Option<&str>, options: &[(&str, &str)]) -> Result<Function, JsValue> {
    let bag = Object::new();
    for (name, value) in options {
        Reflect::set(&bag, &(*name).into(), &(*value).into())?;
    }
    if let Some(timezone) = timezone {
        Reflect::set(&bag, &"timeZone".into(), &timezone.into())?;
    }
    let global = js_sys::global();
    let intl = Reflect::get(&global, &"Intl".into())?;
    let class: Function = Reflect::get(&intl, &"DateTimeFormat".into())?.dyn_into()?;
    let made = Reflect::construct(&class, &Array::of2(&"sv-SE".into(), &bag))?;
    let made: Intl::DateTimeFormat = made.unchecked_into();
    Ok(made.format())
}

/// The time of day in UTC, for a browser without `Intl`.
fn utc(at: DateTime<Utc>) -> String {
    let seconds = at.timestamp().rem_euclid(86_400);
    format!("{:02}:{:02}", seconds / 3_600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_in_every_language() {
        let amount = Money(12_000);
        let texts: Vec<String> = Lang::ALL.iter().map(|lang| money(amount, "KRW", *lang)).collect();
        assert_eq!(texts, ["12,000원", "₩12,000", "₩12,000", "₩12,000"]);
        assert_eq!(money(amount, "USD", Lang::En), "USD 120.00");
        assert_eq!(money(amount, "JPY", Lang::Ja), "JPY 12,000");
    }

    #[test]
    fn ages_are_never_negative() {
        let then = DateTime::from_timestamp_millis(600_000).unwrap();
        assert_eq!(minutes_since(then, 600_000 + 59_999), 0);
        assert_eq!(minutes_since(then, 600_000 + 60_000), 1);
        assert_eq!(minutes_since(then, 0), 0);
    }
}
