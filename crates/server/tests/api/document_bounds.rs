//! The bounds that the document gives are those that the server checks.

use serde_json::{Value, json};
use shared_types::examples::{self, Example};

/// Bounds that hold only together with another field; the example is widened so that each can be tried alone.
fn widened(name: &str, mut body: Value) -> Value {
    match name {
        "StoreUpdate" => {
            body["warn_after_minutes"] = json!(1);
            body["late_after_minutes"] = json!(240);
        }
        "NewMenu" | "MenuUpdate" => {
            let option = body["option_groups"][0]["options"][0].clone();
            body["option_groups"][0]["options"] = json!(vec![option; 50]);
            body["option_groups"][0]["max_choices"] = json!(50);
        }
        _ => {}
    }
    body
}

/// Values at a bound and just beyond it: is it taken?
fn tries(schema: &Value, now: &Value) -> Vec<(Value, bool)> {
    let whole = |key: &str| schema[key].as_i64();
    let text = |length: i64| json!("가".repeat(usize::try_from(length).unwrap()));
    let ascii = |length: i64| json!("a".repeat(usize::try_from(length).unwrap()));
    let text = |length| {
        if schema["format"] == "password" || schema["pattern"] == CODE { ascii(length) } else { text(length) }
    };
    let list = |length: i64| json!(vec![now[0].clone(); usize::try_from(length).unwrap()]);
    let mut all = Vec::new();
    for (key, beyond) in [("minLength", -1), ("maxLength", 1)] {
        // A zone must exist, however long its name is.
        if let Some(bound) = whole(key).filter(|_| now != "Asia/Seoul" || key == "maxLength") {
            all.extend([(text(bound), true), (text(bound + beyond), false)]);
        }
    }
    for (key, beyond) in [("minimum", -1), ("maximum", 1)] {
        if let Some(bound) = whole(key) {
            all.extend([(json!(bound), true), (json!(bound + beyond), false)]);
        }
    }
    for (key, beyond) in [("minItems", -1), ("maxItems", 1)] {
        if let Some(bound) = whole(key) {
            all.extend([(list(bound), true), (list(bound + beyond), false)]);
        }
    }
    if schema["pattern"].is_string() && schema["format"] != "password" {
        all.push((json!("a\u{7}b"), false));
    }
    all
}

const CODE: &str = "^[a-z0-9-]{3,40}$";

struct Walk<'a> {
    api: &'a Value,
    example: &'a Example,
    body: &'a Value,
    wrong: Vec<String>,
    tried: usize,
}

impl Walk<'_> {
    /// Tries the bounds of one place of the body, and of those below it.
    fn place(&mut self, pointer: &str, schema: &Value) {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => self.api.pointer(&reference[1..]).unwrap(),
            None => schema,
        };
        let Some(now) = self.body.pointer(pointer).cloned() else { return };
        for (value, taken) in tries(schema, &now) {
            let mut body = self.body.clone();
            *body.pointer_mut(pointer).unwrap() = value.clone();
            // Fewer options than may be chosen are refused for that reason.
            if pointer.ends_with("/options") && pointer.contains("option_groups") {
                let group = pointer.trim_end_matches("/options");
                let most = value.as_array().unwrap().len().max(1);
                body.pointer_mut(group).unwrap()["max_choices"] = json!(most);
            }
            self.tried += 1;
            if (self.example.accepts)(body) != taken {
                let value: String = value.to_string().chars().take(60).collect();
                let not = if taken { "refused" } else { "taken" };
                self.wrong.push(format!("{}{pointer}: {value} is {not}", self.example.schema));
            }
        }
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            self.place(&format!("{pointer}/{name}"), inner);
        }
        if schema["items"].is_object() {
            self.place(&format!("{pointer}/0"), &schema["items"]);
        }
        for name in now.as_object().into_iter().flatten().map(|(name, _)| name) {
            if schema["additionalProperties"].is_object() {
                self.place(&format!("{pointer}/{name}"), &schema["additionalProperties"]);
            }
        }
    }
}

#[test]
fn bounds_are_what_the_server_checks() {
    let api: Value = serde_json::from_str(&server::openapi::json().unwrap()).unwrap();
    let paths =
        api["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let requests: std::collections::BTreeSet<_> = paths
        .filter_map(|one| one["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str())
        .map(|reference| reference.rsplit('/').next().unwrap())
        .collect();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for name in requests {
        let example = examples::ALL.iter().find(|example| example.schema == name).unwrap();
        let body = widened(name, (example.value)());
        assert!((example.accepts)(body.clone()), "{name}");
        let mut walk = Walk { api: &api, example, body: &body, wrong: Vec::new(), tried: 0 };
        walk.place("", &api["components"]["schemas"][name]);
        wrong.extend(walk.wrong);
        tried += walk.tried;
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(tried > 150, "only {tried} values were tried");
}

/// Every field with a bound in its check has one in the document: what is refused at length must be said.
#[test]
fn no_text_of_a_request_is_endless() {
    let api: Value = serde_json::from_str(&server::openapi::json().unwrap()).unwrap();
    for example in examples::ALL {
        let fields = api["components"]["schemas"][example.schema]["properties"].as_object().unwrap();
        for (name, schema) in fields.iter().filter(|(_, schema)| schema["maxLength"].is_null()) {
            let mut body = (example.value)();
            if !body[name].is_string() || !schema["pattern"].is_null() {
                continue;
            }
            body[name] = json!("x".repeat(5000));
            let endless = (example.accepts)(body.clone());
            let readable = (example.round_trip)(body).is_ok();
            assert_eq!(
                endless, readable,
                "{}: {name} has a bound that the document does not tell",
                example.schema
            );
        }
    }
}
