use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use shared_types::ErrorCode;
use shared_types::stores::StoreSettings;
use test_support::{AdminClient, TestApp};

const PATH: &str = "/api/admin/store";

async fn settings(admin: &AdminClient) -> Value {
    admin.get(PATH).await.value(200)
}

#[tokio::test]
async fn settings_are_changed_as_a_whole_and_audited() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let before: StoreSettings = admin.get(PATH).await.json(200);
    assert_eq!((before.id, before.code.as_str(), before.currency.as_str()), (app.store.id, "store-a", "KRW"));
    let body = json!({"name": " Galbi House ", "timezone": "Asia/Tokyo", "day_starts_at": "06:30:00", "session_max_minutes": 600,
        "session_idle_minutes": 90, "warn_after_minutes": 7, "late_after_minutes": 15, "code": "other", "currency": "USD"});
    let after: StoreSettings = admin.put(PATH, &body).await.json(200);
    let expected = StoreSettings {
        name: "Galbi House".to_owned(),
        timezone: "Asia/Tokyo".to_owned(),
        day_starts_at: "06:30:00".parse().unwrap(),
        session_max_minutes: 600,
        session_idle_minutes: 90,
        warn_after_minutes: 7,
        late_after_minutes: 15,
        ..before.clone()
    };
    assert_eq!(after, expected, "code and currency stay");
    assert_eq!(settings(&admin).await, json!(after));
    let log = admin.get("/api/admin/audit?entity=store").await.value(200);
    assert_eq!((&log["entries"][0]["before"], &log["entries"][0]["after"]), (&json!(before), &json!(after)));
}

#[tokio::test]
async fn wrong_settings_are_named_and_change_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let before = settings(&admin).await;
    let cases = [
        ("name", json!(" "), ErrorCode::Required),
        ("name", json!("x".repeat(101)), ErrorCode::TooLong),
        ("timezone", json!("Asia/Atlantis"), ErrorCode::InvalidFormat),
        ("timezone", json!("'; DROP TABLE stores; --"), ErrorCode::InvalidFormat),
        ("session_max_minutes", json!(29), ErrorCode::OutOfRange),
        ("session_max_minutes", json!(2881), ErrorCode::OutOfRange),
        ("session_idle_minutes", json!(9), ErrorCode::OutOfRange),
        ("warn_after_minutes", json!(0), ErrorCode::OutOfRange),
        ("late_after_minutes", json!(4), ErrorCode::OutOfRange),
        ("late_after_minutes", json!(481), ErrorCode::OutOfRange),
    ];
    for (field, value, code) in cases {
        let mut body = before.clone();
        body[field] = value.clone();
        let answer = admin.put(PATH, &body).await;
        assert_eq!((answer.status, answer.field(field)), (400, code), "{field} {value}");
    }
    let mut body = before.clone();
    body["day_starts_at"] = json!("25:00:00");
    assert_eq!(admin.put(PATH, &body).await.code(), ErrorCode::MalformedRequest);
    assert_eq!(settings(&admin).await, before);
}

#[tokio::test]
async fn two_stores_cannot_have_one_name() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let admin = app.admin().await;
    let mut body = settings(&admin).await;
    body["name"] = json!(other.code);
    let answer = admin.put(PATH, &body).await;
    assert_eq!((answer.status, answer.code()), (409, ErrorCode::NameTaken));
}

#[tokio::test]
async fn the_business_day_begins_when_the_store_says() {
    let app = TestApp::start().await;
    let now = app.clock().now();
    // 01:00 of tomorrow in Seoul, whatever the time is.
    let night = (now + TimeDelta::hours(9)).date_naive().and_hms_opt(16, 0, 0).unwrap().and_utc();
    app.advance(night - now);
    let (table, admin) = (app.table(0).await, app.admin().await);
    let of = |day: DateTime<Utc>, number: u32| format!("ORD-{}-{number:04}", day.format("%Y%m%d"));
    let (calendar, tonight) = (night + TimeDelta::hours(9), night + TimeDelta::hours(4));
    let mut body = settings(&admin).await;
    for (starts, expected) in [
        ("05:00:00", of(tonight, 1)),
        ("00:00:00", of(calendar, 1)),
        ("02:00:00", of(tonight, 2)),
        ("00:30:00", of(calendar, 2)),
    ] {
        body["day_starts_at"] = json!(starts);
        let _ = admin.put(PATH, &body).await.expect(200);
        assert_eq!(table.order(&app.store.stew()).await.order_number, expected, "from {starts}");
    }
}

#[tokio::test]
async fn a_stay_ends_when_the_store_says() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let mut body = settings(&admin).await;
    body["session_idle_minutes"] = json!(10);
    let _ = admin.put(PATH, &body).await.expect(200);
    table.order(&app.store.stew()).await;
    app.advance(TimeDelta::minutes(11));
    assert_eq!(app.instance.sweep().await, 1);
}

#[tokio::test]
async fn boards_and_tables_get_the_new_settings() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let mut body = settings(&admin).await;
    body["name"] = json!("Galbi House");
    body["warn_after_minutes"] = json!(8);
    let _ = admin.put(PATH, &body).await.expect(200);
    let (guest, manager) =
        (table.get("/api/auth/me").await.value(200), admin.get("/api/admin/auth/me").await.value(200));
    for me in [guest, manager] {
        assert_eq!(
            (&me["store"]["name"], &me["store"]["warn_after_minutes"]),
            (&json!("Galbi House"), &json!(8))
        );
    }
}
