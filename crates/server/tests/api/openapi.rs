//! The committed document is the one that the server serves.

use serde_json::Value;
use test_support::TestApp;

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
    assert_eq!(served, serde_json::from_str::<Value>(&server::openapi::json().unwrap()).unwrap());
}
