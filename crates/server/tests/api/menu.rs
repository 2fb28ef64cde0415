//! The menu that guests read.

use std::io::Read as _;

use reqwest::Method;
use serde_json::Value;
use shared_types::events::MenuChanged;
use shared_types::menu::MenuBoard;
use test_support::client::send;
use test_support::{Answer, Client, TestApp};

use crate::wait::{A_SECOND, until};

const PATH: &str = "/api/menus";
const ALL: &str = "/api/menus?include_unavailable=true";

async fn read(client: &Client, path: &str) -> MenuBoard {
    client.get(path).await.json(200)
}

async fn names(client: &Client, path: &str) -> Vec<String> {
    read(client, path).await.menus.into_iter().map(|menu| menu.name).collect()
}

async fn with_header(client: &Client, name: &str, value: &str) -> Answer {
    send(client.request(Method::GET, PATH).header(name, value)).await
}

#[tokio::test]
async fn sold_out_dishes_are_left_out_unless_asked_for() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    assert_eq!(names(&table, PATH).await, ["bulgogi", "stew", "cola"]);
    let all = read(&table, ALL).await;
    let crab = all.menus.iter().find(|menu| menu.name == "crab").unwrap();
    assert!(!crab.is_available);
    assert_eq!(all.menus.len(), 4);
}

#[tokio::test]
async fn dishes_come_with_their_options_in_order() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let board = read(&table, PATH).await;
    assert_eq!(board.menus[0], *app.store.dish("bulgogi"));
}

#[tokio::test]
async fn categories_and_dishes_follow_their_display_order() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    app.change_menu("UPDATE menus SET display_order = 100 - display_order WHERE store_id = $1").await;
    app.change_menu("UPDATE categories SET display_order = 100 - display_order WHERE store_id = $1").await;
    let board = read(&table, ALL).await;
    let categories: Vec<_> = board.categories.iter().map(|category| category.name.as_str()).collect();
    assert_eq!(categories, ["drinks", "meals"]);
    let dishes: Vec<_> = board.menus.iter().map(|menu| menu.name.as_str()).collect();
    assert_eq!(dishes, ["cola", "crab", "stew", "bulgogi"]);
}

#[tokio::test]
async fn a_hundred_dishes_are_one_answer() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    app.change_menu(
        "INSERT INTO menus (store_id, id, category_id, name, price, display_order)
         SELECT $1, gen_random_uuid(), (SELECT id FROM categories WHERE store_id = $1 LIMIT 1), 'dish ' || n, n, n
           FROM generate_series(1, 100) n",
    )
    .await;
    let dishes = async || read(&table, PATH).await.menus;
    until(A_SECOND, async || dishes().await.len() == 103).await;
    assert!(dishes().await.iter().any(|dish| dish.name == "dish 100"));
}

#[tokio::test]
async fn another_stores_menu_never_appears() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let (here, there) = (app.table(0).await, app.table_of(&other, 0).await);
    let (ours, theirs) = (read(&here, ALL).await, read(&there, ALL).await);
    assert_eq!((ours.menus.len(), theirs.menus.len()), (4, 4));
    assert!(ours.menus.iter().all(|menu| theirs.menus.iter().all(|their| their.id != menu.id)));
    assert!(ours.categories.iter().all(|category| !theirs.categories.contains(category)));
}

/// A stream begins after the change's event, so nobody would say that the menu fetched beside it is old.
#[tokio::test]
async fn whoever_begins_to_listen_gets_no_older_menu() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for _ in 0..10 {
        let before = read(&table, PATH).await.version;
        app.change_menu("UPDATE menus SET price = price + 1 WHERE store_id = $1").await;
        let _stream = table.stream(None).await;
        assert!(read(&table, PATH).await.version > before);
    }
}

#[tokio::test]
async fn a_menu_that_is_known_is_not_sent_again() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let first = table.get(PATH).await.expect(200);
    let tag = first.header("ETag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag} is not a strong tag");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}")] {
        let again = with_header(&table, "If-None-Match", &known).await.expect(304);
        assert_eq!((again.body.len(), again.header("ETag")), (0, tag.as_str()));
    }
    let _ = with_header(&table, "If-None-Match", "\"other\"").await.expect(200);

    app.change_menu("UPDATE menus SET price = price + 1 WHERE store_id = $1").await;
    until(A_SECOND, async || with_header(&table, "If-None-Match", &tag).await.status == 200).await;
}

#[tokio::test]
async fn every_encoding_holds_the_same_menu() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let plain = table.get(PATH).await.expect(200);
    let (expected, mut tags) = (plain.clone().value(200), vec![plain.header("ETag").to_owned()]);
    for (accepted, coding) in [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")] {
        let answer = with_header(&table, "Accept-Encoding", accepted).await.expect(200);
        assert_eq!(answer.header("Content-Encoding"), coding, "{accepted}");
        assert!(answer.header("Vary").contains("Accept-Encoding"));
        let mut text = String::new();
        match coding {
            "br" => brotli::Decompressor::new(&answer.body[..], 4096).read_to_string(&mut text).unwrap(),
            _ => flate2::read::GzDecoder::new(&answer.body[..]).read_to_string(&mut text).unwrap(),
        };
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected, "{accepted}");
        tags.push(answer.header("ETag").to_owned());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 3, "a strong tag names bytes: one for each encoding");
}

#[tokio::test]
async fn a_change_by_another_program_is_seen_within_a_second() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    assert_eq!(names(&table, PATH).await.len(), 3);
    // Only the database knows: nobody wakes this server.
    app.change_menu("UPDATE menus SET is_available = false WHERE store_id = $1 AND name = 'stew'").await;
    let took = until(A_SECOND, async || names(&table, PATH).await == ["bulgogi", "cola"]).await;
    println!("a changed menu was seen after {took:?}");
    app.change_menu("UPDATE menus SET deleted_at = now() WHERE store_id = $1 AND name = 'cola'").await;
    until(A_SECOND, async || names(&table, PATH).await == ["bulgogi"]).await;
}

#[tokio::test]
async fn a_change_is_told_to_guests_and_managers() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let version = read(&table, PATH).await.version;
    let (mut guest, mut manager) = (table.stream(None).await, admin.stream(None).await);
    app.change_menu("UPDATE menus SET price = price + 1 WHERE store_id = $1").await;
    for stream in [&mut guest, &mut manager] {
        let event = stream.event().await;
        assert_eq!(event.kind, "menu-changed");
        assert_eq!(event.read::<MenuChanged>().version, version + 1);
    }
    // Whoever asks because of the event must not get the old menu.
    until(A_SECOND, async || read(&table, PATH).await.version == version + 1).await;
}
