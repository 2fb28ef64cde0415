//! Pictures: decoded, made small and encoded anew, and kept under the hash of their content, so that a URL never
//! changes its bytes.

mod decode;
mod jpeg;
pub mod location;
mod resize;
mod store;
pub mod tidy;
pub mod upload;

use actix_web::web::{self, Data};
use actix_web::{HttpResponse, get};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use shared_types::ErrorCode;
use shared_types::media::IMAGE_WIDTHS;

pub use store::Media;
pub use upload::Workshop;

use crate::app::AppState;
use crate::error::Result;

/// The URL of a picture's widest version, from its content key.
#[must_use]
pub fn url_of(key: &str) -> String {
    format!("/api/images/{}", name_of(key, IMAGE_WIDTHS[IMAGE_WIDTHS.len() - 1]))
}

/// The content key of a picture, from all its versions.
#[must_use]
pub fn key_of(versions: &[impl AsRef<[u8]>]) -> String {
    let mut hasher = Sha256::new();
    versions.iter().for_each(|bytes| hasher.update(bytes));
    hex::encode(&hasher.finalize()[..16])
}

/// The file name of one version.
fn name_of(key: &str, width: u32) -> String {
    format!("{key}-{width}.webp")
}

/// The key in a name of the form `<32 hex digits>-<a width that is kept>.webp`.
fn key_in(name: &str) -> Option<&str> {
    let (key, width) = name.strip_suffix(".webp")?.split_once('-')?;
    let ours = key.len() == 32
        && key.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        && IMAGE_WIDTHS.iter().any(|w| w.to_string() == width);
    ours.then_some(key)
}

/// The bytes of a picture, in `openapi.json`.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct Picture(pub Bytes);

/// One width of a picture
#[utoipa::path(tag = "media", params(("name" = String, Path, example = "0f3a9c1b2d4e5f60718293a4b5c6d7e8-640.webp")), responses(
    (status = 200, content_type = "image/webp", body = inline(Picture))))]
#[get("/api/images/{name}")]
pub async fn image(state: Data<AppState>, name: web::Path<String>) -> Result<HttpResponse> {
    if key_in(&name).is_none() {
        return Err(ErrorCode::NotFound.into());
    }
    let bytes = state.media.get(&name).await?;
    Ok(HttpResponse::Ok()
        .content_type("image/webp")
        .insert_header(("Cache-Control", "public, max-age=31536000, immutable"))
        .insert_header(("Content-Encoding", "identity"))
        .body(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_names() {
        let key = "0123456789abcdef0123456789abcdef";
        assert_eq!(key_in(&format!("{key}-320.webp")), Some(key));
        for bad in [
            format!("{key}-321.webp"),
            format!("{key}-320.png"),
            "../secret-320.webp".into(),
            format!("{}-320.webp", &key[1..]),
        ] {
            assert_eq!(key_in(&bad), None, "{bad}");
        }
        assert_eq!(key_in(url_of(key).rsplit('/').next().unwrap()), Some(key));
    }
}
