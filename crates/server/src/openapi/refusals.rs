//! The errors of every operation. What an operation refuses for reasons of its own stands beside its handler:
//! the description of a status names the codes of the catalogue in backticks. What follows from the kind of
//! operation (who may call it, what it takes) is added here, so that nobody repeats it.

use std::collections::{BTreeMap, BTreeSet};

use shared_types::errors::{ApiError, ErrorBody, ErrorDetails};
use shared_types::orders::{CartChange, CartChangeKind, OrderStatus};
use shared_types::{ErrorCode, Lang, MenuId, Money};
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{Components, ContentBuilder, Ref, RefOr, Required, Response, ResponseBuilder};
use uuid::Uuid;

use super::{is_bounded, json_body};

/// Answered without the database.
const FROM_MEMORY: [&str; 5] =
    ["/health", "/health/ready", "/api/docs", "/api/openapi.json", "/api/client-errors"];

/// Adds to an operation what it may be refused with, and to the components what those answers share.
pub(super) fn add(method: &str, path: &str, operation: &mut Operation, components: &mut Components) {
    let mut codes: BTreeMap<String, BTreeSet<ErrorCode>> = BTreeMap::new();
    for code in common(method, path, operation, components) {
        codes.entry(code.status().to_string()).or_default().insert(code);
    }
    for (status, response) in &operation.responses.responses {
        if let RefOr::T(Response { description, content, .. }) = response
            && content.is_empty()
            && status.as_str() >= "400"
        {
            codes.entry(status.clone()).or_default().extend(named(description));
        }
    }
    for (status, codes) in codes {
        let own = match operation.responses.responses.get(&status) {
            Some(RefOr::T(Response { content, .. })) if !content.is_empty() => continue,
            Some(RefOr::T(Response { description, .. })) => Some(in_full(description, &codes)),
            _ => None,
        };
        let answer = match own {
            Some(description) => RefOr::T(response(&codes, &description, components)),
            None => shared(&codes, components),
        };
        operation.responses.responses.insert(status, answer);
    }
}

/// The codes of the catalogue that a description names in backticks.
fn named(description: &str) -> impl Iterator<Item = ErrorCode> {
    let words = description.split('`').skip(1).step_by(2);
    words.filter_map(|word| ErrorCode::ALL.iter().copied().find(|code| code.as_str() == word))
}

