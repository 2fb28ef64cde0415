//! All devices of the store, and when they were last seen.

use chrono::TimeDelta;
use reqwest::Method;
use shared_types::tables::{DevicePage, DeviceStatus, StoreDevice};
use shared_types::{DeviceId, ErrorCode};
use test_support::client::send;
use test_support::{AdminClient, TestApp};

const PATH: &str = "/api/admin/devices";

async fn fleet(admin: &AdminClient, query: &str) -> DevicePage {
    admin.get(&format!("{PATH}?{query}")).await.json(200)
}

fn ids(page: &DevicePage) -> Vec<DeviceId> {
    page.devices.iter().map(|device| device.id).collect()
}

async fn one(admin: &AdminClient, id: DeviceId) -> StoreDevice {
    fleet(admin, "limit=100").await.devices.into_iter().find(|device| device.id == id).unwrap()
}

#[tokio::test]
async fn every_device_stands_there_with_its_table_newest_first() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    app.table_of(&other, 0).await;
    let admin = app.admin().await;
    let mut expected = Vec::new();
    for place in [0, 1, 0] {
        let device = app.table(place).await.login.table;
        expected.insert(0, (device.device_id, device.id, device.table_number));
        app.advance(TimeDelta::minutes(1));
    }
    let page = fleet(&admin, "").await;
    let found: Vec<_> = page.devices.iter().map(|d| (d.id, d.table_id, d.table_number.clone())).collect();
    assert_eq!(found, expected, "and none of another store");
    assert_eq!(page.next_cursor, None);
}

#[tokio::test]
async fn it_says_which_can_still_order() {
    let app = TestApp::start().await;
    let expired = app.table(0).await.login.table.device_id;
    app.advance(TimeDelta::days(181));
    let (revoked, active) = (app.table(0).await, app.table(0).await.login.table.device_id);
    let admin = app.admin().await;
    let id = revoked.login.table.device_id;
    let _ = admin.delete(&format!("{PATH}/{id}")).await.expect(204);
    for (id, status) in
        [(expired, DeviceStatus::Expired), (id, DeviceStatus::Revoked), (active, DeviceStatus::Active)]
    {
        let device = one(&admin, id).await;
        assert_eq!((device.status, device.revoked_at.is_some()), (status, status == DeviceStatus::Revoked));
    }
    assert_eq!(ids(&fleet(&admin, "active=true").await), [active]);
}

#[tokio::test]
async fn pages_hold_every_device_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for _ in 0..5 {
        app.table(0).await;
    }
    let all = ids(&fleet(&admin, "").await);
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = fleet(&admin, &format!("limit=2{cursor}")).await;
        // Whoever signs in meanwhile is not on the pages that follow.
        app.table(1).await;
        found.extend(ids(&page));
        let Some(next) = page.next_cursor else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, all);
    assert_eq!(admin.get(&format!("{PATH}?limit=0")).await.field("limit"), ErrorCode::OutOfRange);
    assert_eq!(admin.get(&format!("{PATH}?cursor=x")).await.field("cursor"), ErrorCode::InvalidFormat);
}

#[tokio::test]
async fn a_request_is_noted_with_its_version_and_written_once_a_minute() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let id = table.login.table.device_id;
    let before = one(&admin, id).await;
    app.advance(TimeDelta::minutes(5));
    let request = table.request(Method::GET, "/api/menus").header("X-App-Version", "customer 0.2.0");
    let _ = send(request).await.expect(200);
    let _ = table.get("/api/orders").await.expect(200);
    assert_eq!(one(&admin, id).await, before, "no request writes");
    app.instance.write_seen().await;
    let after = one(&admin, id).await;
    assert!(after.last_seen_at - before.last_seen_at >= TimeDelta::minutes(5));
    assert_eq!(after.app_version.as_deref(), Some("customer 0.2.0"));
}

#[tokio::test]
async fn a_device_that_only_listens_is_seen_too() {
    let app = TestApp::start().await;
    let (table, silent, admin) = (app.table(0).await, app.table(0).await, app.admin().await);
    let _stream = table.stream(None).await;
    let _board = admin.stream(None).await;
    app.instance.write_seen().await;
    app.advance(TimeDelta::minutes(5));
    app.instance.write_seen().await;
    let age = async |id| app.clock().now() - one(&admin, id).await.last_seen_at;
    assert!(age(table.login.table.device_id).await < TimeDelta::minutes(1));
    assert!(age(silent.login.table.device_id).await >= TimeDelta::minutes(5));
}
