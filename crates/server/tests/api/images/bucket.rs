//! The same in a bucket, against a server that speaks like S3.

use chrono::TimeDelta;
use serde_json::json;
use server::media::tidy::Tidied;
use shared_types::ErrorCode;
use shared_types::media::{IMAGE_WIDTHS, at_width};
use test_support::{BucketServer, TestApp};

use super::samples::{self, photo};
use super::{seen, upload, uploaded};

/// `cargo xtask test` always has a server.
async fn bucket() -> Option<BucketServer> {
    let bucket = BucketServer::start().await;
    if bucket.is_none() {
        eprintln!("skipped: TEST_S3_SERVER names no rclone; `cargo xtask test --only tests` installs it");
    }
    bucket
}

#[tokio::test]
async fn pictures_go_to_the_bucket_and_come_back() {
    let Some(bucket) = bucket().await else { return };
    let app = TestApp::start_with(|config| config.media = bucket.location("stores/all", true)).await;
    let (admin, guest) = (app.admin().await, app.anonymous());
    let file = samples::jpeg(&photo(400, 300));
    let image = uploaded(&admin, &file).await;
    for width in IMAGE_WIDTHS {
        assert_eq!(seen(&guest, &image, width).await.width(), width.min(400));
        assert!(bucket.files().join(format!("stores/all/{}-{width}.webp", image.key)).is_file());
    }
    let picture = guest.get(&image.url).await.expect(200);
    assert_eq!(picture.header("Content-Type"), "image/webp");
    assert!(picture.header("Cache-Control").contains("immutable"));
    let unknown = "/api/images/0123456789abcdef0123456789abcdef-320.webp";
    assert_eq!(guest.get(unknown).await.code(), ErrorCode::NotFound);
    assert_eq!(uploaded(&admin, &file).await, image, "the same again");
}

#[tokio::test]
async fn what_nobody_needs_leaves_the_bucket() {
    let Some(bucket) = bucket().await else { return };
    let app = TestApp::start_with(|config| config.media = bucket.location("", true)).await;
    let admin = app.admin().await;
    let used = uploaded(&admin, &samples::png(&photo(80, 60))).await;
    let unused = uploaded(&admin, &samples::png(&photo(81, 60))).await;
    let stew = format!("/api/admin/menus/{}", app.store.dish("stew").id);
    let _ = admin.put(&stew, &json!({"image_url": used.url})).await.expect(200);
    // As a crash leaves it: files that the database knows nothing of.
    let unknown = uploaded(&admin, &samples::png(&photo(82, 60))).await;
    sqlx::query("DELETE FROM images WHERE key = $1").bind(&unknown.key).execute(&app.db).await.unwrap();
    assert_eq!(app.instance.tidy_pictures().await, Tidied::default());
    app.advance(TimeDelta::hours(25));
    assert_eq!(app.instance.tidy_pictures().await, Tidied { forgotten: 1, removed: 2 });
    for width in IMAGE_WIDTHS {
        let _ = app.anonymous().get(&at_width(&used.url, width)).await.expect(200);
        for gone in [&unused, &unknown] {
            let _ = app.anonymous().get(&at_width(&gone.url, width)).await.expect(404);
        }
    }
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_said_to_be_away() {
    let Some(mut bucket) = bucket().await else { return };
    let refused = TestApp::start_with(|config| config.media = bucket.location("", false)).await;
    let picture = samples::png(&photo(80, 60));
    let admin = refused.admin().await;
    assert_eq!(upload(&admin, &picture).await.code(), ErrorCode::Unavailable);
    let app = TestApp::start_with(|config| config.media = bucket.location("", true)).await;
    let admin = app.admin().await;
    let image = uploaded(&admin, &picture).await;
    bucket.stop();
    let answer = app.anonymous().get(&image.url).await;
    assert_eq!((answer.status, answer.code()), (503, ErrorCode::Unavailable));
    assert_eq!(answer.header("Retry-After"), "2");
    let menu = app.table(0).await.get("/api/menus").await;
    assert_eq!(menu.status, 200, "orders go on without pictures");
}
