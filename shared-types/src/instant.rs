//! Reading an instant as this system writes it, `2026-11-22T10:41:07.25Z`, or PostgreSQL in JSON, `…07.25+00:00`, without a general parser of dates: what the
//! guests' app reads goes through here, and it downloads a tenth of the code.

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

fn parse(text: &str) -> Option<DateTime<Utc>> {
    let (date, time) = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00"))?.split_once('T')?;
    let mut date = date.split('-');
    let (year, month, day) = (number(date.next()?)?, number(date.next()?)?, number(date.next()?)?);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut time = time.split(':');
    let (hour, minute, second) = (number(time.next()?)?, number(time.next()?)?, number(time.next()?)?);
    if date.next().is_some() || time.next().is_some() || fraction.len() > 9 {
        return None;
    }
    let scale = 9_u32.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    let nanos = number(fraction)?.checked_mul(10_u32.checked_pow(scale)?)?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some(date.and_time(NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?).and_utc())
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
        }
    }
}
