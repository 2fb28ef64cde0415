//! What an entry of the audit log says of its thing.

use shared_types::stores::{AuditEntry, RawJson};

/// Fields that name a thing, the best first.
const NAMES: [&str; 4] = ["order_number", "table_number", "username", "name"];
/// Longer values are cut.
const LONG: usize = 60;

/// One field that has changed: its name, how it was, how it is.
pub type Changed = (String, String, String);

/// What the thing was called, as far as the entry knows.
#[must_use]
pub fn subject(entry: &AuditEntry) -> Option<String> {
    let states = [&entry.after, &entry.before];
    let mut states = states.into_iter().filter_map(Option::as_ref);
    states.find_map(|state| NAMES.iter().find_map(|name| Some(state.get(name)?.as_str()?.to_owned())))
}

/// The fields whose values differ; lists and objects are left out.
#[must_use]
pub fn changes(entry: &AuditEntry) -> Vec<Changed> {
    let (Some(before), Some(after)) = (&entry.before, &entry.after) else { return vec![] };
    let fields = after.as_object().into_iter().flatten();
    let changed = fields.filter_map(|(name, now)| {
        let was = before.get(name)?;
        (was != now).then(|| Some((name.clone(), plain(was)?, plain(now)?)))?
    });
    changed.filter(|(name, ..)| !name.ends_with("_at") || name.starts_with("day")).collect()
}

fn plain(value: &RawJson) -> Option<String> {
    let text = match value {
        RawJson::Null => "–".to_owned(),
        RawJson::String(text) => text.clone(),
        RawJson::Bool(is) => is.to_string(),
        RawJson::Number(number) => number.as_i64()?.to_string(),
        RawJson::Array(_) | RawJson::Object(_) => return None,
    };
    let cut: String = text.chars().take(LONG).collect();
    Some(if cut.len() < text.len() { format!("{cut}…") } else { cut })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn entry(before: &str, after: &str) -> AuditEntry {
        let json = |text: &str| serde_json::from_str(text).ok();
        AuditEntry {
            id: Uuid::nil(),
            user_id: None,
            username: None,
            action: "update".into(),
            entity: "menu".into(),
            entity_id: Uuid::nil(),
            before: json(before),
            after: json(after),
            reason: None,
            request_id: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_what_has_changed_is_told() {
        let entry = entry(
            r#"{"name":"잡채","price":9000,"description":null,"badges":["new"],"updated_at":"1"}"#,
            r#"{"name":"잡채","price":9500,"description":"새로","badges":[],"updated_at":"2"}"#,
        );
        let mut changes = changes(&entry);
        changes.sort();
        assert_eq!(
            changes,
            [
                ("description".into(), "–".into(), "새로".into()),
                ("price".to_owned(), "9000".to_owned(), "9500".to_owned())
            ]
        );
        assert_eq!(subject(&entry).as_deref(), Some("잡채"));
    }

    #[test]
    fn what_is_gone_is_called_what_it_was() {
        let gone = entry(r#"{"order_number":"ORD-20261122-0042","name":"x"}"#, "");
        assert_eq!(subject(&gone).as_deref(), Some("ORD-20261122-0042"));
        assert!(changes(&gone).is_empty());
        assert_eq!(subject(&entry("", r#"{"other":1}"#)), None);
    }
}
