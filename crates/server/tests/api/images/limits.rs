//! The form around the picture: its size, its fields, and who sends it.

use reqwest::Method;
use serde_json::json;
use shared_types::ErrorCode;
use shared_types::media::MAX_IMAGE_BYTES;
use test_support::fixture::{PASSWORD, USERNAME};
use test_support::{BrowserClient, TestApp};

use super::form::{self, Part};
use super::samples::{self, photo};
use super::{IMAGES, post, upload};

/// A JPEG of exactly so many bytes: what follows its end does not count as picture, but as upload.
fn of_size(bytes: usize) -> Vec<u8> {
    let mut file = samples::jpeg(&photo(64, 48));
    file.resize(bytes, b'.');
    file
}

#[tokio::test]
async fn ten_mebibytes_are_the_limit() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let _ = upload(&admin, &of_size(MAX_IMAGE_BYTES)).await.expect(201);
    for bytes in [MAX_IMAGE_BYTES + 1, MAX_IMAGE_BYTES * 3] {
        let answer = upload(&admin, &of_size(bytes)).await;
        assert_eq!((answer.status, answer.code()), (413, ErrorCode::PayloadTooLarge), "{bytes}");
    }
    // The server is there for the next one.
    let _ = upload(&admin, &samples::png(&photo(8, 6))).await.expect(201);
}

#[tokio::test]
async fn one_field_with_something_in_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let picture = samples::png(&photo(8, 6));
    let part = |name, bytes| Part { name, filename: "dish.png", content_type: "image/png", bytes };
    for (parts, code) in [
        (vec![part("file", b"")], ErrorCode::Required),
        (vec![part("picture", &picture)], ErrorCode::Required),
        (vec![part("file", &picture), part("file", &picture)], ErrorCode::InvalidFormat),
        (vec![part("file", &picture), part("note", b"x")], ErrorCode::InvalidFormat),
    ] {
        let answer = post(&admin, form::of_parts(&parts)).await;
        assert_eq!((answer.status, answer.field("file")), (400, code), "{} parts", parts.len());
    }
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let picture = samples::png(&photo(8, 6));
    let answer = admin.post(IMAGES, &json!({"file": "x"})).await;
    assert_eq!((answer.status, answer.code()), (415, ErrorCode::UnsupportedMediaType));
    let answer = post(&admin, ("image/png".to_owned(), picture.clone())).await;
    assert_eq!((answer.status, answer.code()), (415, ErrorCode::UnsupportedMediaType));
    assert_eq!(admin.press(IMAGES).await.code(), ErrorCode::UnsupportedMediaType);
    let (content_type, body) = form::of(&picture);
    for (content_type, body) in [
        ("multipart/form-data".to_owned(), body.clone()),
        (content_type.replace("boundary=", "boundary=x"), body.clone()),
        (content_type.clone(), body[..body.len() / 2].to_vec()),
        (content_type, Vec::new()),
        form::of_parts(&[]),
    ] {
        let answer = post(&admin, (content_type.clone(), body)).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::MalformedRequest), "{content_type}");
    }
}

#[tokio::test]
async fn a_form_may_arrive_in_pieces() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (content_type, body) = form::of(&samples::png(&photo(8, 6)));
    // The last piece is only a line break: the form has ended before its body has.
    for pieces in [vec![0, 40, body.len() - 2, body.len()], vec![0, body.len()]] {
        let pieces: Vec<_> = pieces.windows(2).map(|ends| body[ends[0]..ends[1]].to_vec()).collect();
        let stream = futures_util::stream::unfold(pieces.into_iter(), |mut left| async move {
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            left.next().map(|piece| (Ok::<_, std::io::Error>(piece), left))
        });
        let request = admin.request(Method::POST, IMAGES).header("Content-Type", &content_type);
        let answer = test_support::client::send(request.body(reqwest::Body::wrap_stream(stream))).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
}

async fn send(browser: &mut BrowserClient, requested_with: bool) -> test_support::Answer {
    let (content_type, body) = form::of(&samples::png(&photo(8, 6)));
    let mut request = browser.request(Method::POST, IMAGES).header("Content-Type", content_type).body(body);
    if requested_with {
        request = request.header("X-Requested-With", "XMLHttpRequest");
    }
    browser.send(request).await
}

#[tokio::test]
async fn a_form_with_our_cookies_must_come_from_our_script() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let admin = json!({"store": app.store.code, "username": USERNAME, "password": PASSWORD});
    let _ = browser.post("/api/auth/admin-login", &admin).await.expect(200);
    let answer = send(&mut browser, false).await;
    assert_eq!((answer.status, answer.code()), (403, ErrorCode::WrongOrigin));
    let _ = send(&mut browser, true).await.expect(201);
    let mut elsewhere = browser.from_origin(Some("https://elsewhere.example"));
    assert_eq!(send(&mut elsewhere, true).await.code(), ErrorCode::WrongOrigin);
    // Without cookies there is nothing to abuse: it is only unknown who asks.
    assert_eq!(send(&mut app.browser(), false).await.code(), ErrorCode::Unauthenticated);
}

#[tokio::test]
async fn a_table_may_not_upload() {
    let app = TestApp::start().await;
    let table = app.table(0).await;
    let answer = upload(&table, &samples::png(&photo(8, 6))).await;
    assert_eq!((answer.status, answer.code()), (403, ErrorCode::Forbidden));
}

#[tokio::test]
async fn many_uploads_at_once_are_all_taken() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let uploads: Vec<_> = (0..20)
        .map(|n| {
            let (admin, file) = (admin.clone(), samples::jpeg(&photo(100 + n, 75)));
            tokio::spawn(async move { upload(&admin, &file).await.status })
        })
        .collect();
    for one in uploads {
        assert_eq!(one.await.unwrap(), 201);
    }
}
