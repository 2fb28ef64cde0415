//! Pictures that nobody needs go, those that somebody needs never.

use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::media::tidy::Tidied;
use shared_types::ErrorCode;
use shared_types::media::UploadedImage;
use test_support::{Answer, TestApp};

use super::samples::{self, photo};
use super::{upload, uploaded};
use crate::wait::until;

const NOTHING: Tidied = Tidied { forgotten: 0, removed: 0 };

/// A picture of its own for each number.
fn file(number: u32) -> Vec<u8> {
    samples::png(&photo(80 + number, 60))
}

async fn put(app: &TestApp, number: u32) -> UploadedImage {
    let admin = app.admin().await;
    uploaded(&admin, &file(number)).await
}

async fn show(app: &TestApp, dish: &str, url: Value) -> Answer {
    let path = format!("/api/admin/menus/{}", app.store.dish(dish).id);
    app.admin().await.put(&path, &json!({"image_url": url})).await
}

async fn status(app: &TestApp, image: &UploadedImage) -> u16 {
    app.anonymous().get(&image.url).await.status
}

fn path(app: &TestApp, key: &str) -> PathBuf {
    app.instance.media().join(format!("{key}-640.webp"))
}

/// Waits until a statement waits for another transaction.
async fn until_one_waits(app: &TestApp) {
    let waiting = "SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock' AND $1::uuid IS NOT NULL";
    until(Duration::from_secs(4), async || app.count(waiting).await == 1).await;
}

#[tokio::test]
async fn an_upload_that_no_dish_names_goes_after_a_day() {
    let app = TestApp::start().await;
    let (unused, used) = (put(&app, 1).await, put(&app, 2).await);
    let _ = show(&app, "stew", json!(used.url)).await.expect(200);
    app.advance(TimeDelta::hours(23));
    assert_eq!(app.instance.tidy_pictures().await, NOTHING);
    assert_eq!(status(&app, &unused).await, 200);
    app.advance(TimeDelta::hours(2));
    assert_eq!(app.instance.tidy_pictures().await, Tidied { forgotten: 1, removed: 1 });
    assert_eq!((status(&app, &unused).await, status(&app, &used).await), (404, 200));
    assert_eq!(std::fs::read_dir(app.instance.media()).unwrap().count(), 3, "one picture, three widths");
    assert_eq!(show(&app, "cola", json!(unused.url)).await.field("image_url"), ErrorCode::NotFound);
    // It may come back.
    assert_eq!(put(&app, 1).await, unused);
    assert_eq!(status(&app, &unused).await, 200);
    app.advance(TimeDelta::hours(20));
    assert_eq!(app.instance.tidy_pictures().await, NOTHING);
}

#[tokio::test]
async fn a_picture_goes_a_day_after_the_last_dish_has_let_go_of_it() {
    let app = TestApp::start().await;
    let (replaced, removed) = (put(&app, 1).await, put(&app, 2).await);
    let _ = show(&app, "stew", json!(replaced.url)).await.expect(200);
    let _ = show(&app, "cola", json!(removed.url)).await.expect(200);
    for _ in 0..3 {
        app.advance(TimeDelta::days(30));
        assert_eq!(app.instance.tidy_pictures().await, NOTHING);
    }
    let _ = show(&app, "stew", json!(null)).await.expect(200);
    let cola = format!("/api/admin/menus/{}", app.store.dish("cola").id);
    let _ = app.admin().await.delete(&cola).await.expect(204);
    assert_eq!(app.instance.tidy_pictures().await, NOTHING, "noticed now");
    app.advance(TimeDelta::hours(23));
    assert_eq!(app.instance.tidy_pictures().await, NOTHING);
    assert_eq!((status(&app, &replaced).await, status(&app, &removed).await), (200, 200));
    // Back on the menu before its time.
    let _ = show(&app, "stew", json!(replaced.url)).await.expect(200);
    app.advance(TimeDelta::hours(2));
    assert_eq!(app.instance.tidy_pictures().await, Tidied { forgotten: 1, removed: 1 });
    assert_eq!((status(&app, &replaced).await, status(&app, &removed).await), (200, 404));
}

#[tokio::test]
async fn a_picture_of_two_stores_stays_while_one_of_them_shows_it() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let image = put(&app, 1).await;
    let other_admin = app.admin_of(&other).await;
    assert_eq!(uploaded(&other_admin, &file(1)).await, image);
    let _ = show(&app, "stew", json!(image.url)).await.expect(200);
    app.advance(TimeDelta::hours(25));
    assert_eq!(app.instance.tidy_pictures().await, Tidied { forgotten: 1, removed: 0 });
    assert_eq!(status(&app, &image).await, 200);
}

