//! Rate limits: by device and user, never by the dining room's address.

use std::num::NonZeroU32;

use futures_util::future::join_all;
use server::config::Config;
use shared_types::ErrorCode;
use test_support::TestApp;

/// A limit so slow that nothing comes back during a test: five requests at once, then one a second.
fn one_a_second(config: &mut Config) {
    config.limits.caller_per_second = NonZeroU32::MIN;
}

#[tokio::test]
async fn a_device_over_its_limit_waits_while_another_is_served() {
    let app = TestApp::start_with(one_a_second).await;
    let (greedy, calm, admin) = (app.table(0).await, app.table(0).await, app.admin().await);
    for left in (0..5).rev() {
        let answer = greedy.get("/api/auth/me").await.expect(200);
        assert_eq!(answer.header("RateLimit-Limit"), "5");
        assert!(answer.header("RateLimit-Remaining").parse::<u32>().unwrap() >= left);
        assert_eq!(answer.header("RateLimit-Reset"), "1");
    }
    let mut refused = greedy.get("/api/auth/me").await;
    for _ in 0..20 {
        // A slow machine may have earned another one.
        if refused.status == 429 {
            break;
        }
        refused = greedy.get("/api/auth/me").await;
    }
    assert_eq!((refused.status, refused.code()), (429, ErrorCode::TooManyRequests));
    assert_eq!(refused.error().details.retry_after_seconds, Some(1));
    assert_eq!(refused.header("Retry-After"), "1");
    assert_eq!((refused.header("RateLimit-Limit"), refused.header("RateLimit-Remaining")), ("5", "0"));
    let _ = calm.get("/api/auth/me").await.expect(200);
    let _ = admin.get("/api/admin/auth/me").await.expect(200);
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let _ = greedy.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn an_order_that_is_refused_is_not_stored_and_goes_through_later() {
    let app = TestApp::start_with(one_a_second).await;
    let (table, key) = (app.table(0).await, test_support::callers::new_key());
    let stew = app.store.stew();
    while table.get("/api/auth/me").await.status == 200 {}
    assert_eq!(table.post_order(&stew, key).await.code(), ErrorCode::TooManyRequests);
    assert_eq!(app.count("SELECT count(*) FROM orders WHERE store_id = $1").await, 0);
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let _ = table.post_order(&stew, key).await.expect(201);
}

#[tokio::test]
async fn sixty_devices_behind_one_address_do_not_slow_each_other_down() {
    // The limits of every installation, not those of the tests.
    let app = TestApp::start_with(|config| {
        config.limits.caller_per_second = NonZeroU32::new(20).unwrap();
        config.limits.address_per_second = NonZeroU32::new(1_000).unwrap();
    })
    .await;
    let mut devices = Vec::new();
    for n in 0..60 {
        devices.push(app.table(n % 9).await);
    }
    for _ in 0..5 {
        let answers = join_all(devices.iter().map(|device| device.get("/api/auth/me"))).await;
        assert!(answers.iter().all(|answer| answer.status == 200));
    }
}

#[tokio::test]
async fn a_flood_from_one_address_is_refused_before_anything_is_done() {
    let app = TestApp::start_with(|config| config.limits.address_per_second = NonZeroU32::MIN).await;
    let anonymous = app.anonymous();
    let mut refused = anonymous.get("/api/auth/me").await;
    for _ in 0..30 {
        if refused.status == 429 {
            break;
        }
        refused = anonymous.get("/api/auth/me").await;
    }
    assert_eq!(refused.code(), ErrorCode::TooManyRequests);
    assert_eq!(refused.header("Retry-After"), "1");
    assert_eq!((refused.header("RateLimit-Limit"), refused.header("RateLimit-Remaining")), ("5", "0"));
    assert!(!refused.header("X-Request-Id").is_empty());
}
