//! The database goes away and comes back.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use shared_types::ErrorCode;
use shared_types::health::Readiness;
use shared_types::orders::NewOrder;
use test_support::fixture::PASSWORD;
use test_support::proxy::Traffic;
use test_support::{AdminClient, Answer, Client, Instance, Proxy, Store, TableClient, TestDatabase, callers};

use crate::wait::until;

/// A request waits three seconds for a connection, and a slow machine a little longer.
const QUICKLY: Duration = Duration::from_millis(4_500);
/// How long the way back may take.
const RECOVERY: Duration = Duration::from_secs(8);

struct Far {
    instance: Instance,
    proxy: Proxy,
    store: Store,
    database: TestDatabase,
}

impl Far {
    async fn start() -> Self {
        let database = TestDatabase::migrated().await;
        let store = Store::insert(&database.pool(), "store-a").await;
        let proxy = Proxy::start(database.options()).await;
        let instance = Instance::start(proxy.options(), |_| {}).await;
        Self { instance, proxy, store, database }
    }

    fn client(&self) -> Client {
        Client::new(&self.instance.url)
    }

    async fn table(&self, place: usize) -> TableClient {
        TableClient::sign_in(&self.client(), &self.store, place).await
    }

    async fn stored(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM orders").fetch_one(&self.database.pool()).await.unwrap()
    }

    async fn recovers(&self) {
        self.proxy.set(Traffic::Flows);
        let client = self.client();
        until(RECOVERY, async || client.get("/health/ready").await.status == 200).await;
    }
}

/// Fails unless the answer says, soon enough, that trying again may help.
async fn expect_unavailable(what: &str, asked: impl Future<Output = Answer>) {
    let begin = Instant::now();
    let answer = asked.await;
    let took = begin.elapsed();
    assert_eq!((answer.status, answer.code()), (503, ErrorCode::Unavailable), "{what}: {}", answer.text());
    assert!(!answer.header("Retry-After").is_empty(), "{what}");
    assert!(took < QUICKLY, "{what} took {took:?}");
}

