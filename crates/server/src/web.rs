//! Serves both apps where one box does everything: the bundles are read once at start, with the `.br` and
//! `.gz` files that the build put beside them.
//!
//! Hashed assets may be kept for ever; `index.html` is asked for every time. A path without an extension is a
//! page of the app; a missing asset is 404, never a page.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use actix_web::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use shared_types::ErrorCode;

use crate::error::Result;

struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    tag: String,
    mime: String,
    immutable: bool,
}

struct Bundle {
    assets: HashMap<String, Asset>,
    policy: String,
}

/// Both apps.
pub struct Apps {
    customer: Bundle,
    admin: Bundle,
}

impl Apps {
    /// Reads `customer/` and `admin/` of a directory.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn load(directory: &Path) -> io::Result<Self> {
        Ok(Self {
            customer: Bundle::load(&directory.join("customer"))?,
            admin: Bundle::load(&directory.join("admin"))?,
        })
    }
}

impl Bundle {
    fn load(root: &Path) -> io::Result<Self> {
        let mut assets = HashMap::new();
        let mut folders = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.extension().is_some_and(|e| e == "br" || e == "gz") {
                    let name = path
                        .strip_prefix(root)
                        .map_err(io::Error::other)?
                        .to_string_lossy()
                        .replace('\\', "/");
                    assets.insert(name, Asset::load(&path)?);
                }
            }
        }
        let index = assets
            .get("index.html")
            .ok_or_else(|| io::Error::other(format!("{} has no index.html", root.display())))?;
        let policy = content_security_policy(&String::from_utf8_lossy(&index.plain));
        Ok(Self { assets, policy })
    }

    /// The asset of a path below the app's root; a page for whatever looks like one.
    fn find(&self, path: &str) -> Option<&Asset> {
        let page = !path.rsplit('/').next().unwrap_or_default().contains('.');
        self.assets.get(path).or_else(|| page.then(|| self.assets.get("index.html")).flatten())
    }
}

impl Asset {
    fn load(path: &Path) -> io::Result<Self> {
        let plain = std::fs::read(path)?;
        let sibling = |extension: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(extension);
            std::fs::read(PathBuf::from(name)).ok().map(Bytes::from)
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            brotli: sibling(".br"),
            gzip: sibling(".gz"),
            tag: hex::encode(&Sha256::digest(&plain)[..8]),
            mime: match path.extension().and_then(|e| e.to_str()) {
                Some("wasm") => "application/wasm".to_owned(),
                Some("webmanifest") => "application/manifest+json".to_owned(),
                _ => mime_guess::from_path(path).first_or_octet_stream().to_string(),
            },
            immutable: is_hashed(&name),
            plain: plain.into(),
        })
    }
}

/// Trunk writes `name-0123456789abcdef.js` and `name-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    // Written without zeros in front.
    let is_hash = |part: &str| (8..=16).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_hexdigit());
    name.split(['-', '.', '_']).any(is_hash)
}

/// Everything from our own origin, WebAssembly allowed, and of inline scripts only those that the build wrote,
/// by their hashes.
#[must_use]
pub fn content_security_policy(index: &str) -> String {
    let mut hashes = String::new();
    let mut rest = index;
    while let Some(start) = rest.find("<script") {
        let Some(open_end) = rest[start..].find('>').map(|i| start + i + 1) else { break };
        let Some(close) = rest[open_end..].find("</script>").map(|i| open_end + i) else { break };
        let (tag, body) = (&rest[start..open_end], &rest[open_end..close]);
        if !tag.contains(" src=") && !body.is_empty() {
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(body.as_bytes()));
            hashes.push_str(&format!(" 'sha256-{hash}'"));
        }
        rest = &rest[close..];
    }
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
}

/// Serves the customer app at `/`.
///
/// # Errors
/// `not_found` for a missing asset, and for everything when no bundles are configured.
pub async fn customer(apps: Option<Data<Apps>>, request: HttpRequest) -> Result<HttpResponse> {
    let apps = apps.ok_or(ErrorCode::NotFound)?;
    serve(&apps.customer, request.path().trim_start_matches('/'), &request)
}

/// Serves the admin app at `/admin/`.
///
/// # Errors
/// As [`customer`].
pub async fn admin(apps: Option<Data<Apps>>, request: HttpRequest) -> Result<HttpResponse> {
    let apps = apps.ok_or(ErrorCode::NotFound)?;
    let Some(path) = request.path().strip_prefix("/admin/") else {
        return Ok(HttpResponse::PermanentRedirect().insert_header(("Location", "/admin/")).finish());
    };
    serve(&apps.admin, path, &request)
}

fn serve(bundle: &Bundle, path: &str, request: &HttpRequest) -> Result<HttpResponse> {
    let asset = bundle.find(path).ok_or(ErrorCode::NotFound)?;
    let header = |name| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accepted = header(ACCEPT_ENCODING);
    let (coding, bytes) = match (&asset.brotli, &asset.gzip) {
        (Some(brotli), _) if accepted.contains("br") => ("br", brotli),
        (_, Some(gzip)) if accepted.contains("gzip") => ("gzip", gzip),
        _ => ("identity", &asset.plain),
    };
    let tag = format!("\"{}-{coding}\"", asset.tag);
    let known = header(IF_NONE_MATCH).split(',').any(|t| t.trim() == tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(("ETag", tag));
    response.insert_header(("Vary", "Accept-Encoding"));
    response.insert_header((
        "Cache-Control",
        if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" },
    ));
    if asset.mime.starts_with("text/html") {
        response.insert_header(("Content-Security-Policy", bundle.policy.as_str()));
    }
    if known {
        return Ok(response.finish());
    }
    Ok(response
        .insert_header(("Content-Encoding", coding))
        .content_type(asset.mime.as_str())
        .body(bytes.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(
            is_hashed("customer-web-123456789abcdef.js")
                && is_hashed("customer-web-0123456789abcdef_bg.wasm")
        );
        assert!(!is_hashed("index.html") && !is_hashed("icon.svg") && !is_hashed("manifest.webmanifest"));
    }

    #[test]
    fn the_policy_names_inline_scripts_by_hash() {
        let policy =
            content_security_policy("<script type=\"module\">a</script><script src=\"x.js\"></script>");
        assert!(policy.contains("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"), "{policy}");
        assert!(!policy.contains("unsafe-inline"));
    }
}
