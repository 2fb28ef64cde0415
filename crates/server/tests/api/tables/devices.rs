use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use shared_types::auth::TableToken;
use shared_types::tables::DeviceList;
use shared_types::{DeviceId, ErrorCode, TableId};
use test_support::client::send;
use test_support::fixture::PASSWORD;
use test_support::{AdminClient, TestApp};
use uuid::Uuid;

use super::{path, shown};
use crate::wait::{A_SECOND, until};

async fn list(admin: &AdminClient, table: TableId) -> DeviceList {
    admin.get(&format!("{}/devices", path(table))).await.json(200)
}

fn device(id: DeviceId) -> String {
    format!("/api/admin/devices/{id}")
}

#[tokio::test]
async fn a_tables_devices_are_listed_last_seen_first() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut expected = Vec::new();
    for _ in 0..3 {
        expected.insert(0, app.table(0).await.login.table.device_id);
        app.advance(TimeDelta::minutes(5));
    }
    app.table(1).await;
    let devices = list(&admin, app.store.tables[0]).await.devices;
    assert_eq!(devices.iter().map(|d| d.id).collect::<Vec<_>>(), expected);
    assert!(devices.iter().all(|d| d.created_at <= d.last_seen_at));
    let unknown = admin.get(&format!("{}/devices", path(TableId(Uuid::now_v7())))).await;
    assert_eq!(unknown.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_device_has_the_label_and_the_version_that_it_came_with() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let body = json!({"store": app.store.code, "table_number": "1", "password": PASSWORD, "device_label": " Tablet 7 "});
    let request = app.anonymous().request(Method::POST, "/api/auth/table-login").json(&body);
    let login: TableToken = send(request.header("X-App-Version", "customer 0.1.0")).await.json(200);
    let found = list(&admin, login.table.id).await.devices.remove(0);
    assert_eq!((found.id, found.label.as_deref()), (login.table.device_id, Some("Tablet 7")));
    assert_eq!(found.app_version.as_deref(), Some("customer 0.1.0"));
}

#[tokio::test]
async fn a_revoked_device_is_out_everywhere_within_a_second() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (lost, kept, admin) = (app.table(0).await, app.table(0).await, app.admin().await);
    let mut events = lost.stream(None).await;
    let id = lost.login.table.device_id;
    let _ = admin.delete(&device(id)).await.expect(204);
    assert_eq!(lost.get("/api/orders").await.code(), ErrorCode::CredentialRevoked);
    events.expect_end(A_SECOND).await;
    let there = lost.at(&other.url);
    until(A_SECOND, async || there.get("/api/orders").await.status == 401).await;
    let _ = kept.get("/api/orders").await.expect(200);
    let left: Vec<_> = list(&admin, lost.table).await.devices.into_iter().map(|d| d.id).collect();
    assert_eq!(left, [kept.login.table.device_id]);
    assert_eq!(shown(&admin, lost.table).await.device_count, 1);
    assert_eq!(admin.delete(&device(id)).await.code(), ErrorCode::NotFound);
    assert_eq!(admin.delete(&device(DeviceId(Uuid::now_v7()))).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn devices_whose_time_is_over_are_not_counted() {
    let app = TestApp::start().await;
    let table = app.table(0).await.table;
    app.advance(TimeDelta::days(181));
    let admin = app.admin().await;
    assert_eq!(list(&admin, table).await, DeviceList::default());
    assert_eq!(shown(&admin, table).await.device_count, 0);
}
