use chrono::{DateTime, Days, FixedOffset, NaiveTime, TimeDelta, Utc};
use shared_types::orders::OrderStatus;
use shared_types::{ErrorCode, Money};
use test_support::fixture::{STEW, TABLES, cart};
use test_support::{TestApp, callers};

#[tokio::test]
async fn an_order_holds_names_and_prices_of_its_moment() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let mut wanted =
        cart(vec![app.store.line("bulgogi", 2, &["hot", "egg"]), app.store.line("stew", 1, &[])]);
    wanted.note = Some("  아이가 있어요  ".to_owned());
    wanted.items[1].note = Some("   ".to_owned());
    wanted.expected_total = Some(Money(49_000));
    let order = table.order(&wanted).await;
    assert_eq!((order.total_amount, order.status), (Money(49_000), OrderStatus::Pending));
    assert_eq!((order.table_id, order.table_number.as_str()), (app.store.tables[0], TABLES[0]));
    assert_eq!((order.note.as_deref(), order.items[1].note.as_deref()), (Some("아이가 있어요"), None));
    let bulgogi = &order.items[0];
    assert_eq!((bulgogi.menu_name.as_str(), bulgogi.menu_price), ("bulgogi", Money(18_000)));
    assert_eq!((bulgogi.quantity, bulgogi.subtotal), (2, Money(40_000)));
    let options: Vec<_> =
        bulgogi.options.iter().map(|o| (o.group_name.as_str(), o.name.as_str(), o.price.0)).collect();
    assert_eq!(options, [("spice", "hot", 500), ("extras", "egg", 1_500)]);
    assert_eq!(table.orders().await.orders, [order]);
}

#[tokio::test]
async fn orders_of_one_party_share_a_session_and_parties_do_not() {
    let app = TestApp::start().await;
    let (table, phone, neighbour) = (app.table(0).await, app.table(0).await, app.table(1).await);
    let first = table.order(&app.store.stew()).await;
    let second = phone.order(&app.store.stew()).await;
    let other = neighbour.order(&app.store.stew()).await;
    assert_eq!(first.session_id, second.session_id);
    assert_ne!(first.session_id, other.session_id);
    let page = phone.orders().await;
    assert_eq!(page.orders, [second, first], "newest first");
    assert_eq!(page.total_amount, Money(2 * STEW.0));
}

/// Moves the server to a time of tomorrow in Seoul, and answers that day.
fn travel(app: &TestApp, hour: u32, minute: u32) -> DateTime<FixedOffset> {
    let seoul = FixedOffset::east_opt(9 * 60 * 60).unwrap();
    let now: DateTime<Utc> = app.clock().now();
    let day = now.with_timezone(&seoul).date_naive() + Days::new(1);
    let then = day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
    let then = then.and_local_timezone(seoul).unwrap();
    app.advance(then.to_utc() - now);
    then
}

#[tokio::test]
async fn numbers_begin_anew_at_five_in_the_morning_of_the_store() {
    let app = TestApp::start().await;
    let day = travel(&app, 4, 59);
    let table = app.table(0).await;
    let yesterday = (day - TimeDelta::days(1)).format("%Y%m%d");
    for number in ["0001", "0002"] {
        let order = table.order(&app.store.stew()).await;
        assert_eq!(order.order_number, format!("ORD-{yesterday}-{number}"));
    }
    app.advance(TimeDelta::minutes(2));
    let order = table.order(&app.store.stew()).await;
    assert_eq!(order.order_number, format!("ORD-{}-0001", day.format("%Y%m%d")));
}

#[tokio::test]
async fn numbers_of_two_stores_do_not_depend_on_each_other() {
    let app = TestApp::start().await;
    let other = app.second_store().await;
    let here = app.table(0).await.order(&app.store.stew()).await;
    let there = app.table_of(&other, 0).await.order(&other.stew()).await;
    assert!(here.order_number.ends_with("-0001") && there.order_number.ends_with("-0001"));
}

#[tokio::test]
async fn a_number_of_more_than_four_digits_grows() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let first = table.order(&app.store.stew()).await;
    app.sql("UPDATE order_counters SET last_number = 9999 WHERE store_id = $1").await;
    let next = table.order(&app.store.stew()).await;
    assert_eq!(next.order_number, first.order_number.replace("-0001", "-10000"));
}

#[tokio::test]
async fn fields_that_nobody_knows_are_ignored() {
    let app = TestApp::start().await;
    let (table, other) = (app.table(0).await, app.second_store().await);
    let mut body = serde_json::to_value(app.store.stew()).unwrap();
    body["store_id"] = other.id.to_string().into();
    body["table_id"] = other.tables[0].to_string().into();
    body["items"][0]["price"] = 1.into();
    let request = table.request(reqwest::Method::POST, "/api/orders").json(&body);
    let request = request.header("Idempotency-Key", callers::new_key().to_string());
    let answer = test_support::client::send(request).await;
    let order: shared_types::orders::Order = answer.json(201);
    assert_eq!((order.table_id, order.total_amount), (table.table, STEW));
}

#[tokio::test]
async fn a_key_is_required_and_must_be_a_uuid() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let without = table.post("/api/orders", &app.store.stew()).await;
    assert_eq!(without.code(), ErrorCode::IdempotencyKeyRequired);
    for bad in ["", "1", "not-a-uuid", "0192f0c1-0000-7000-8000-00000000000g"] {
        let request = table.request(reqwest::Method::POST, "/api/orders").header("Idempotency-Key", bad);
        let answer = test_support::client::send(request.json(&app.store.stew())).await;
        assert_eq!(answer.code(), ErrorCode::IdempotencyKeyRequired, "{bad:?}");
    }
    super::expect_nothing_stored(&app).await;
}
