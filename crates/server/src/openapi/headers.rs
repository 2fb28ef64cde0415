//! Headers that many answers carry.

use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{Object, SchemaType, Type};
use utoipa::openapi::{Components, HeaderBuilder, Ref, RefOr};

const WHOLE_NUMBERS: [(&str, &str); 4] = [
    ("Retry-After", "Seconds to wait before trying again."),
    ("RateLimit-Limit", "Requests of this device or user that may come at once, at most."),
    ("RateLimit-Remaining", "Requests that may come at once now."),
    ("RateLimit-Reset", "Seconds until more may come."),
];

/// Describes them once, for reference.
pub(super) fn describe(components: &mut Components) {
    for (name, meaning) in WHOLE_NUMBERS {
        let number = Object::with_type(SchemaType::Type(Type::Integer));
        let header = HeaderBuilder::new().schema(Some(number)).description(Some(meaning)).build();
        components.headers.insert(name.to_owned(), RefOr::T(header));
    }
}

/// Who is signed in is told in every answer how many requests are left.
pub(super) fn add(operation: &mut Operation) {
    if !super::security_of(operation).is_some_and(|who| who == "admin" || who == "table") {
        return;
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && status.starts_with('2')
        {
            for (name, _) in WHOLE_NUMBERS.iter().filter(|(name, _)| name.starts_with("RateLimit")) {
                let header = RefOr::Ref(Ref::new(format!("#/components/headers/{name}")));
                response.headers.insert((*name).to_owned(), header);
            }
        }
    }
}