async fn goes_away_and_comes_back(how: Traffic) {
    let far = Far::start().await;
    let (table, key, cart) = (far.table(0).await, callers::new_key(), far.store.stew());
    table.order(&cart).await;
    far.proxy.set(how);
    let login = json!({"store": "store-a", "table_number": "1", "password": PASSWORD});
    let client = far.client();
    tokio::join!(
        expect_unavailable("an order", table.post_order(&cart, key)),
        expect_unavailable("the orders", table.get("/api/orders")),
        expect_unavailable("a login", client.post("/api/auth/table-login", &login)),
        async {
            let _ = client.get("/health").await.expect(200);
            let _ = table.get("/api/menus").await.expect(200);
            let ready: Readiness = client.get("/health/ready").await.json(503);
            assert!(!ready.database);
        },
    );
    far.recovers().await;
    assert_eq!(far.stored().await, 1, "nothing half-written");
    let _ = table.post_order(&cart, key).await.expect(201);
    let _ = table.post_order(&cart, key).await.expect(201);
    assert_eq!(far.stored().await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_database_is_503_and_recovers_by_itself() {
    goes_away_and_comes_back(Traffic::Refused).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_swallows_everything_is_503_and_recovers_by_itself() {
    goes_away_and_comes_back(Traffic::Stalled).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_whose_answer_was_lost_are_not_doubled() {
    let far = Far::start().await;
    let tables = join_all((0..4).map(|place| far.table(place))).await;
    let (keys, cart): (Vec<_>, _) = ((0..60).map(|_| callers::new_key()).collect(), far.store.stew());
    let sending = join_all(keys.iter().enumerate().map(|(n, key)| tables[n % 4].post_order(&cart, *key)));
    let breaking = async {
        for _ in 0..6 {
            tokio::time::sleep(Duration::from_millis(15)).await;
            far.proxy.set(Traffic::Refused);
            far.proxy.set(Traffic::Flows);
        }
    };
    let (answers, ()) = tokio::join!(sending, breaking);
    assert!(answers.iter().all(|answer| [201, 503].contains(&answer.status)));
    far.recovers().await;
    for (n, key) in keys.iter().enumerate() {
        let again = tables[n % 4].post_order(&cart, *key).await.expect(201);
        assert!(answers[n].status == 503 || answers[n].body == again.body);
    }
    assert_eq!(far.stored().await, 60);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guests_are_told_as_quickly_as_one() {
    let far = Far::start().await;
    // Nobody has read the menu yet: it is not in memory.
    let tables = join_all((0..8).map(|place| far.table(place))).await;
    far.proxy.set(Traffic::Stalled);
    join_all(tables.iter().map(|table| expect_unavailable("the menu", table.get("/api/menus")))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_goes_on_after_the_database_is_back() {
    let far = Far::start().await;
    let table = far.table(0).await;
    let mut stream = table.stream(None).await;
    table.order(&far.store.stew()).await;
    assert_eq!(stream.event().await.id, Some(1));
    far.proxy.set(Traffic::Refused);
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    far.recovers().await;
    table.order(&far.store.stew()).await;
    assert_eq!(stream.event().await.id, Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_may_start_before_its_database() {
    let database = TestDatabase::migrated().await;
    let store = Store::insert(&database.pool(), "store-a").await;
    let proxy = Proxy::start(database.options()).await;
    proxy.set(Traffic::Refused);
    let instance = Instance::start(proxy.options(), |_| {}).await;
    let client = Client::new(&instance.url);
    let _ = client.get("/health").await.expect(200);
    let _ = client.get("/health/ready").await.expect(503);
    proxy.set(Traffic::Flows);
    until(RECOVERY, async || client.get("/health/ready").await.status == 200).await;
    TableClient::sign_in(&client, &store, 0).await.order(&store.stew()).await;
}

/// Sends an order until it is acknowledged, as a tablet does; answers how often it was told to wait.
async fn insist(table: &TableClient, cart: &NewOrder) -> usize {
    let key = callers::new_key();
    for refusals in 0.. {
        let begin = Instant::now();
        let answer = table.post_order(cart, key).await;
        assert!(begin.elapsed() < QUICKLY, "{:?}", begin.elapsed());
        match answer.status {
            201 => return refusals,
            503 => tokio::time::sleep(Duration::from_millis(500)).await,
            other => panic!("{other}: {}", answer.text()),
        }
    }
    unreachable!("a loop without an end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_minute_without_a_database_loses_and_doubles_nothing() {
    let far = Far::start().await;
    let tables = join_all((0..4).map(|place| far.table(place))).await;
    let cart = far.store.stew();
    let mut board = AdminClient::sign_in(&far.client(), &far.store).await.stream(Some(0)).await;
    let (over, end) = (Instant::now() + Duration::from_secs(32), Instant::now() + Duration::from_secs(40));
    let evening = join_all(tables.iter().map(async |table| {
        let (mut orders, mut refusals) = (0_usize, 0);
        while Instant::now() < end {
            refusals += insist(table, &cart).await;
            orders += 1;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        (orders, refusals)
    }));
    let outage = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        far.proxy.set(Traffic::Refused);
        tokio::time::sleep_until(over.into()).await;
        far.recovers().await;
    };
    let (told, ()) = tokio::join!(evening, outage);
    let (orders, refusals): (Vec<_>, Vec<_>) = told.into_iter().unzip();
    assert!(refusals.iter().all(|refusals| *refusals > 3), "nobody noticed: {refusals:?}");
    let placed: usize = orders.iter().sum();
    assert_eq!(far.stored().await, i64::try_from(placed).unwrap());
    assert_eq!(board.ids(placed).await, (1..=i64::try_from(placed).unwrap()).collect::<Vec<_>>());
}
