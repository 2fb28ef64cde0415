use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use shared_types::ErrorCode;
use shared_types::stores::AuditPage;
use test_support::client::send;
use test_support::{AdminClient, TestApp};
use uuid::Uuid;

const AUDIT: &str = "/api/admin/audit";
const CATEGORIES: &str = "/api/admin/categories";

async fn page(admin: &AdminClient, query: &str) -> AuditPage {
    admin.get(&format!("{AUDIT}?{query}")).await.json(200)
}

async fn create(admin: &AdminClient, name: &str) -> Uuid {
    let category = admin.post(CATEGORIES, &json!({"name": name})).await.value(201);
    category["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_log_says_who_did_what_in_which_request() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let request = admin.request(Method::POST, CATEGORIES).header("X-Request-Id", "test-7");
    let category = send(request.json(&json!({"name": "soups"}))).await.value(201);
    let log = page(&admin, "").await;
    let entry = &log.entries[0];
    assert_eq!((entry.user_id, entry.username.as_deref()), (Some(app.store.admin), Some("manager")));
    assert_eq!((entry.action.as_str(), entry.entity.as_str()), ("create", "category"));
    assert_eq!(json!(entry.entity_id), category["id"]);
    assert_eq!((entry.request_id.as_deref(), entry.before.clone()), (Some("test-7"), None));
    assert_eq!((entry.after.clone(), log.entries.len()), (Some(category), 1));
}

#[tokio::test]
async fn the_log_is_read_page_by_page_newest_first() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut expected = Vec::new();
    for n in 0..5 {
        expected.insert(0, create(&admin, &format!("category {n}")).await);
    }
    let (mut seen, mut query) = (Vec::new(), "limit=2".to_owned());
    loop {
        let page = page(&admin, &query).await;
        seen.extend(page.entries.iter().map(|e| e.entity_id));
        let Some(cursor) = page.next_cursor else { break };
        create(&admin, &format!("in between {}", seen.len())).await;
        query = format!("limit=2&cursor={cursor}");
    }
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn filters_narrow_the_log_down() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let first = create(&admin, "one").await;
    app.advance(TimeDelta::minutes(10));
    let middle = app.clock().now().format("%Y-%m-%dT%H:%M:%SZ");
    app.advance(TimeDelta::minutes(10));
    let second = create(&admin, "two").await;
    let _ = admin.delete(&format!("{CATEGORIES}/{first}")).await.expect(204);
    let table = app.store.tables[3];
    let _ =
        admin.put(&format!("/api/admin/tables/{table}"), &json!({"table_number": "44"})).await.expect(200);
    let (me, nobody) = (app.store.admin, Uuid::now_v7());
    for (query, expected) in [
        ("".to_owned(), vec![table.0, first, second, first]),
        ("entity=category".to_owned(), vec![first, second, first]),
        ("action=create".to_owned(), vec![second, first]),
        ("entity=category&action=delete".to_owned(), vec![first]),
        (format!("entity_id={first}"), vec![first, first]),
        (format!("user_id={me}&entity=table"), vec![table.0]),
        (format!("user_id={nobody}"), vec![]),
        (format!("to={middle}"), vec![first]),
        (format!("from={middle}&action=create"), vec![second]),
    ] {
        let found: Vec<_> = page(&admin, &query).await.entries.into_iter().map(|e| e.entity_id).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[tokio::test]
async fn wrong_questions_are_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for limit in ["0", "101"] {
        let answer = admin.get(&format!("{AUDIT}?limit={limit}")).await;
        assert_eq!(answer.field("limit"), ErrorCode::OutOfRange, "{limit}");
    }
    // The second is a time that the database does not know.
    let id = "0199a4d3-0a2b-7c11-9f00-6a7b8c9d0e50";
    for cursor in ["x".to_owned(), format!("-999999999999999999.{id}"), format!("+1.{id}"), String::new()] {
        let answer = admin.get(&format!("{AUDIT}?cursor={cursor}")).await;
        assert_eq!(answer.field("cursor"), ErrorCode::InvalidFormat, "{cursor}");
    }
    for (field, value) in [("action", "%00"), ("entity", "%00"), ("action", "Drop"), ("entity", "")] {
        let answer = admin.get(&format!("{AUDIT}?{field}={value}")).await;
        assert_eq!(answer.field(field), ErrorCode::InvalidFormat, "{field}={value}");
    }
    for (field, query) in [
        ("from", "from=-4713-01-01T00:00:00Z"),
        ("to", "to=-262143-01-01T00:00:00Z"),
        ("to", "from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z"),
    ] {
        let answer = admin.get(&format!("{AUDIT}?{query}")).await;
        assert_eq!(answer.field(field), ErrorCode::OutOfRange, "{query}");
    }
    for query in ["user_id=7", "from=yesterday", "limit=many"] {
        let answer = admin.get(&format!("{AUDIT}?{query}")).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{query}");
    }
}

#[tokio::test]
async fn another_stores_entries_never_appear() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let (here, there) = (app.admin().await, app.admin_of(&other).await);
    let ours = create(&here, "soups").await;
    let theirs = create(&there, "soups").await;
    for query in ["".to_owned(), format!("entity_id={theirs}"), format!("user_id={}", other.admin)] {
        let found: Vec<_> = page(&here, &query).await.entries.into_iter().map(|e| e.entity_id).collect();
        assert!(found.iter().all(|id| *id == ours), "{query}: {found:?}");
    }
    // Nor through another store's cursor.
    create(&there, "stews").await;
    let cursor = page(&there, "limit=1").await.next_cursor.unwrap();
    let found = page(&here, &format!("cursor={cursor}")).await;
    assert!(found.entries.iter().all(|e| e.entity_id == ours));
}

#[tokio::test]
async fn what_was_refused_is_not_in_the_log() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    assert_eq!(admin.post(CATEGORIES, &json!({"name": "meals"})).await.code(), ErrorCode::NameTaken);
    assert_eq!(page(&admin, "").await, AuditPage::default());
}
