//! The demo data: what `seed-demo` leaves behind, seen through the API.

use std::collections::HashSet;

use serde_json::json;
use shared_types::Allergen;
use shared_types::media::{IMAGE_WIDTHS, at_width};
use shared_types::menu::{Menu, MenuBoard};
use test_support::process::command;
use test_support::{Client, Instance, JWT_SECRET, TestDatabase};

struct Demo {
    instance: Instance,
    database: TestDatabase,
    media: tempfile::TempDir,
}

fn seed(database: &TestDatabase, media: &tempfile::TempDir, environment: &str) -> std::process::Output {
    let (url, media) = (database.url(), format!("file://{}", media.path().display()));
    let cost = if environment == "production" { "10" } else { "4" };
    let environment = [
        ("DATABASE_URL", url.as_str()),
        ("MEDIA_URL", &media),
        ("TABLEORDER_ENV", environment),
        ("JWT_SECRET", JWT_SECRET),
        ("BCRYPT_COST", cost),
    ];
    command(env!("CARGO_BIN_EXE_tableorder"), &environment, &["seed-demo"]).output().unwrap()
}

impl Demo {
    async fn start() -> Self {
        let (database, media) = (TestDatabase::migrated().await, tempfile::tempdir().unwrap());
        let output = seed(&database, &media, "local");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let folder = media.path().to_owned();
        let instance = Instance::start(database.options(), |config| {
            config.media = server::config::MediaLocation::Directory(folder);
        });
        Self { instance: instance.await, database, media }
    }

    async fn table(&self, store: &str, number: &str, password: &str) -> Client {
        let client = Client::new(&self.instance.url);
        let body = json!({"store": store, "table_number": number, "password": password});
        let login = client.post("/api/auth/table-login", &body).await.value(200);
        client.with_token(login["token"].as_str().unwrap())
    }

    async fn menu(&self, store: &str, password: &str) -> MenuBoard {
        let table = self.table(store, "1", password).await;
        table.get("/api/menus?include_unavailable=true").await.json(200)
    }

    async fn count(&self, statement: &'static str) -> i64 {
        sqlx::query_scalar(statement).fetch_one(&self.database.pool()).await.unwrap()
    }
}

#[tokio::test]
async fn the_logins_that_are_printed_work() {
    let demo = Demo::start().await;
    let client = Client::new(&demo.instance.url);
    for (store, password) in [("demo", "admin123"), ("demo2", "admin456")] {
        let body = json!({"store": store, "username": "admin", "password": password});
        let _ = client.post("/api/auth/admin-login", &body).await.expect(200);
    }
    for number in 1..=12 {
        demo.table("demo", &number.to_string(), &format!("TABLE{number:03}")).await;
    }
    demo.table("demo2", "1", "TABLE101").await;
}

#[tokio::test]
async fn the_demo_menu_is_what_a_restaurant_has() {
    let demo = Demo::start().await;
    let board = demo.menu("demo", "TABLE001").await;
    assert_eq!(board.categories.len(), 5);
    assert!(board.menus.len() >= 24, "{}", board.menus.len());
    assert_eq!(board.menus.iter().filter(|menu| !menu.is_available).count(), 1, "one is sold out");
    assert!(board.menus.iter().any(|menu| !menu.option_groups.is_empty()));
    let soup = board.menus.iter().find(|menu| menu.name == "물냉면").unwrap();
    assert!(soup.allergens.contains(&Allergen::Buckwheat), "{:?}", soup.allergens);
    for menu in &board.menus {
        assert!(menu.description.is_some(), "{}", menu.name);
        assert!((500..=200_000).contains(&menu.price.0) && menu.price.0 % 100 == 0, "{}", menu.name);
    }
    let other = demo.menu("demo2", "TABLE101").await;
    let names = |board: &MenuBoard| board.menus.iter().map(|menu| menu.name.clone()).collect::<HashSet<_>>();
    assert!(names(&board).is_disjoint(&names(&other)), "the second store has other dishes");
}

