//! The committed document is the one that the server serves, and says of every operation what a client must know.

use serde_json::{Value, json};
use shared_types::{ErrorBody, ErrorCode, examples};
use test_support::TestApp;

/// Whom nobody has to ask.
const PUBLIC: &[&str] = &[
    "get_health",
    "get_health_ready",
    "get_openapi_json",
    "get_docs",
    "get_images_name",
    "post_client_errors",
    "post_auth_admin_login",
    "post_auth_table_login",
];

fn document() -> Value {
    serde_json::from_str(&server::openapi::json().unwrap()).unwrap()
}

/// Every operation: method, path, itself.
fn operations(api: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = api["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(|(method, one)| (method.as_str(), path.as_str(), one))
        })
        .collect()
}

/// What a reference names, or the thing itself.
fn resolve<'a>(api: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => {
            api.pointer(&reference[1..]).unwrap_or_else(|| panic!("{reference} leads nowhere"))
        }
        None => value,
    }
}

/// The example of a JSON body.
fn example<'a>(api: &'a Value, content: &'a Value) -> &'a Value {
    let own = &content["example"];
    if own.is_null() { &resolve(api, &content["schema"])["examples"][0] } else { own }
}

fn statuses(one: &Value) -> Vec<&str> {
    one["responses"].as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_committed_document_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(committed == server::openapi::json().unwrap(), "type `tableorder openapi > openapi.json`");
}

#[tokio::test]
async fn the_server_serves_it_to_everybody() {
    let app = TestApp::start().await;
    let served: Value = app.anonymous().get("/api/openapi.json").await.json(200);
    assert_eq!(served, document());
}

#[test]
fn every_operation_says_what_it_is_and_for_whom() {
    let api = document();
    let known: Vec<_> = api["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    let mut ids = std::collections::BTreeSet::new();
    for (method, path, one) in operations(&api) {
        let id = one["operationId"].as_str().unwrap();
        assert!(ids.insert(id), "{id} twice");
        assert!(!one["summary"].as_str().unwrap().is_empty(), "{method} {path} has no summary");
        assert!(known.contains(&&one["tags"][0]), "{method} {path} has no tag that is described");
        assert_eq!(one["security"].is_null(), PUBLIC.contains(&id), "{method} {path}: security");
        for (status, response) in one["responses"].as_object().unwrap() {
            let said = resolve(&api, response)["description"].as_str().unwrap();
            assert!(!said.is_empty(), "{method} {path}: {status} says nothing");
        }
    }
}

#[test]
fn every_json_body_and_success_has_an_example() {
    let api = document();
    for (method, path, one) in operations(&api) {
        let bodies = one["requestBody"]["content"].as_object().into_iter().flatten();
        let successes =
            one["responses"].as_object().unwrap().iter().filter(|(status, _)| status.starts_with('2'));
        let successes = successes.flat_map(|(_, answer)| answer["content"].as_object().into_iter().flatten());
        for (mime, content) in bodies.chain(successes) {
            // The document's own schema is JSON Schema's, and it is its own example.
            if mime == "application/json" && path != "/api/openapi.json" {
                assert!(!example(&api, content).is_null(), "{method} {path}: no example of its {mime}");
            }
        }
    }
}

#[test]
fn every_example_is_of_its_type() {
    let api = document();
    let of = |name: &str| examples::ALL.iter().find(|example| example.schema == name);
    for (name, schema) in api["components"]["schemas"].as_object().unwrap() {
        for value in schema["examples"].as_array().into_iter().flatten() {
            let example = of(name).unwrap_or_else(|| panic!("{name} has an example that nobody checks"));
            assert_eq!((example.round_trip)(value.clone()).unwrap(), *value, "{name}");
        }
    }
    for example in examples::ALL {
        let there = &api["components"]["schemas"][example.schema]["examples"][0];
        assert!(!there.is_null(), "{} is an example of nothing", example.schema);
    }
    for (name, example) in api["components"]["examples"].as_object().unwrap() {
        let body: ErrorBody = serde_json::from_value(example["value"].clone()).unwrap();
        assert_eq!(body.error.code.as_str(), name);
        assert!(body.error.request_id.is_some());
    }
}

#[test]
fn every_operation_lists_its_errors() {
    let api = document();
    for (method, path, one) in operations(&api) {
        let listed = statuses(one);
        let mut needed = vec!["414", "429", "431"];
        if !one["security"].is_null() {
            needed.push("401");
        }
        // The wrong kind of caller, or another site.
        if one["security"][0].get("device").is_none() && !one["security"].is_null() || method != "get" {
            needed.push("403");
        }
        if path.contains('{') {
            needed.push("404");
        }
        if !one["requestBody"].is_null() {
            needed.extend(["400", "408", "413"]);
            needed.extend((one["requestBody"]["required"] == true).then_some("415"));
        }
        if path.starts_with("/api/admin/") {
            needed.extend(["500", "503"]);
        }
        for status in needed {
            assert!(listed.contains(&status), "{method} {path} does not list {status}");
        }
    }
}

#[test]
fn every_error_has_its_form_and_an_example_of_each_code() {
    let api = document();
    for (method, path, one) in operations(&api) {
        for (status, response) in one["responses"].as_object().unwrap() {
            // Readiness is answered in its own words.
            if status.as_str() < "400" || path == "/health/ready" && status == "503" {
                continue;
            }
            let response = resolve(&api, response);
            let json = &response["content"]["application/json"];
            assert_eq!(
                json["schema"],
                json!({"$ref": "#/components/schemas/ErrorBody"}),
                "{method} {path} {status}"
            );
            let examples = json["examples"].as_object().unwrap();
            assert!(!examples.is_empty(), "{method} {path} {status} has no example");
            for (name, shown) in examples {
                let code = ErrorCode::ALL.iter().find(|code| code.as_str() == name).unwrap();
                assert_eq!(code.status().to_string(), *status, "{method} {path}: {name}");
                assert_eq!(resolve(&api, shown)["value"]["error"]["code"], *name);
                assert!(response["description"].as_str().unwrap().contains(name), "{method} {path}: {name}");
            }
            if ["429", "503"].contains(&status.as_str()) {
                assert!(!response["headers"]["Retry-After"].is_null(), "{method} {path} {status}");
            }
        }
    }
}

#[test]
fn the_codes_of_the_document_are_those_of_the_catalogue() {
    let api = document();
    let listed = api["components"]["schemas"]["ErrorCode"]["enum"].as_array().unwrap();
    let codes: Vec<_> = ErrorCode::ALL.iter().map(|code| json!(code.as_str())).collect();
    assert_eq!(*listed, codes);
}

#[test]
fn the_guide_lists_every_code_with_its_status_and_meaning() {
    let guide = include_str!("../../../../docs/api-design.md");
    for code in ErrorCode::ALL {
        let row = format!("| {} | `{code}` | {} |", code.status(), code.meaning());
        assert!(guide.contains(&row), "docs/api-design.md lacks:\n{row}");
    }
}
