//! Pictures: kept under the hash of their content, so that a URL never changes its bytes.

use std::path::Path;

use actix_web::web::{self, Data};
use actix_web::{HttpResponse, get};
use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use shared_types::ErrorCode;
use shared_types::media::IMAGE_WIDTHS;

use crate::app::AppState;
use crate::config::MediaLocation;
use crate::error::{AppError, Result};

/// Where pictures are kept.
pub struct Media {
    store: Box<dyn ObjectStore>,
}

/// The URL of a picture's widest version, from its content key.
#[must_use]
pub fn url_of(key: &str) -> String {
    format!("/api/images/{key}-{}.webp", IMAGE_WIDTHS[IMAGE_WIDTHS.len() - 1])
}

/// Whether a name is `<32 hex digits>-<a width that is kept>.webp`.
fn is_name(name: &str) -> bool {
    let width = |text: &str| IMAGE_WIDTHS.iter().any(|w| w.to_string() == text);
    name.strip_suffix(".webp").and_then(|stem| stem.split_once('-')).is_some_and(|(key, w)| {
        key.len() == 32 && key.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) && width(w)
    })
}

impl Media {
    /// Opens the configured place, making the directory if need be.
    ///
    /// # Errors
    /// The directory cannot be made.
    pub fn open(location: &MediaLocation) -> std::io::Result<Self> {
        let MediaLocation::Directory(path) = location;
        std::fs::create_dir_all(path)?;
        let path: &Path = path;
        let store = LocalFileSystem::new_with_prefix(path).map_err(std::io::Error::other)?;
        Ok(Self { store: Box::new(store) })
    }

    /// Keeps one width of a picture.
    ///
    /// # Errors
    /// The place cannot be written.
    pub async fn put(&self, key: &str, width: u32, bytes: Bytes) -> Result<()> {
        let name = Key::from(format!("{key}-{width}.webp"));
        self.store.put(&name, bytes.into()).await.map(drop).map_err(AppError::internal)
    }

    async fn get(&self, name: &str) -> Result<Bytes> {
        let found = self.store.get(&Key::from(name)).await.map_err(|error| match error {
            object_store::Error::NotFound { .. } => ErrorCode::NotFound.into(),
            other => AppError::internal(other),
        })?;
        found.bytes().await.map_err(AppError::internal)
    }
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
    if !is_name(&name) {
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
        assert!(is_name(&format!("{key}-320.webp")));
        for bad in [
            format!("{key}-321.webp"),
            format!("{key}-320.png"),
            "../secret-320.webp".into(),
            format!("{}-320.webp", &key[1..]),
        ] {
            assert!(!is_name(&bad), "{bad}");
        }
        assert!(is_name(url_of(key).rsplit('/').next().unwrap()));
    }
}
