//! The page that describes the API: whole, from here, and strict about what it may load.

use reqwest::Method;
use serde_json::Value;
use test_support::client::send;
use test_support::{Answer, TestApp};

const PAGE: &str = "/api/docs";

/// The values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let parts = html.split(&format!("{attribute}=\"")).skip(1).collect::<Vec<_>>();
    parts.iter().map(|part| part.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn the_page_and_all_that_it_links_come_from_here() {
    let app = TestApp::start().await;
    let page = app.anonymous().get(PAGE).await.expect(200);
    assert_eq!(page.header("Content-Type"), "text/html; charset=utf-8");
    let html = page.text();
    assert!(values(&html, "src").is_empty() && !html.contains("<script") && !html.contains(" style="));
    for link in values(&html, "href") {
        if let Some(place) = link.strip_prefix('#') {
            assert!(html.contains(&format!("id=\"{place}\"")), "{link} leads nowhere");
            continue;
        }
        let kind = match link {
            "data:," => continue,
            "/api/docs/style.css" => "text/css; charset=utf-8",
            "/api/openapi.json" => "application/json",
            other => panic!("{other} is a link that nobody expects"),
        };
        assert_eq!(app.anonymous().get(link).await.expect(200).header("Content-Type"), kind);
    }
    assert!(!html.contains("http://") && !html.contains("https://"));
}

#[tokio::test]
async fn the_page_may_load_its_styles_and_nothing_else() {
    let app = TestApp::start().await;
    let policy = app.anonymous().get(PAGE).await.expect(200).header("Content-Security-Policy").to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("script") && !policy.contains("http"), "{policy}");
}

#[tokio::test]
async fn the_page_shows_every_operation_and_every_code() {
    let app = TestApp::start().await;
    let html = app.anonymous().get(PAGE).await.text();
    let api: Value = serde_json::from_str(&server::openapi::json().unwrap()).unwrap();
    let operations =
        api["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let mut shown = values(&html, "data-operation");
    for operation in operations {
        let id = operation["operationId"].as_str().unwrap();
        let before = shown.len();
        shown.retain(|one| *one != id);
        assert_eq!(shown.len() + 1, before, "{id} is not shown once");
    }
    assert!(shown.is_empty(), "{shown:?}");
    for code in shared_types::ErrorCode::ALL {
        assert!(html.contains(&format!("<code>{code}</code>")), "{code}");
    }
}

#[tokio::test]
async fn documents_are_not_sent_again_to_whoever_has_them() {
    let app = TestApp::start().await;
    let ask = async |path: &str, encoding: &str, tag: &str| -> Answer {
        let request = app.anonymous().request(Method::GET, path).header("Accept-Encoding", encoding);
        send(request.header("If-None-Match", tag)).await
    };
    for path in [PAGE, "/api/docs/style.css", "/api/openapi.json"] {
        let plain = ask(path, "identity", "").await.expect(200);
        assert_eq!(plain.header("Cache-Control"), "public, no-cache", "{path}");
        assert!(plain.header("Vary").starts_with("Accept-Encoding"), "{path}");
        for (encoding, coding) in [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, identity", "identity")] {
            let answer = ask(path, encoding, "").await.expect(200);
            assert_eq!(answer.header("Content-Encoding"), coding, "{path}");
            assert!(coding == "identity" || answer.body.len() < plain.body.len(), "{path} {coding}");
            let again = ask(path, encoding, answer.header("ETag")).await.expect(304);
            assert!(again.body.is_empty());
        }
        assert_eq!(ask(path, "br", "\"another\"").await.status, 200);
    }
}
