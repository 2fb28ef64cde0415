//! Paging: lists are sorted by time and id, newest first, and go on after the last row of the page before.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// After which row the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The time that the list is sorted by, of the last row of the page before.
    pub created_at: DateTime<Utc>,
    /// Its id.
    pub id: Uuid,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.created_at.timestamp_micros(), self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = shared_types::errors::UnknownValue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Seventeen digits reach to the year 5138; the database knows no times much beyond.
        let plain = |micros: &str| micros.len() <= 17 && micros.bytes().all(|b| b.is_ascii_digit());
        let parts = text.split_once('.').filter(|(micros, _)| plain(micros)).and_then(|(micros, id)| {
            Some(Self {
                created_at: DateTime::from_timestamp_micros(micros.parse().ok()?)?,
                id: id.parse().ok()?,
            })
        });
        parts.ok_or(shared_types::errors::UnknownValue("cursor"))
    }
}

impl Cursor {
    /// Cuts a list that was read with one row too many down to `limit`, and names where the next page begins.
    #[must_use]
    pub fn after_page<T>(
        rows: &mut Vec<T>,
        limit: i64,
        key: impl Fn(&T) -> (DateTime<Utc>, Uuid),
    ) -> Option<String> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if rows.len() <= limit {
            return None;
        }
        rows.truncate(limit);
        rows.last().map(&key).map(|(created_at, id)| Self { created_at, id }.to_string())
    }
}
