//! Reading an instant as this system writes it, `2026-11-22T10:41:07.25Z`, or PostgreSQL in JSON, `…07.25+00:00`, and days and
//! times of the clock, without a general parser of dates: what the apps read goes through here, and they download a tenth of
//! the code.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Deserializer, de};

/// Reads one.
///
/// # Errors
/// A text that is none, or that is not in UTC.
pub fn read<'de, D: Deserializer<'de>>(value: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(value)?;
    parse(&text).ok_or_else(|| de::Error::custom("no instant in UTC"))
}

/// Reads one that may be absent.
///
/// # Errors
/// See [`read`].
pub fn read_optional<'de, D: Deserializer<'de>>(value: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text = Option::<String>::deserialize(value)?;
    text.map(|text| parse(&text).ok_or_else(|| de::Error::custom("no instant in UTC"))).transpose()
}

/// Reads a day, `2026-11-22`.
///
/// # Errors
/// A text that is none.
pub fn read_day<'de, D: Deserializer<'de>>(value: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(value)?;
    day(&text).ok_or_else(|| de::Error::custom("no day"))
}

/// Reads a time of the clock, `18:00:00`.
///
/// # Errors
/// A text that is none.
pub fn read_time<'de, D: Deserializer<'de>>(value: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(value)?;
    time(&text).ok_or_else(|| de::Error::custom("no time of the clock"))
}

fn parse(text: &str) -> Option<DateTime<Utc>> {
    let (date, time) = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00"))?.split_once('T')?;
    Some(day(date)?.and_time(self::time(time)?).and_utc())
}

fn day(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = three(text, '-')?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn time(text: &str) -> Option<NaiveTime> {
    let (time, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let [hour, minute, second] = three(time, ':')?;
    let scale = 9_u32.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    let nanos = number(fraction)?.checked_mul(10_u32.checked_pow(scale)?)?;
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
}

fn three(text: &str, between: char) -> Option<[u32; 3]> {
    let mut parts = text.split(between);
    let found = [number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?];
    parts.next().is_none().then_some(found)
}

/// Digits and nothing else.
fn number(text: &str) -> Option<u32> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "Z",
            "2026-11-22",
            "2026-11-22T10:41:07",
            "2026-11-22T10:41:07+09:00",
            "2026-02-30T10:41:07Z",
            "2026-11-22T25:41:07Z",
            "2026-11-22T10:41:07.Z",
            "2026-11-22T10:41:07.1234567890Z",
            "2026-11-22T10:41:+7Z",
            "2026-11-22-01T10:41:07Z",
            "2026-11-22T10:41:07:01Z",
            "-026-11-22T10:41:07Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        /// Whatever is written, with however many digits of a second, is read as it was.
        #[test]
        fn reads_what_is_written(seconds in 0_i64..253_402_300_800, nanos in 0_u32..1_000_000_000, digits in 0_u32..4) {
            let nanos = nanos - nanos % 1_000_u32.pow(digits);
            let at = DateTime::from_timestamp(seconds, nanos).unwrap();
            let json = serde_json::to_string(&at).unwrap();
            prop_assert_eq!(parse(json.trim_matches('"')), Some(at));
            prop_assert_eq!(parse(&at.to_rfc3339()), Some(at));
            prop_assert_eq!(day(&at.date_naive().to_string()), Some(at.date_naive()));
            prop_assert_eq!(time(&at.time().to_string()), Some(at.time()));
        }
    }
}
