//! The menu as a sheet, out and back in.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use reqwest::Method;
use serde_json::{Value, json};
use shared_types::menu::{Menu, MenuBoard};
use shared_types::menu_sheet::{ImportResult, SheetError};
use shared_types::{Allergen, ErrorCode, Money};
use test_support::client::send;
use test_support::{AdminClient, Answer, TestApp};

use super::{MENUS, audited, board, galbitang, names, path};

const IMPORT: &str = "/api/admin/menus/import";

async fn export(admin: &AdminClient) -> String {
    let answer = admin.get("/api/admin/menus.csv").await.expect(200);
    assert_eq!(answer.header("Content-Type"), "text/csv; charset=utf-8");
    answer.text()
}

async fn send_sheet(admin: &AdminClient, query: &str, sheet: impl Into<Vec<u8>>) -> Answer {
    let request = admin.request(Method::POST, &format!("{IMPORT}{query}"));
    send(request.header("Content-Type", "text/csv; charset=utf-8").body(sheet.into())).await
}

async fn try_sheet(admin: &AdminClient, sheet: &str) -> ImportResult {
    send_sheet(admin, "?dry_run=true", sheet).await.json(200)
}

fn error(line: u32, column: &str, code: ErrorCode) -> SheetError {
    SheetError { line, column: column.to_owned(), code }
}

#[tokio::test]
async fn a_sheet_that_comes_back_changes_nothing_and_new_rows_are_new_dishes() {
    let app = TestApp::start().await;
    let (admin, table) = (app.admin().await, app.table(0).await);
    let before = board(&admin).await;
    let sheet = export(&admin).await;
    let back: ImportResult = send_sheet(&admin, "", sheet.clone()).await.json(200);
    assert_eq!((back.created, back.updated, back.unchanged), (0, 0, 4));
    assert_eq!(board(&admin).await, before, "not even its version");
    let mut events = table.stream(None).await;
    // By category and name: changed; by no name that is known: new.
    let sheet = "category,name,price,available,allergens,name_en\r\nMEALS,Stew,9500,FALSE,pork milk,Stew\r\n\
                 drinks,\"sikhye, \"\"cold\"\"\",4000,,,\r\n";
    let done: ImportResult = send_sheet(&admin, "", sheet).await.json(200);
    assert_eq!((done.created, done.updated, done.unchanged), (1, 1, 0));
    assert_eq!(done.version, before.version + 1);
    let after = board(&admin).await;
    assert_eq!(names(&after), ["bulgogi", "Stew", "crab", "cola", "sikhye, \"cold\""]);
    let stew = &after.menus[1];
    assert_eq!((stew.id, stew.price, stew.is_available), (app.store.dish("stew").id, Money(9_500), false));
    assert_eq!(stew.allergens, [Allergen::Milk, Allergen::Pork]);
    assert_eq!(
        (stew.translations["en"].name.as_str(), &stew.description),
        ("Stew", &before.menus[1].description)
    );
    assert_eq!(events.event().await.data["version"], after.version);
    let log = audited(&app, "menu", stew.id).await;
    assert_eq!((log.len(), log[0].0.as_str(), log[0].2["price"].as_i64()), (1, "update", Some(9_500)));
    assert_eq!(audited(&app, "menu", after.menus[4].id).await[0].0, "create");
}

#[tokio::test]
async fn dishes_swap_their_names_and_new_ones_take_what_is_freed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let [stew, bulgogi, cola] = ["stew", "bulgogi", "cola"].map(|name| app.store.dish(name).id);
    let swap = format!("id,category,name,price\n{stew},meals,bulgogi,9000\n{bulgogi},meals,stew,18000\n");
    let chain = format!(
        "id,category,name,price\n,drinks,bulgogi,100\n{stew},meals,cola,9000\n{cola},drinks,cider,2000\n"
    );
    for (sheet, told) in [(swap, (0, 2)), (chain, (1, 2))] {
        let dry = try_sheet(&admin, &sheet).await;
        assert_eq!((dry.created, dry.updated, &dry.errors[..]), (told.0, told.1, &[][..]));
        let done: ImportResult = send_sheet(&admin, "", sheet).await.json(200);
        assert_eq!((done.created, done.updated), told);
    }
    let after = board(&admin).await;
    let name = |id| after.menus.iter().find(|menu| menu.id == id).unwrap().name.as_str();
    assert_eq!([stew, bulgogi, cola].map(name), ["cola", "stew", "cider"]);
    assert_eq!(after.menus.last().map(|menu| menu.name.as_str()), Some("bulgogi"));
    let log = audited(&app, "menu", stew).await;
    assert_eq!((log[0].1["name"].as_str(), log[0].2["name"].as_str()), (Some("bulgogi"), Some("cola")));
}

