//! Pictures of dishes.

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use shared_types::media::UploadedImage;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

use crate::api::{Failure, signed_out};
use crate::{i18n, json};

/// A large picture over a slow line takes its time.
const TIME_LIMIT_MS: u32 = 60_000;

/// `POST /api/admin/images`. `progress` hears of the share that was sent, in percent: of all ways to send something,
/// only the old one tells.
///
/// # Errors
/// `unsupported_image`, `invalid_image`, `image_too_large`, `payload_too_large`, 401, or no clear answer.
pub async fn upload(file: &File, progress: impl Fn(u32) + 'static) -> Result<UploadedImage, Failure> {
    let request = XmlHttpRequest::new().map_err(|_| Failure::Network)?;
    let hear = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a percentage")]
            progress((event.loaded() * 100.0 / event.total()) as u32);
        }
    });
    let sent = send(&request, file, &hear).map_err(|_| Failure::Network)?;
    let limit = TimeoutFuture::new(TIME_LIMIT_MS);
    if let Either::Right(_) = select(JsFuture::from(sent), limit).await {
        // It may be over just now; then there is nothing to stop.
        let _ = request.abort();
        return Err(Failure::Timeout);
    }
    let status = request.status().unwrap_or(0);
    let body = request.response_text().ok().flatten().unwrap_or_default();
    match status {
        0 => Err(Failure::Network),
        200..300 => json::from_str(&body).map_err(|_| Failure::Malformed),
        _ => {
            let failure = Failure::from_answer(status, &body);
            if let (401, Some(code)) = (status, failure.code()) {
                signed_out(code);
            }
            Err(failure)
        }
    }
}

/// Sends the form; the promise settles when the request has ended, however it ended.
fn send(
    request: &XmlHttpRequest,
    file: &File,
    hear: &Closure<dyn Fn(ProgressEvent)>,
) -> Result<Promise, JsValue> {
    let form = FormData::new()?;
    form.append_with_blob("file", file)?;
    request.open("POST", "/api/admin/images")?;
    request.set_request_header("X-Requested-With", "XMLHttpRequest")?;
    request.set_request_header("Accept-Language", i18n::lang_untracked().as_str())?;
    request.upload()?.set_onprogress(Some(hear.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |done, _| request.set_onloadend(Some(&done)));
    request.send_with_opt_form_data(Some(&form))?;
    Ok(ended)
}
