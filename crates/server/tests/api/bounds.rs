//! Requests that are too long, too slow or too many at once.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use reqwest::Method;
use server::config::Config;
use shared_types::ErrorCode;
use test_support::callers::new_key;
use test_support::client::send;
use test_support::{Answer, TestApp};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

/// A connection without a client's manners.
fn connect(app: &TestApp) -> TcpStream {
    let socket = TcpStream::connect(app.instance.url.trim_start_matches("http://")).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
    socket
}

/// Sends some bytes, and no more; reads until the server closes. Answers what it said and when it was done.
async fn say(app: &TestApp, bytes: &'static str) -> (String, Duration) {
    let mut socket = connect(app);
    spawn_blocking(move || {
        let begin = Instant::now();
        socket.write_all(bytes.as_bytes()).unwrap();
        let mut said = Vec::new();
        let _ = socket.read_to_end(&mut said);
        (String::from_utf8(said).unwrap(), begin.elapsed())
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn an_address_has_a_greatest_length() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    let long = |bytes: usize| format!("/api/menus?{}", "x".repeat(bytes - "/api/menus".len()));
    assert_eq!(client.get(&long(8 * 1024)).await.code(), ErrorCode::Unauthenticated);
    let refused = client.get(&long(8 * 1024 + 1)).await;
    assert_eq!((refused.status, refused.code()), (414, ErrorCode::UriTooLong));
}

#[tokio::test]
async fn headers_have_a_greatest_size() {
    let app = TestApp::start().await;
    let with = async |bytes: usize| -> Answer {
        send(app.anonymous().request(Method::GET, "/api/menus").header("X-Ballast", "x".repeat(bytes))).await
    };
    assert_eq!(with(30 * 1024).await.code(), ErrorCode::Unauthenticated);
    let refused = with(33 * 1024).await;
    assert_eq!((refused.status, refused.code()), (431, ErrorCode::HeadersTooLarge));
    let mut many = app.anonymous().request(Method::GET, "/health");
    for n in 0..200 {
        many = many.header(format!("X-Ballast-{n}"), "x");
    }
    assert!(many.send().await.unwrap().status().is_client_error(), "two hundred headers");
}

#[tokio::test]
async fn a_head_that_does_not_arrive_is_given_up() {
    let app = TestApp::start_with(|config| config.limits.times.head = Duration::from_millis(600)).await;
    let (said, took) = say(&app, "GET /health HTTP/1.1\r\nHost: x\r\nX-Slow").await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(took < Duration::from_secs(8), "{took:?}");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let app = TestApp::start_with(|config| config.limits.times.body = Duration::from_millis(400)).await;
    let request = "POST /api/auth/table-login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
                   Content-Length: 100\r\nAccept-Language: en\r\n\r\n{\"store\":";
    let (said, took) = say(&app, request).await;
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(said.contains("request_timeout") && said.contains("took too long"), "{said}");
    assert!(took < Duration::from_secs(8), "{took:?}");
}

#[tokio::test]
async fn a_body_that_nobody_waits_for_does_not_keep_the_connection() {
    let app = TestApp::start_with(|config| config.limits.times.body = Duration::from_millis(400)).await;
    for head in [
        "POST /nope HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /api/auth/table-login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"st",
        "GET /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
    ] {
        let (said, took) = say(&app, head).await;
        assert!(said.starts_with("HTTP/1.1 ") && said.to_lowercase().contains("connection: close"), "{said}");
        assert!(took < Duration::from_secs(8), "{head} {took:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_made_in_time_says_so_and_the_order_is_not_doubled() {
    let app = TestApp::start_with(|config| config.limits.times.answer = Duration::from_millis(700)).await;
    let (table, key, cart) = (app.table(0).await, new_key(), app.store.stew());
    let mut lock = app.db.begin().await.unwrap();
    sqlx::query("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    let begin = Instant::now();
    let late = table.post_order(&cart, key).await;
    // The database itself would give up waiting for the lock after five seconds.
    assert!(begin.elapsed() < Duration::from_secs(4));
    assert_eq!((late.status, late.code()), (503, ErrorCode::Unavailable));
    assert!(!late.header("Retry-After").is_empty() && !late.header("X-Request-Id").is_empty());
    assert_eq!(late.error().request_id.as_deref(), Some(late.header("X-Request-Id")));
    lock.rollback().await.unwrap();
    let _ = table.post_order(&cart, key).await.expect(201);
    let _ = table.post_order(&cart, key).await.expect(201);
    assert_eq!(app.count("SELECT count(*) FROM orders WHERE store_id = $1").await, 1);
}

#[tokio::test]
async fn the_newest_streams_of_a_device_win() {
    let app = TestApp::start_with(|config| config.limits.streams_of_device = 2).await;
    let (table, other) = (app.table(0).await, app.table(0).await);
    let mut others = other.stream(None).await;
    let mut first = table.stream(None).await;
    let (mut second, mut third) = (table.stream(None).await, table.stream(None).await);
    first.expect_end(Duration::from_secs(3)).await;
    table.order(&app.store.stew()).await;
    for stream in [&mut second, &mut third, &mut others] {
        assert_eq!(stream.event().await.id, Some(1));
    }
}

#[tokio::test]
async fn a_managers_screens_have_a_number_too() {
    let app = TestApp::start_with(|config| config.limits.streams_of_user = 1).await;
    let admin = app.admin().await;
    let mut old = admin.stream(None).await;
    let mut new = admin.stream(None).await;
    old.expect_end(Duration::from_secs(3)).await;
    drop(old);
    app.table(0).await.order(&app.store.stew()).await;
    assert_eq!(new.event().await.id, Some(1));
}

/// Linux ends the connection; other systems have their own limits.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_client_that_takes_nothing_is_let_go() {
    let app = TestApp::start_with(|config| config.limits.times.stalled = Duration::from_secs(2)).await;
    let mut socket = connect(&app);
    spawn_blocking(move || {
        // More than all buffers between the two hold.
        socket.set_nonblocking(true).unwrap();
        let request = "GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(1) {
            match socket.write(request.as_bytes()) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => panic!("{error}"),
            }
        }
        std::thread::sleep(Duration::from_secs(9));
        socket.set_nonblocking(false).unwrap();
        let mut said = Vec::new();
        let end = socket.read_to_end(&mut said);
        assert!(end.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset), "the connection lives");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn connections_above_the_limit_wait_for_their_turn() {
    let app = TestApp::start_with(|config: &mut Config| config.limits.connections = 2).await;
    let idle: Vec<_> = (0..64).map(|_| connect(&app)).collect();
    sleep(Duration::from_millis(200)).await;
    let client = app.anonymous();
    let waiting = timeout(Duration::from_millis(500), client.get("/health")).await;
    assert!(waiting.is_err(), "a connection above the limit was served");
    drop(idle);
    let _ = timeout(Duration::from_secs(5), client.get("/health")).await.unwrap().expect(200);
}
