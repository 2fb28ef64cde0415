//! Both apps, served by the program itself.

use std::fs;
use std::path::Path;

use reqwest::Method;
use tempfile::TempDir;
use test_support::client::send;
use test_support::{Answer, TestApp};

const HASHED: &str = "app-0123456789abcdef.js";

/// A folder with two small apps, and a server that serves them.
async fn served() -> (TempDir, TestApp) {
    let folder = tempfile::tempdir().unwrap();
    for app in ["customer", "admin"] {
        let root = folder.path().join(app);
        fs::create_dir_all(root.join("img")).unwrap();
        write(&root, "index.html", &format!("<title>{app}</title><script type=\"module\">start()</script>"));
        write(&root, HASHED, "let it = 'run';");
        write(&root, &format!("{HASHED}.br"), "as brotli");
        write(&root, &format!("{HASHED}.gz"), "as gzip");
        write(&root, "img/icon.svg", "<svg/>");
        write(&root, "app.wasm", "\0asm");
        write(&root, "manifest.webmanifest", "{}");
    }
    write(folder.path(), "private.txt", "not below an app");
    let dir = folder.path().to_path_buf();
    let app = TestApp::start_with(|config| config.web_dir = Some(dir)).await;
    (folder, app)
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

async fn get(app: &TestApp, path: &str, header: (&str, &str)) -> Answer {
    send(app.anonymous().request(Method::GET, path).header(header.0, header.1)).await
}

#[tokio::test]
async fn each_app_has_its_own_pages() {
    let (_folder, app) = served().await;
    let client = app.anonymous();
    for (path, title) in [
        ("/", "customer"),
        ("/orders", "customer"),
        ("/cart/of/nobody", "customer"),
        ("/admin/", "admin"),
        ("/admin/board", "admin"),
    ] {
        let page = client.get(path).await.expect(200);
        assert!(page.text().contains(&format!("<title>{title}</title>")), "{path}: {}", page.text());
        assert_eq!(page.header("content-type"), "text/html", "{path}");
        assert_eq!(page.header("cache-control"), "no-cache", "{path}: a new version is seen at once");
    }
    let moved = client.get("/admin").await.expect(308);
    assert_eq!(moved.header("location"), "/admin/");
}

#[tokio::test]
async fn a_missing_asset_is_not_a_page() {
    let (_folder, app) = served().await;
    for path in ["/app-ffffffffffffffff.js", "/admin/img/none.svg", "/api/nowhere", "/api/admin/nowhere"] {
        let answer = app.anonymous().get(path).await.expect(404);
        assert_eq!(answer.code(), shared_types::ErrorCode::NotFound, "{path}");
    }
}

#[tokio::test]
async fn nothing_outside_the_apps_is_served() {
    let (_folder, app) = served().await;
    let address = app.instance.url.trim_start_matches("http://").to_owned();
    // Past the client, which would tidy the path up.
    for path in [
        "/../private.txt",
        "/admin/../../private.txt",
        "/%2e%2e/private.txt",
        "/..%2fprivate.txt",
        "//private.txt",
    ] {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains("not below an app"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn pages_run_only_their_own_scripts_and_are_framed_by_nobody() {
    let (_folder, app) = served().await;
    for path in ["/", "/orders", "/admin/"] {
        let page = app.anonymous().get(path).await.expect(200);
        let policy = page.header("content-security-policy");
        for rule in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval' 'sha256-",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{path}: {rule} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(
            (page.header("x-frame-options"), page.header("x-content-type-options")),
            ("DENY", "nosniff")
        );
    }
}

#[tokio::test]
async fn assets_come_compressed_typed_and_are_kept() {
    let (_folder, app) = served().await;
    let path = format!("/{HASHED}");
    for (accept, coding, body) in [
        ("gzip, br", "br", "as brotli"),
        ("gzip", "gzip", "as gzip"),
        ("identity", "identity", "let it = 'run';"),
    ] {
        let answer = get(&app, &path, ("Accept-Encoding", accept)).await.expect(200);
        assert_eq!((answer.header("content-encoding"), answer.text().as_str()), (coding, body));
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(answer.header("vary").contains("Accept-Encoding"));
        let tag = answer.header("etag");
        let again = send(
            app.anonymous()
                .request(Method::GET, &path)
                .header("Accept-Encoding", accept)
                .header("If-None-Match", format!("\"other\", {tag}")),
        )
        .await;
        assert!(again.expect(304).body.is_empty());
    }
    for (path, mime) in [
        ("/app.wasm", "application/wasm"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/admin/img/icon.svg", "image/svg+xml"),
    ] {
        let answer = app.anonymous().get(path).await.expect(200);
        assert_eq!((answer.header("content-type"), answer.header("cache-control")), (mime, "no-cache"));
    }
}

#[tokio::test]
async fn without_apps_there_are_no_pages() {
    let app = TestApp::start().await;
    for path in ["/", "/admin", "/admin/", "/orders"] {
        let _ = app.anonymous().get(path).await.expect(404);
    }
}
