//! The worst day: the server is killed while orders flow.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use shared_types::IdempotencyKey;
use shared_types::orders::{NewOrder, Order};
use test_support::callers::new_key;
use test_support::{AdminClient, Client, ServerProcess, Store, TableClient, TestDatabase};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tableorder");

/// What the tablets know: which keys they have sent, and what was acknowledged.
#[derive(Default)]
struct Book {
    open: HashMap<IdempotencyKey, TableClient>,
    acknowledged: HashMap<IdempotencyKey, Order>,
}

/// Orders one stew after the other until the server goes away.
async fn keep_ordering(table: TableClient, cart: NewOrder, book: Arc<Mutex<Book>>) {
    loop {
        let key = new_key();
        book.lock().await.open.insert(key, table.clone());
        let request = table.request(reqwest::Method::POST, "/api/orders").json(&cart);
        let Ok(response) = request.header("Idempotency-Key", key.to_string()).send().await else { return };
        assert_eq!(response.status(), 201);
        // The head has come, but the body may not: then the tablet does not know.
        let Ok(order) = response.json().await else { return };
        let mut book = book.lock().await;
        book.open.remove(&key);
        book.acknowledged.insert(key, order);
    }
}

/// Sends every order again whose answer never came, as tablets do.
async fn send_again(book: &mut Book, cart: &NewOrder) {
    for (key, table) in std::mem::take(&mut book.open) {
        let order = table.post_order(cart, key).await.json(201);
        book.acknowledged.insert(key, order);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_order_is_there_exactly_once() {
    let database = TestDatabase::migrated().await;
    let pool = database.pool();
    let store = Store::insert(&pool, "store-a").await;
    let mut process = ServerProcess::start(PROGRAM, &database.url()).await;
    let client = Client::new(&process.url());
    let tables = join_all((0..8).map(|place| TableClient::sign_in(&client, &store, place))).await;
    let admin = AdminClient::sign_in(&client, &store).await;
    let mut stream = admin.stream(Some(0)).await;
    let book = Arc::new(Mutex::new(Book::default()));
    let mut seen = Vec::new();

    for _ in 0..3 {
        let ordering =
            tables.iter().map(|t| tokio::spawn(keep_ordering(t.clone(), store.stew(), Arc::clone(&book))));
        let ordering: Vec<_> = ordering.collect();
        sleep(Duration::from_millis(400)).await;
        process.kill();
        join_all(ordering).await.into_iter().for_each(Result::unwrap);
        // The stream breaks; the board goes on after the last event that it saw.
        while let Ok(Some(event)) = timeout(Duration::from_secs(2), stream.any()).await {
            seen.extend(event.id);
        }
        process.restart().await;
        send_again(&mut *book.lock().await, &store.stew()).await;
        stream = admin.stream(Some(seen.last().copied().unwrap_or_default())).await;
    }

    let placed = std::mem::take(&mut book.lock().await.acknowledged);
    assert!(placed.len() > 30, "only {} orders: nothing was tested", placed.len());
    seen.extend(stream.ids(placed.len() - seen.len()).await);
    let count = i64::try_from(placed.len()).unwrap();
    assert_eq!(seen, (1..=count).collect::<Vec<_>>(), "ids are consecutive through every kill");
    println!("{count} orders through 3 kills");

    let stored = admin.board().await.orders;
    let by_id: HashMap<_, _> = stored.iter().map(|order| (order.id, order)).collect();
    assert_eq!((stored.len(), by_id.len()), (placed.len(), placed.len()), "no order twice, none besides");
    for order in placed.values() {
        assert_eq!(by_id.get(&order.id), Some(&order));
    }
    let last = |order: &Order| order.order_number.rsplit('-').next().unwrap().parse::<i64>().unwrap();
    // A test around five in the morning has two days; each begins at 1.
    let mut days: HashMap<&str, BTreeSet<i64>> = HashMap::new();
    for order in &stored {
        days.entry(&order.order_number[..12]).or_default().insert(last(order));
    }
    assert_eq!(days.values().map(BTreeSet::len).sum::<usize>(), placed.len());
    for numbers in days.values() {
        assert!(numbers.iter().copied().eq(1..=i64::try_from(numbers.len()).unwrap()), "{numbers:?}");
    }
}

#[tokio::test]
async fn a_stop_finishes_what_is_under_way_and_is_quick() {
    let database = TestDatabase::migrated().await;
    let store = Store::insert(&database.pool(), "store-a").await;
    let mut process = ServerProcess::start(PROGRAM, &database.url()).await;
    let client = Client::new(&process.url());
    let admin = AdminClient::sign_in(&client, &store).await;
    let table = TableClient::sign_in(&client, &store, 0).await;
    table.order(&store.stew()).await;
    let mut stream = admin.stream(None).await;
    // Browsers keep their connections open and their streams too: neither may hold the stop up.
    let (took, well) = process.terminate().await;
    assert!(well, "{}", process.log());
    assert!(took < Duration::from_secs(5), "stopping took {took:?}");
    stream.expect_end(Duration::from_secs(1)).await;
    assert!(process.log().contains("\"message\":\"stopped\""), "{}", process.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_answers_what_it_has_begun() {
    let database = TestDatabase::migrated().await;
    let pool = database.pool();
    let store = Store::insert(&pool, "store-a").await;
    let mut process = ServerProcess::start(PROGRAM, &database.url()).await;
    let client = Client::new(&process.url());
    let tables = join_all((0..8).map(|place| TableClient::sign_in(&client, &store, place))).await;
    let book = Arc::new(Mutex::new(Book::default()));
    let ordering =
        tables.iter().map(|t| tokio::spawn(keep_ordering(t.clone(), store.stew(), Arc::clone(&book))));
    let ordering: Vec<_> = ordering.collect();
    sleep(Duration::from_millis(500)).await;
    let (took, well) = process.terminate().await;
    assert!(well && took < Duration::from_secs(10), "{took:?}: {}", process.log());
    join_all(ordering).await.into_iter().for_each(Result::unwrap);
    let placed = book.lock().await.acknowledged.len();
    assert!(placed > 10, "only {placed} orders: nothing was tested");
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM orders").fetch_one(&pool).await.unwrap();
    assert_eq!(stored, i64::try_from(placed).unwrap(), "an order was stored whose answer never came");
    println!("{placed} orders, stopped in {took:?}");
}