#[tokio::test]
async fn files_that_a_crash_left_behind_go() {
    let app = TestApp::start().await;
    let key = "0123456789abcdef0123456789abcdef";
    std::fs::write(path(&app, key), b"half an upload").unwrap();
    let ours_not =
        ["README.txt", "0123456789abcdef0123456789abcdef-641.webp"].map(|n| app.instance.media().join(n));
    ours_not.iter().for_each(|path| std::fs::write(path, b"not ours").unwrap());
    assert_eq!(app.instance.tidy_pictures().await, NOTHING, "an upload may be under way");
    app.advance(TimeDelta::hours(25));
    assert_eq!(app.instance.tidy_pictures().await, Tidied { forgotten: 0, removed: 1 });
    assert!(!path(&app, key).exists() && ours_not.iter().all(|path| path.exists()));
}

#[tokio::test]
async fn a_dish_of_an_older_program_keeps_its_picture() {
    let app = TestApp::start().await;
    let image = put(&app, 1).await;
    let _ = show(&app, "stew", json!(image.url)).await.expect(200);
    app.sql("DELETE FROM images WHERE store_id = $1").await;
    app.advance(TimeDelta::hours(25));
    assert_eq!(app.instance.tidy_pictures().await, NOTHING);
    assert_eq!(status(&app, &image).await, 200);
}

#[tokio::test]
async fn a_dish_that_comes_first_keeps_the_picture() {
    let app = TestApp::start().await;
    let image = put(&app, 1).await;
    app.advance(TimeDelta::hours(25));
    let mut dish = app.db.begin().await.unwrap();
    assert!(db::media::claim(&mut dish, app.store.id, &image.key).await.unwrap());
    let tidied = async {
        let tidied = app.instance.tidy_pictures().await;
        (tidied, std::time::Instant::now())
    };
    let save = async {
        until_one_waits(&app).await;
        sqlx::query("UPDATE menus SET image_key = $2 WHERE store_id = $1 AND name = 'stew'")
            .bind(app.store.id.0)
            .bind(&image.key)
            .execute(&mut *dish)
            .await
            .unwrap();
        let saved = std::time::Instant::now();
        dish.commit().await.unwrap();
        saved
    };
    let ((tidied, ended), saved) = tokio::join!(tidied, save);
    assert!(ended > saved, "the job did not wait for the dish");
    assert_eq!(tidied, NOTHING);
    assert_eq!(status(&app, &image).await, 200);
    app.advance(TimeDelta::days(30));
    assert_eq!((app.instance.tidy_pictures().await, status(&app, &image).await), (NOTHING, 200));
}

#[tokio::test]
async fn a_dish_that_comes_too_late_is_told() {
    let app = TestApp::start().await;
    let image = put(&app, 1).await;
    app.advance(TimeDelta::hours(25));
    let now = app.clock().now();
    let mut job = app.db.begin().await.unwrap();
    let forgotten = db::media::forget_unused(&mut job, now - TimeDelta::hours(24), now).await.unwrap();
    assert_eq!(forgotten, 1);
    let admin = app.admin().await;
    let (path, body) =
        (format!("/api/admin/menus/{}", app.store.dish("stew").id), json!({"image_url": image.url}));
    let dish = tokio::spawn(async move { admin.put(&path, &body).await });
    until_one_waits(&app).await;
    job.commit().await.unwrap();
    let answer = dish.await.unwrap();
    assert_eq!((answer.status, answer.field("image_url")), (400, ErrorCode::NotFound));
}

#[tokio::test]
async fn an_upload_waits_until_the_old_files_are_gone() {
    let app = TestApp::start().await;
    let image = put(&app, 1).await;
    app.sql("DELETE FROM images WHERE store_id = $1").await;
    let mut job = app.db.begin().await.unwrap();
    assert!(db::media::lock_orphan(&mut job, &image.key).await.unwrap());
    let admin = app.admin().await;
    let again = tokio::spawn(async move { upload(&admin, &file(1)).await });
    until_one_waits(&app).await;
    std::fs::remove_file(path(&app, &image.key)).unwrap();
    job.commit().await.unwrap();
    let _ = again.await.unwrap().expect(201);
    assert!(path(&app, &image.key).exists());
    let mut job = app.db.begin().await.unwrap();
    assert!(!db::media::lock_orphan(&mut job, &image.key).await.unwrap(), "it is somebody's again");
}
