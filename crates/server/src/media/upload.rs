//! Taking a picture in.

use std::sync::Arc;
use std::time::Duration;

use actix_multipart::{Multipart, MultipartError};
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, post};
use bytes::Bytes;
use futures_util::TryStreamExt;
use shared_types::ErrorCode;
use shared_types::media::{IMAGE_WIDTHS, MAX_IMAGE_BYTES, UploadedImage};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use utoipa::ToSchema;
use uuid::Uuid;

use super::decode::count_pixels;
use super::resize::Picture;
use super::url_of;
use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::{AppError, Result};
use crate::http::bounds;

/// Uploads that are held in memory at once, [`MAX_IMAGE_BYTES`] each.
const UPLOADS: usize = 8;
/// Pictures that are decoded at once: passwords and orders want the processor too.
const BENCHES: u32 = 2;
/// A picture with more pixels gets the workshop for itself, for its memory's sake.
const LARGE: u64 = 16_000_000;
/// How long an upload waits for its turn: less than an answer may take (`http::bounds`).
const QUEUE: Duration = Duration::from_secs(5);
/// Bytes past the limit that are read and thrown away, so that the sender hears why it is refused.
const DRAIN: usize = 32 * 1024 * 1024;

/// The body of an upload.
#[derive(ToSchema)]
pub struct ImageUpload {
    /// A JPEG, PNG or WebP picture: at most 10 MiB, 12,000 pixels on a side and 50 million altogether, not animated.
    /// Its name and declared type do not count.
    #[schema(value_type = String, format = Binary)]
    #[expect(dead_code, reason = "describes the request in the document")]
    file: Vec<u8>,
}

/// Where pictures are made, a few at a time.
pub struct Workshop {
    uploads: Semaphore,
    benches: Arc<Semaphore>,
}

impl Default for Workshop {
    fn default() -> Self {
        Self { uploads: Semaphore::new(UPLOADS), benches: Arc::new(Semaphore::new(BENCHES as usize)) }
    }
}

impl Workshop {
    async fn make(&self, upload: Bytes) -> Result<Picture> {
        let header = upload.clone();
        let pixels = blocking(move || count_pixels(&header).map_err(AppError::from)).await?;
        let benches = if pixels > LARGE { BENCHES } else { 1 };
        let turn = Arc::clone(&self.benches).acquire_many_owned(benches);
        let turn = timeout(QUEUE, turn).await.map_err(|_| busy())?.map_err(AppError::internal)?;
        blocking(move || {
            let _turn = turn;
            Picture::make(&upload)
        })
        .await
    }
}

/// Upload a picture
///
/// It is turned upright, made small and encoded anew, which removes everything else that the file says, as where it was
/// taken. The same picture again gets the same answer. One that no dish names is removed after a day.
#[utoipa::path(tag = "media", security(("admin" = [])),
    request_body(content = ImageUpload, content_type = "multipart/form-data"), responses(
    (status = 201, body = UploadedImage),
    (status = 400, description = "`validation_failed`: no field `file`, or others. `invalid_image`, `animated_image` or `image_too_large`: the picture."),
    (status = 415, description = "`unsupported_image`: not a JPEG, PNG or WebP picture.")))]
#[post("/api/admin/images")]
pub async fn create(
    state: Data<AppState>,
    caller: AdminCaller,
    request: HttpRequest,
    form: Multipart,
) -> Result<HttpResponse> {
    if !request.content_type().eq_ignore_ascii_case("multipart/form-data") {
        return Err(ErrorCode::UnsupportedMediaType.into());
    }
    let uploads = timeout(QUEUE, state.workshop.uploads.acquire()).await.map_err(|_| busy())?;
    let _turn = uploads.map_err(AppError::internal)?;
    let file = read(form).await?;
    let picture = state.workshop.make(file).await?;
    Ok(HttpResponse::Created().json(keep(&state, &caller, picture).await?))
}

/// The one field, `file`.
async fn read(mut form: Multipart) -> Result<Bytes> {
    let (mut file, mut others) = (None, false);
    while let Some(mut field) = form.try_next().await.map_err(malformed)? {
        let name_fits = field.name() == Some("file") && file.is_none();
        let mut bytes = Vec::new();
        let mut seen = 0_usize;
        while let Some(chunk) = field.try_next().await.map_err(malformed)? {
            seen = seen.saturating_add(chunk.len());
            if seen > MAX_IMAGE_BYTES + DRAIN {
                return Err(ErrorCode::PayloadTooLarge.into());
            }
            if name_fits && seen <= MAX_IMAGE_BYTES {
                bytes.extend_from_slice(&chunk);
            }
        }
        if seen > MAX_IMAGE_BYTES {
            return Err(ErrorCode::PayloadTooLarge.into());
        }
        if name_fits {
            file = Some(Bytes::from(bytes));
        } else {
            others = true;
        }
    }
    match file {
        Some(_) if others => Err(AppError::field("file", ErrorCode::InvalidFormat)),
        Some(file) if !file.is_empty() => Ok(file),
        _ => Err(AppError::field("file", ErrorCode::Required)),
    }
}

/// Notes the picture for the store, then writes its files: what the job finds without a note, it may remove.
async fn keep(state: &AppState, caller: &AdminCaller, picture: Picture) -> Result<UploadedImage> {
    let Picture { key, versions, width, height } = picture;
    let bytes = versions.last().map_or(0, Bytes::len) as u64;
    let uploaded = UploadedImage { url: url_of(&key), key: key.clone(), width, height, bytes };
    let now = state.clock.now();
    let mut tx = state.pool.begin().await?;
    if db::media::register(&mut tx, caller.store, &key, now).await? {
        let id = Uuid::parse_str(&key).map_err(AppError::internal)?;
        let change = Change {
            action: "create",
            entity: "image",
            id,
            before: None,
            after: Some(&uploaded),
            reason: None,
        };
        caller.record(&mut tx, change, now).await?;
    }
    tx.commit().await?;
    for (width, bytes) in IMAGE_WIDTHS.into_iter().zip(versions) {
        state.media.put(&key, width, bytes).await?;
    }
    Ok(uploaded)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        // A file that makes a decoder panic is a broken file; the next one is none the worse for it.
        tracing::warn!(error.cause = %error, "a picture could not be decoded");
        Err(ErrorCode::InvalidImage.into())
    })
}

fn busy() -> AppError {
    ErrorCode::Unavailable.into()
}

fn malformed(error: MultipartError) -> AppError {
    match error {
        MultipartError::Payload(cause) if bounds::is_late(&cause) => ErrorCode::RequestTimeout.into(),
        _ => ErrorCode::MalformedRequest.into(),
    }
}
