//! Uploads, judged by their content: what it is, how large it would become, and only then the pixels.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, Limits};
use shared_types::ErrorCode;
use shared_types::media::{MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE};

use super::jpeg;

/// Bytes that a picture may take when it is decoded: all allowed pixels with colour and transparency.
const MAX_DECODED: u64 = MAX_IMAGE_PIXELS * 4;

/// A picture's pixels and what its file says about them.
pub(super) struct Decoded {
    pub image: DynamicImage,
    /// How to turn it before it is shown.
    pub orientation: Orientation,
    /// What its colours mean; without it they are sRGB.
    pub profile: Option<Vec<u8>>,
}

/// How many pixels a picture has. Nothing is decoded yet.
///
/// # Errors
/// `unsupported_image`, `animated_image`, `image_too_large`, `invalid_image`
pub(super) fn count_pixels(bytes: &[u8]) -> Result<u64, ErrorCode> {
    let (width, height) = open(bytes)?.dimensions();
    Ok(u64::from(width) * u64::from(height))
}

/// A picture's pixels.
///
/// # Errors
/// As [`count_pixels`].
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ErrorCode> {
    let mut decoder = open(bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    Ok(Decoded { image, orientation, profile })
}

/// Reads the header and holds it against the limits.
fn open(bytes: &[u8]) -> Result<Box<dyn ImageDecoder + '_>, ErrorCode> {
    let input = Cursor::new(bytes);
    let fault = |error: ImageError| fault(&error);
    let mut decoder: Box<dyn ImageDecoder + '_> = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => {
            if !jpeg::is_whole(bytes) {
                return Err(ErrorCode::InvalidImage);
            }
            Box::new(JpegDecoder::new(input).map_err(fault)?)
        }
        Ok(ImageFormat::Png) => {
            let decoder = PngDecoder::with_limits(input, limits()).map_err(fault)?;
            if decoder.is_apng().map_err(fault)? {
                return Err(ErrorCode::AnimatedImage);
            }
            Box::new(decoder)
        }
        Ok(ImageFormat::WebP) => {
            let decoder = WebPDecoder::new(input).map_err(fault)?;
            if decoder.has_animation() {
                return Err(ErrorCode::AnimatedImage);
            }
            Box::new(decoder)
        }
        _ => return Err(ErrorCode::UnsupportedImage),
    };
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width > MAX_IMAGE_SIDE || height > MAX_IMAGE_SIDE || pixels > MAX_IMAGE_PIXELS {
        return Err(ErrorCode::ImageTooLarge);
    }
    if decoder.total_bytes() > MAX_DECODED {
        return Err(ErrorCode::ImageTooLarge);
    }
    decoder.set_limits(limits()).map_err(fault)?;
    Ok(decoder)
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_IMAGE_SIDE);
    limits.max_image_height = Some(MAX_IMAGE_SIDE);
    // The pixels, and as much again for the decoder's own work.
    limits.max_alloc = Some(MAX_DECODED * 2);
    limits
}

fn fault(error: &ImageError) -> ErrorCode {
    match error {
        ImageError::Limits(_) => ErrorCode::ImageTooLarge,
        _ => ErrorCode::InvalidImage,
    }
}
