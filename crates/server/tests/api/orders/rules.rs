//! What an order may hold.

use serde_json::json;
use shared_types::ErrorCode;
use shared_types::orders::NewOrder;
use test_support::fixture::cart;
use test_support::{TableClient, TestApp, callers, client};

use super::expect_nothing_stored;

/// The code of the field that a refused order names.
async fn fault(table: &TableClient, order: &NewOrder, field: &str) -> ErrorCode {
    let answer = table.try_order(order).await;
    assert_eq!(answer.status, 400, "{}", answer.text());
    answer.field(field)
}

#[tokio::test]
async fn a_required_choice_must_be_made() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for options in [&[][..], &["rice"]] {
        let order = cart(vec![app.store.line("bulgogi", 1, options)]);
        assert_eq!(fault(&table, &order, "items[0].options").await, ErrorCode::TooFewOptions);
    }
    expect_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_group_takes_no_more_than_its_maximum() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for options in [&["mild", "hot"][..], &["mild", "rice", "egg", "cheese"]] {
        let order = cart(vec![app.store.line("stew", 1, &[]), app.store.line("bulgogi", 1, options)]);
        assert_eq!(fault(&table, &order, "items[1].options").await, ErrorCode::TooManyOptions);
    }
    table.order(&cart(vec![app.store.line("bulgogi", 1, &["mild", "rice", "egg"])])).await;
}

#[tokio::test]
async fn an_option_is_chosen_once() {
    let app = TestApp::start().await;
    let order = cart(vec![app.store.line("bulgogi", 1, &["mild", "egg", "egg"])]);
    let table = app.table(0).await;
    assert_eq!(fault(&table, &order, "items[0].options").await, ErrorCode::DuplicateOption);
}

#[tokio::test]
async fn an_option_of_another_dish_is_no_option() {
    let app = TestApp::start().await;
    let mut stew = app.store.line("stew", 1, &[]);
    stew.options = app.store.line("bulgogi", 1, &["mild"]).options;
    assert_eq!(app.table(0).await.try_order(&cart(vec![stew])).await.code(), ErrorCode::CartChanged);
    expect_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_quantity_is_1_to_99() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for quantity in [0, 100, u32::MAX] {
        let order = cart(vec![app.store.line("stew", 1, &[]), app.store.line("cola", quantity, &[])]);
        assert_eq!(fault(&table, &order, "items[1].quantity").await, ErrorCode::OutOfRange, "{quantity}");
    }
    expect_nothing_stored(&app).await;
    table.order(&cart(vec![app.store.line("stew", 99, &[])])).await;
}

#[tokio::test]
async fn a_quantity_is_a_whole_number() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    for quantity in [json!(-1), json!(1.5), json!("2"), json!(null), json!(5_000_000_000_u64)] {
        let mut body = serde_json::to_value(app.store.stew()).unwrap();
        body["items"][0]["quantity"] = quantity.clone();
        let request = table.request(reqwest::Method::POST, "/api/orders").json(&body);
        let request = request.header("Idempotency-Key", callers::new_key().to_string());
        assert_eq!(client::send(request).await.code(), ErrorCode::MalformedRequest, "{quantity}");
    }
}

#[tokio::test]
async fn an_order_has_1_to_50_lines() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let empty = table.try_order(&cart(vec![])).await;
    assert_eq!((empty.code(), empty.field("items")), (ErrorCode::EmptyCart, ErrorCode::EmptyCart));
    let lines = |count| cart(vec![app.store.line("cola", 1, &[]); count]);
    assert_eq!(fault(&table, &lines(51), "items").await, ErrorCode::TooLong);
    expect_nothing_stored(&app).await;
    assert_eq!(table.order(&lines(50)).await.items.len(), 50);
}

#[tokio::test]
async fn notes_have_at_most_200_characters_and_no_control_characters() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let with = |note: &str| {
        let mut order = app.store.stew();
        (order.note, order.items[0].note) = (Some(note.to_owned()), Some(note.to_owned()));
        order
    };
    for (note, code) in [("맵".repeat(201), ErrorCode::TooLong), ("a\u{7}b".into(), ErrorCode::InvalidFormat)]
    {
        assert_eq!(fault(&table, &with(&note), "note").await, code);
        assert_eq!(fault(&table, &with(&note), "items[0].note").await, code);
    }
    expect_nothing_stored(&app).await;
    let longest = "맵".repeat(200);
    let order = table.order(&with(&longest)).await;
    assert_eq!(order.items[0].note.as_ref(), Some(&longest));
    assert_eq!(table.order(&with("두 줄\n로")).await.note.as_deref(), Some("두 줄\n로"));
}

#[tokio::test]
async fn a_note_with_a_nul_is_refused() {
    let app = TestApp::start().await;
    let mut order = app.store.stew();
    // PostgreSQL can store no NUL: it must not get that far.
    order.note = Some("a\0b".to_owned());
    assert_eq!(fault(&app.table(0).await, &order, "note").await, ErrorCode::InvalidFormat);
}

#[tokio::test]
async fn the_dearest_order_that_the_rules_allow_is_stored() {
    let app = TestApp::start().await;
    app.change_menu("UPDATE menus SET price = 100000000 WHERE store_id = $1").await;
    let order = app.table(0).await.order(&cart(vec![app.store.line("stew", 99, &[]); 50])).await;
    assert_eq!(order.total_amount.0, 100_000_000 * 99 * 50);
}
