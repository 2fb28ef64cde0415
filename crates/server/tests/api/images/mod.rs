//! Pictures: taking them in, what is refused, who may use them, and how those that nobody needs go.

mod bucket;
mod claims;
pub mod form;
mod hostile;
mod limits;
mod pictures;
pub mod samples;
mod tidy;

use image::RgbImage;
use shared_types::media::{UploadedImage, at_width};
use test_support::client::send;
use test_support::{Answer, Client};

const IMAGES: &str = "/api/admin/images";

/// Sends one file as a browser's form does.
async fn upload(client: &Client, file: &[u8]) -> Answer {
    post(client, form::of(file)).await
}

/// Sends a form.
async fn post(client: &Client, (content_type, body): (String, Vec<u8>)) -> Answer {
    let request = client.request(reqwest::Method::POST, IMAGES).header("Content-Type", content_type);
    send(request.body(body)).await
}

/// Uploads a picture that is taken.
async fn uploaded(client: &Client, file: &[u8]) -> UploadedImage {
    upload(client, file).await.json(201)
}

/// The bytes of one version.
async fn version(client: &Client, image: &UploadedImage, width: u32) -> Vec<u8> {
    client.get(&at_width(&image.url, width)).await.expect(200).body.to_vec()
}

/// One version as it is seen.
async fn seen(client: &Client, image: &UploadedImage, width: u32) -> RgbImage {
    image::load_from_memory(&version(client, image, width).await).unwrap().into_rgb8()
}

/// Whether bytes hold a text.
fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