#[tokio::test]
async fn options_and_pictures_stay_and_an_id_lets_a_dish_be_renamed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let before = app.store.dish("bulgogi").clone();
    let sheet = format!("id,category,name,price\n{},drinks,grill,20000\n", before.id);
    let done: ImportResult = send_sheet(&admin, "", sheet).await.json(200);
    assert_eq!(done.updated, 1);
    let after = board(&admin).await.menus.into_iter().find(|menu| menu.id == before.id).unwrap();
    let category_id = app.store.dish("cola").category_id;
    assert_eq!(after, Menu { category_id, name: "grill".to_owned(), price: Money(20_000), ..before });
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_nothing_is_changed() {
    let app = TestApp::start().await;
    let (admin, other) = (app.admin().await, app.second_store().await);
    let before = board(&admin).await;
    let sheet = format!(
        "id,category,name,price,available,badges,spicy_level,allergens,name_en\n\
         ,meals,stew,0,maybe,hot,9,gluten,{}\n\
         ,nowhere,\"two\nlines\",\n\
         {},meals,theirs,1000\n\
         x,meals,x,1000\n\
         ,drinks,STEW,1000\n\
         ,meals,crab,30000\n,meals,Crab,30000\n\
         ,meals,a,1,2,3,4,5,6,7\n",
        "x".repeat(101),
        other.dish("stew").id,
    );
    let expected = [
        error(2, "available", ErrorCode::InvalidFormat),
        error(2, "badges", ErrorCode::InvalidFormat),
        error(2, "allergens", ErrorCode::InvalidFormat),
        error(2, "price", ErrorCode::OutOfRange),
        error(2, "spicy_level", ErrorCode::OutOfRange),
        error(2, "name_en", ErrorCode::TooLong),
        error(3, "category", ErrorCode::NotFound),
        error(3, "price", ErrorCode::Required),
        error(5, "id", ErrorCode::NotFound),
        error(6, "id", ErrorCode::InvalidFormat),
        error(7, "name", ErrorCode::NameTaken),
        error(9, "", ErrorCode::NameTaken),
        error(10, "", ErrorCode::InvalidFormat),
    ];
    let tried = try_sheet(&admin, &sheet).await;
    assert_eq!(tried.errors, expected);
    let refused = send_sheet(&admin, "", sheet).await;
    assert_eq!((refused.status, refused.code()), (400, ErrorCode::ValidationFailed));
    assert_eq!(refused.error().details.fields.len(), expected.len());
    assert_eq!(refused.field("3.category"), ErrorCode::NotFound);
    assert_eq!(board(&admin).await, before);
}

#[tokio::test]
async fn a_heading_must_be_known_and_a_file_readable() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    assert_eq!(try_sheet(&admin, "").await.errors, [error(1, "", ErrorCode::Required)]);
    assert_eq!(
        try_sheet(&admin, "name,Name,colour\n").await.errors,
        [
            error(1, "name", ErrorCode::InvalidFormat),
            error(1, "colour", ErrorCode::InvalidFormat),
            error(1, "category", ErrorCode::Required),
            error(1, "price", ErrorCode::Required),
        ]
    );
    let open = "category,name,price\nmeals,\"stew,1\n";
    assert_eq!(try_sheet(&admin, open).await.errors, [error(2, "", ErrorCode::InvalidFormat)]);
    let rows = "category,name,price\n".to_owned() + &"meals,x,1\n".repeat(1_001);
    assert_eq!(try_sheet(&admin, &rows).await.errors, [error(1_002, "", ErrorCode::TooLong)]);
    // As a spreadsheet writes Korean that was not told to write UTF-8.
    assert_eq!(
        send_sheet(&admin, "", b"name\n\xb1\xe8\xc4\xa1".to_vec()).await.field("1."),
        ErrorCode::InvalidFormat
    );
    let large = send_sheet(&admin, "", vec![b'x'; 1024 * 1024 + 1]).await;
    assert_eq!((large.status, large.code()), (413, ErrorCode::PayloadTooLarge));
    let json = admin.post(IMPORT, &json!({})).await;
    assert_eq!((json.status, json.code()), (415, ErrorCode::UnsupportedMediaType));
    assert_eq!(admin.put(IMPORT, &json!({})).await.expect(405).header("Allow"), "POST");
}

/// Names that a spreadsheet, or a reader of sheets, may take for something else.
fn odd_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@'\",;\\- 가a1\n]{0,8}[=+'\",가a1]",
        Just("=HYPERLINK(\"x\")".to_owned()),
        Just("'=1+1".to_owned()),
        Just("1,000".to_owned()),
        Just("TRUE".to_owned()),
        Just("＝1".to_owned()),
    ]
}

#[test]
fn odd_names_survive_the_way_out_and_back() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (app, admin) = runtime.block_on(async {
        let app = TestApp::start().await;
        let admin = app.admin().await;
        (app, admin)
    });
    let dish = (odd_name(), odd_name(), odd_name(), odd_name(), 1..=100_000_000_i64, any::<bool>());
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(24) });
    let run = runner.run(&dish, |(name, description, english, words, price, is_available)| {
        runtime.block_on(async {
            // Blanks around a translation are kept by the form, not by the sheet.
            let (english, words) = (english.trim(), words.trim());
            let mut new = galbitang(&app.store);
            let translations = json!({"en": {"name": english, "description": words}, "ja": {"name": words}});
            let texts = json!({"name": name, "description": description, "translations": translations,
                "price": price, "is_available": is_available, "badges": ["new", "popular"], "allergens": ["crab", "eggs"]});
            new.as_object_mut().unwrap().extend(texts.as_object().unwrap().clone());
            let made: Menu = admin.post(MENUS, &new).await.json(201);
            let before: MenuBoard = board(&admin).await;
            let sheet = export(&admin).await;
            let back: ImportResult = send_sheet(&admin, "", sheet.clone()).await.json(200);
            assert_eq!((back.created, back.updated, back.unchanged), (0, 0, 5), "{sheet}");
            assert_eq!(board(&admin).await, before);
            // And what is gone comes back as it was, but for its place.
            let _ = admin.delete(&path(&made)).await.expect(204);
            let id = made.id.to_string();
            let again: Value = send_sheet(&admin, "", sheet.replace(&id, "")).await.value(200);
            assert_eq!((&again["created"], &again["updated"]), (&json!(1), &json!(0)), "{sheet}");
            let after = board(&admin).await;
            let copy = after.menus.iter().find(|menu| menu.name == made.name).unwrap();
            assert_eq!(*copy, Menu { id: copy.id, ..made });
            let _ = admin.delete(&path(copy)).await.expect(204);
        });
        Ok(())
    });
    run.unwrap();
}
