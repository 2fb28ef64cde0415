//! Schemas in words, for the page.

use serde_json::Value;

use super::page::{escape, fields, prose, table, text};

/// What a reference names, or the thing itself.
pub(super) fn resolve<'a>(api: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
        Some(place) => api.pointer(place).unwrap_or(value),
        None => value,
    }
}

/// What a schema takes: `text, 1 to 50 characters`, a link to another schema.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    if let Some(all) = schema["oneOf"].as_array().or(schema["allOf"].as_array()) {
        return all.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let base = match &schema["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().map(text).collect::<Vec<_>>().join(" or "),
        _ => return String::new(),
    };
    let inside = match base.as_str() {
        "array" => format!(" of {}", kind(&schema["items"])),
        _ if schema["additionalProperties"].is_object() => {
            format!(" of {}", kind(&schema["additionalProperties"]))
        }
        _ => String::new(),
    };
    escape(&base) + &inside + &bounds(schema)
}

fn bounds(schema: &Value) -> String {
    let named = [
        ("minLength", "at least", "characters"),
        ("maxLength", "at most", "characters"),
        ("minimum", "from", ""),
        ("maximum", "to", ""),
        ("minItems", "at least", "items"),
        ("maxItems", "at most", "items"),
    ];
    let mut all: Vec<String> = named
        .iter()
        .filter(|(key, ..)| !schema[key].is_null())
        .map(|(key, before, after)| format!("{before} {} {after}", schema[key]).trim_end().to_owned())
        .collect();
    all.extend(schema["format"].as_str().map(str::to_owned));
    if let Some(values) = schema["enum"].as_array() {
        all.push(
            values
                .iter()
                .map(|value| format!("<code>{}</code>", escape(text(value))))
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    all.iter().map(|bound| format!(", {bound}")).collect()
}

/// The fields of a schema; its kind when it has none.
pub(super) fn fields_table(schema: &Value) -> String {
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|n| n == name));
    let row = |(name, field): (&str, &Value)| {
        let needed = if required(name) { "always" } else { "" };
        let (kind, about) = (kind(field), prose(text(&field["description"])));
        format!("<tr><td><code>{name}</code></td><td>{needed}</td><td>{kind}</td><td>{about}</td></tr>")
    };
    let rows: String = fields(&schema["properties"]).map(row).collect();
    match rows.as_str() {
        "" => format!("<p>{}</p>", kind(schema)),
        rows => table(&["field", "there", "type", "meaning"], rows),
    }
}
