//! Every operation of the OpenAPI document × every kind of caller. An operation that is missing from the
//! table fails the test, and so does a status that differs from it.

mod callers;
mod table;
mod things;

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use test_support::{Client, Store, TestApp};

use callers::{Caller, Credentials, Ended};
use table::{Body, Guard, OPERATIONS, Operation};
use things::Things;

use crate::images;

/// The status of one request; streams are not read.
async fn ask(client: &Client, operation: &Operation, things: &Things, store: &Store) -> u16 {
    let path = things.path(operation);
    let mut request = client.request(operation.method.parse::<Method>().unwrap(), &path);
    request = match operation.body {
        Body::None => request,
        Body::Json(text) => request.header("Content-Type", "application/json").body(things.fill(text)),
        Body::Sheet(text) => request.header("Content-Type", "text/csv").body(things.fill(text)),
        Body::Picture => {
            let (content_type, body) = images::form::of(&images::samples::png(&images::samples::photo(8, 6)));
            request.header("Content-Type", content_type).body(body)
        }
        Body::Stew => request
            .json(&store.stew())
            .header("Idempotency-Key", test_support::callers::new_key().to_string()),
    };
    request.send().await.unwrap().status().as_u16()
}

/// What the operation answers to a caller.
fn expected(operation: &Operation, caller: Caller) -> u16 {
    let own_app = match operation.guard {
        Guard::Public | Guard::Device => return operation.success,
        Guard::Table => matches!(caller, Caller::Table | Caller::OtherStoresTable),
        Guard::Admin => matches!(caller, Caller::Admin | Caller::OtherStoresAdmin),
    };
    match caller {
        Caller::Nobody | Caller::Ended | Caller::Expired | Caller::WrongIssuer | Caller::ForeignAudience => {
            401
        }
        Caller::WrongAlgorithm | Caller::Unsigned | Caller::Forged => 401,
        Caller::WrongAudience => 403,
        Caller::OtherStoresTable | Caller::OtherStoresAdmin if own_app => operation.other_store,
        _ if own_app => operation.success,
        _ => 403,
    }
}

#[tokio::test]
async fn every_operation_answers_every_caller_as_the_table_says() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let ended = Ended::new(&app).await;
    let mut wrong = Vec::new();
    for operation in OPERATIONS {
        // Fresh credentials for each operation: some of them end the one that is used.
        let credentials = Credentials::new(&app, &other, &ended, operation.guard).await;
        // Who is turned away uses nothing up.
        let untouched = Things::new(&app).await;
        for caller in Caller::ALL {
            let client = credentials.client(&app.anonymous(), caller);
            let expected = expected(operation, caller);
            let status = if matches!(expected, 401 | 403) {
                ask(&client, operation, &untouched, &app.store).await
            } else {
                ask(&client, operation, &Things::new(&app).await, &app.store).await
            };
            if status != expected {
                wrong.push(format!("{operation} for {caller:?}: {status} instead of {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_operation_of_the_document_stands_in_the_table() {
    let document: Value = serde_json::from_str(&server::openapi::json().unwrap()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            documented.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let listed: BTreeSet<_> = OPERATIONS.iter().map(ToString::to_string).collect();
    assert_eq!(listed.len(), OPERATIONS.len(), "one is listed twice");
    assert_eq!(documented, listed);
}

#[test]
fn the_document_names_the_credential_that_the_table_asks_for() {
    let document: Value = serde_json::from_str(&server::openapi::json().unwrap()).unwrap();
    for operation in OPERATIONS {
        let documented = &document["paths"][operation.path][operation.method.to_lowercase()]["security"];
        let scheme = documented[0].as_object().and_then(|scheme| scheme.keys().next()).map(String::as_str);
        let expected = match operation.guard {
            Guard::Public => None,
            Guard::Device => Some("device"),
            Guard::Table => Some("table"),
            Guard::Admin => Some("admin"),
        };
        assert_eq!(scheme, expected, "{operation}");
    }
}
