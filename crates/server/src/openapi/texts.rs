//! The rule for what a person types, `FieldErrors::text` and `optional_text`, as patterns. It holds for every
//! bounded text of a request; a password is bounded otherwise.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::openapi::schema::{KnownFormat, Object, SchemaFormat};
use utoipa::openapi::{Components, Paths, RefOr, Schema};

/// No hidden characters but the line break, nor, which the server is kinder about, those that make up some emoji.
const MAY_BE_BLANK: &str = r"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f-\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]*$";
/// The same, and something besides blanks.
const NOT_BLANK: &str = r"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f-\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]*[^\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f-\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff\uffa0\ufff9-\ufffb][^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f-\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]*$";
/// What bcrypt reads to its end.
const PASSWORD: &str = r"^[^\u0000]*$";

/// Gives the texts of all requests their patterns.
pub(super) fn add_patterns(paths: &Paths, components: &mut Components) {
    let mut open: Vec<String> = Vec::new();
    for item in paths.paths.values() {
        for operation in [&item.delete, &item.post, &item.put].into_iter().flatten() {
            open.extend(super::json_body(operation));
        }
    }
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(schema) = components.schemas.get_mut(&name)
            && seen.insert(name)
        {
            if let RefOr::T(Schema::Object(object)) = schema {
                object.properties.values_mut().for_each(add_pattern);
            }
            open.extend(names_in(&serde_json::to_value(&*schema).unwrap_or_default()));
        }
    }
}

fn add_pattern(property: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(text)) = property
        && text.max_length.is_some()
        && text.pattern.is_none()
    {
        text.pattern = Some(pattern_of(text).to_owned());
    }
}

fn pattern_of(text: &Object) -> &'static str {
    if matches!(text.format, Some(SchemaFormat::KnownFormat(KnownFormat::Password))) {
        PASSWORD
    } else if text.min_length.is_some() {
        NOT_BLANK
    } else {
        MAY_BE_BLANK
    }
}

/// The schemas that a piece of the document refers to.
pub(super) fn names_in(json: &Value) -> Vec<String> {
    match json {
        Value::Object(fields) => {
            let here = fields.get("$ref").and_then(Value::as_str);
            let name = here.and_then(|text| text.strip_prefix("#/components/schemas/")).map(str::to_owned);
            name.into_iter().chain(fields.values().flat_map(names_in)).collect()
        }
        Value::Array(items) => items.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use shared_types::errors::FieldErrors;

    /// Whether a character is in a class of ours, read as the pattern is written.
    fn excluded(class: &str, c: char) -> bool {
        let ends: Vec<char> = class
            .replace('-', "")
            .split("\\u")
            .skip(1)
            .map(|hex| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap())
            .collect();
        let singles: Vec<bool> = class.split("\\u").skip(1).map(|part| part.ends_with('-')).collect();
        let mut place = 0;
        while place < ends.len() {
            let last = if singles[place] { ends[place + 1] } else { ends[place] };
            if (ends[place]..=last).contains(&c) {
                return true;
            }
            place += if singles[place] { 2 } else { 1 };
        }
        false
    }

    #[test]
    fn the_patterns_say_what_the_server_checks() {
        let classes: Vec<&str> =
            super::NOT_BLANK.split("[^").skip(1).map(|p| p.split(']').next().unwrap()).collect();
        let [any, visible, _] = classes[..] else { panic!("three classes") };
        for c in (0..=0x3_1000).filter_map(char::from_u32) {
            let mut errors = FieldErrors::default();
            errors.optional_text("blank", &c.to_string(), 1);
            errors.text("visible", &c.to_string(), 1);
            assert_eq!(errors.of("blank").is_some(), excluded(any, c), "{c:?}");
            assert_eq!(errors.of("visible").is_some(), excluded(visible, c), "{c:?}");
        }
        assert!(super::MAY_BE_BLANK.contains(any));
    }
}