#[tokio::test]
async fn every_dish_has_a_picture() {
    let demo = Demo::start().await;
    let menus = demo.menu("demo", "TABLE001").await.menus.into_iter();
    let menus = menus.chain(demo.menu("demo2", "TABLE101").await.menus);
    let without: Vec<_> = menus.filter(|menu| menu.image_url.is_none()).map(|menu| menu.name).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[tokio::test]
async fn everything_has_its_name_in_every_language() {
    let demo = Demo::start().await;
    for (store, password) in [("demo", "TABLE001"), ("demo2", "TABLE101")] {
        let board = demo.menu(store, password).await;
        let groups = board.menus.iter().flat_map(|menu| &menu.option_groups);
        let named = board
            .categories
            .iter()
            .map(|category| (&category.name, &category.translations))
            .chain(board.menus.iter().map(|menu| (&menu.name, &menu.translations)))
            .chain(groups.clone().map(|group| (&group.name, &group.translations)))
            .chain(
                groups.flat_map(|group| &group.options).map(|option| (&option.name, &option.translations)),
            );
        for (name, translations) in named {
            for lang in ["en", "ja", "zh"] {
                assert!(translations.get(lang).is_some_and(|t| !t.name.is_empty()), "{name} in {lang}");
            }
        }
    }
}

#[tokio::test]
async fn pictures_are_small_webp_and_may_be_kept_for_ever() {
    let demo = Demo::start().await;
    let menus: Vec<Menu> = demo.menu("demo", "TABLE001").await.menus;
    let client = Client::new(&demo.instance.url);
    for image in menus.iter().filter_map(|menu| menu.image_url.as_ref()) {
        for width in IMAGE_WIDTHS {
            let url = at_width(image, width);
            let picture = client.get(&url).await.expect(200);
            assert_eq!(picture.header("Content-Type"), "image/webp", "{url}");
            assert!(picture.header("Cache-Control").contains("immutable"), "{url}");
            assert_eq!((&picture.body[..4], &picture.body[8..12]), (&b"RIFF"[..], &b"WEBP"[..]), "{url}");
            assert!(picture.body.len() < 150_000, "{url} has {} bytes", picture.body.len());
        }
    }
    let _ = client.get("/api/images/0123456789abcdef0123456789abcdef-320.webp").await.expect(404);
}

#[tokio::test]
async fn the_demo_keeps_its_pictures() {
    let demo = Demo::start().await;
    let named = demo.count("SELECT count(DISTINCT (store_id, image_key)) FROM menus").await;
    assert_eq!(demo.count("SELECT count(*) FROM images").await, named, "each is noted for its store");
    demo.instance.clock.advance(chrono::TimeDelta::days(30));
    assert_eq!(demo.instance.tidy_pictures().await, server::media::tidy::Tidied::default());
}

#[tokio::test]
async fn seeding_again_changes_nothing() {
    let demo = Demo::start().await;
    let rows =
        "SELECT (SELECT count(*) FROM stores) + (SELECT count(*) FROM users) + (SELECT count(*) FROM tables)
                     + (SELECT count(*) FROM menus) + (SELECT count(*) FROM options)";
    let before = demo.count(rows).await;
    assert!(seed(&demo.database, &demo.media, "local").status.success());
    assert_eq!(demo.count(rows).await, before);
}

#[tokio::test]
async fn production_refuses_well_known_passwords() {
    let (database, media) = (TestDatabase::migrated().await, tempfile::tempdir().unwrap());
    let output = seed(&database, &media, "production");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("TABLEORDER_ENV=local only"), "{text}");
    let stores: i64 =
        sqlx::query_scalar("SELECT count(*) FROM stores").fetch_one(&database.pool()).await.unwrap();
    assert_eq!(stores, 0);
}