/// An operation's own words, and what they leave out.
fn in_full(own: &str, codes: &BTreeSet<ErrorCode>) -> String {
    let said: Vec<_> = named(own).collect();
    let bare = said.iter().any(|code| own == format!("`{code}`"));
    let rest = codes.iter().filter(|code| bare || !said.contains(code));
    let rest = rest.map(|code| format!("`{code}`: {}", code.meaning()));
    let own = (!bare && !own.is_empty()).then(|| own.to_owned());
    own.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

/// What follows from the kind of operation.
fn common(method: &str, path: &str, operation: &Operation, components: &Components) -> Vec<ErrorCode> {
    use ErrorCode as E;
    let mut codes = vec![E::TooManyRequests, E::UriTooLong, E::HeadersTooLarge];
    let who = super::security_of(operation);
    match who.as_deref() {
        Some("device") => codes.extend([E::Unauthenticated, E::CredentialRevoked]),
        Some(_) => codes.extend([E::Unauthenticated, E::TokenExpired, E::CredentialRevoked, E::Forbidden]),
        None => {}
    }
    if method != "get" {
        codes.push(E::WrongOrigin);
    }
    let parameters = operation.parameters.iter().flatten();
    let parameters: Vec<_> =
        parameters.filter_map(|p| if let RefOr::T(p) = p { Some(p) } else { None }).collect();
    if parameters.iter().any(|p| p.parameter_in == ParameterIn::Path) {
        codes.push(E::NotFound);
    }
    let query: Vec<_> = parameters.iter().filter(|p| p.parameter_in == ParameterIn::Query).collect();
    if !query.is_empty() {
        codes.push(E::MalformedRequest);
    }
    if query.iter().any(|p| p.schema.as_ref().is_some_and(is_bounded)) {
        codes.push(E::ValidationFailed);
    }
    if let Some(RefOr::T(body)) = &operation.request_body {
        codes.extend([E::MalformedRequest, E::RequestTimeout, E::PayloadTooLarge]);
        // A body that may be missing then has no type.
        codes.extend((body.required != Some(Required::False)).then_some(E::UnsupportedMediaType));
    }
    let body = json_body(operation).and_then(|name| components.schemas.get(&name));
    if body.is_some_and(is_bounded) {
        codes.push(E::ValidationFailed);
    }
    if !FROM_MEMORY.contains(&path) {
        codes.push(E::Internal);
        codes.extend((who.is_some() || method == "post").then_some(E::Unavailable));
    }
    codes
}

/// An answer that many operations share, by reference.
fn shared(codes: &BTreeSet<ErrorCode>, components: &mut Components) -> RefOr<Response> {
    let name = codes.iter().map(|code| format!("{code:?}")).collect::<Vec<_>>().join("Or");
    if !components.responses.contains_key(&name) {
        let response = response(codes, &in_full("", codes), components);
        components.responses.insert(name.clone(), RefOr::T(response));
    }
    RefOr::Ref(Ref::from_response_name(name))
}

fn response(codes: &BTreeSet<ErrorCode>, description: &str, components: &mut Components) -> Response {
    let mut examples = Vec::new();
    for code in codes {
        let example =
            ExampleBuilder::new().summary(code.meaning()).value(serde_json::to_value(example(*code)).ok());
        components.examples.insert(code.to_string(), RefOr::T(example.build()));
        examples.push((code.to_string(), Ref::new(format!("#/components/examples/{code}"))));
    }
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("ErrorBody")))
        .examples_from_iter(examples.into_iter().map(|(name, example)| (name, RefOr::Ref(example))));
    let mut response =
        ResponseBuilder::new().description(description).content("application/json", content.build());
    let waits = [ErrorCode::AccountLocked, ErrorCode::TooManyRequests, ErrorCode::Unavailable];
    if waits.iter().any(|code| codes.contains(code)) {
        response = response.header_ref("Retry-After", Ref::new("#/components/headers/Retry-After"));
    }
    response.build()
}

/// The answer that goes with a code.
fn example(code: ErrorCode) -> ErrorBody {
    let id = Uuid::from_u128(0x0199_a4d3_0a2b_7c11_9f00_6a7b_8c9d_0e51);
    let mut details = ErrorDetails::default();
    match code {
        ErrorCode::ValidationFailed => {
            details.fields.insert("name".to_owned(), vec![ErrorCode::Required]);
        }
        ErrorCode::EmptyCart => {
            details.fields.insert("items".to_owned(), vec![ErrorCode::EmptyCart]);
        }
        ErrorCode::AccountLocked => details.retry_after_seconds = Some(900),
        ErrorCode::TooManyRequests => details.retry_after_seconds = Some(1),
        ErrorCode::InvalidTransition => details.current_status = Some(OrderStatus::Completed),
        ErrorCode::StatusConflict => details.current_status = Some(OrderStatus::Preparing),
        ErrorCode::CartChanged => {
            details.current_total = Some(Money(38000));
            details.changes = vec![CartChange {
                line: 0,
                menu_id: MenuId(Uuid::from_u128(0x0199_a4c0_1f2e_7b1a_9c41_5d0e_6f7a_8b21)),
                menu_name: Some("소불고기".to_owned()),
                kind: CartChangeKind::Repriced,
                current_price: Some(Money(19000)),
            }];
        }
        _ => {}
    }
    let message = code.message(Lang::En).to_owned();
    ErrorBody { error: ApiError { code, message, request_id: Some(id.to_string()), details } }
}
