//! From an upload to what is kept: every width, upright, in sRGB, as WebP, and nothing of the original file.

use bytes::Bytes;
use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use shared_types::media::IMAGE_WIDTHS;
use webp::PixelLayout;

use super::decode::{Decoded, decode};
use super::key_of;
use crate::error::{AppError, Result};

/// Of 100. Dishes look the same at 90, and are half as large again.
const QUALITY: f32 = 80.0;

/// A picture as it is kept.
pub(super) struct Picture {
    /// The hash of its versions.
    pub key: String,
    /// One for each of [`IMAGE_WIDTHS`].
    pub versions: Vec<Bytes>,
    /// Pixels across the widest.
    pub width: u32,
    /// Pixels down the widest.
    pub height: u32,
}

impl Picture {
    /// Decodes and encodes anew: seconds of work, megabytes of memory.
    ///
    /// # Errors
    /// Those of [`decode`]; `internal` when it cannot be encoded.
    pub fn make(upload: &[u8]) -> Result<Self> {
        let Decoded { image, orientation, profile } = decode(upload)?;
        let to_srgb = profile.as_deref().and_then(Recolour::from_profile);
        let source = Pixels::new(image)?;
        let mut resizer = Resizer::new();
        let mut versions = Vec::with_capacity(IMAGE_WIDTHS.len());
        let mut size = (0, 0);
        for width in IMAGE_WIDTHS {
            let mut small = source.fit(&mut resizer, width, orientation)?;
            if let Some(recolour) = &to_srgb {
                recolour.apply(&mut small)?;
            }
            small.apply_orientation(orientation);
            size = (small.width(), small.height());
            versions.push(encode(&small)?);
        }
        Ok(Self { key: key_of(&versions), versions, width: size.0, height: size.1 })
    }
}

/// Eight bits a channel, with transparency where the picture has any.
struct Pixels(Image<'static>);

impl Pixels {
    fn new(image: DynamicImage) -> Result<Self> {
        let (width, height) = (image.width(), image.height());
        let (bytes, kind) = if image.color().has_alpha() {
            (image.into_rgba8().into_raw(), PixelType::U8x4)
        } else {
            (image.into_rgb8().into_raw(), PixelType::U8x3)
        };
        Image::from_vec_u8(width, height, bytes, kind).map(Self).map_err(AppError::internal)
    }

    /// A smaller copy that is `width` wide once it is turned, as it lies in the file.
    fn fit(&self, resizer: &mut Resizer, width: u32, orientation: Orientation) -> Result<DynamicImage> {
        let (from_width, from_height) = (self.0.width(), self.0.height());
        let (to_width, to_height) = if lies_on_its_side(orientation) {
            let (down, across) = shown_size(from_height, from_width, width);
            (across, down)
        } else {
            shown_size(from_width, from_height, width)
        };
        let mut small = Image::new(to_width, to_height, self.0.pixel_type());
        let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        resizer.resize(&self.0, &mut small, &how).map_err(AppError::internal)?;
        let alpha = self.0.pixel_type() == PixelType::U8x4;
        let bytes = small.into_vec();
        let image = if alpha {
            RgbaImage::from_raw(to_width, to_height, bytes).map(DynamicImage::from)
        } else {
            RgbImage::from_raw(to_width, to_height, bytes).map(DynamicImage::from)
        };
        image.ok_or_else(|| AppError::internal("a resized picture of the wrong size"))
    }
}

fn lies_on_its_side(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// The size at which a picture is kept: its own shape, at most `max` wide and twice that high, never larger than it is.
fn shown_size(width: u32, height: u32, max: u32) -> (u32, u32) {
    let scale = |limit: u32, side: u32| f64::from(limit) / f64::from(side.max(1));
    let scale = scale(max, width).min(scale(max * 2, height)).min(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and the side itself"
    )]
    let scaled = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    (scaled(width), scaled(height))
}

/// Turns colours of another space, as telephones use them, into sRGB.
struct Recolour {
    profile: ColorProfile,
}

impl Recolour {
    /// Nothing to do for a profile that is broken or of another kind than the pixels.
    fn from_profile(bytes: &[u8]) -> Option<Self> {
        let profile = ColorProfile::new_from_slice(bytes).ok()?;
        (profile.color_space == DataColorSpace::Rgb).then_some(Self { profile })
    }

    fn apply(&self, image: &mut DynamicImage) -> Result<()> {
        let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
        let srgb = ColorProfile::new_srgb();
        // One that cannot be computed with is ignored, as if it were not there.
        let Ok(transform) =
            self.profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
        else {
            return Ok(());
        };
        let before = image.as_bytes().to_vec();
        let after = match image {
            DynamicImage::ImageRgb8(pixels) => &mut **pixels,
            DynamicImage::ImageRgba8(pixels) => &mut **pixels,
            _ => return Ok(()),
        };
        transform.transform(&before, after).map_err(AppError::internal)
    }
}

fn encode(image: &DynamicImage) -> Result<Bytes> {
    let layout = if image.color().has_alpha() { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let encoder = webp::Encoder::new(image.as_bytes(), layout, image.width(), image.height());
    let encoded = encoder.encode_simple(false, QUALITY);
    let encoded = encoded.map_err(|error| AppError::internal(format!("WebP encoder: {error:?}")))?;
    Ok(Bytes::copy_from_slice(&encoded))
}

#[cfg(test)]
mod tests {
    use super::shown_size;

    #[test]
    fn keeps_the_shape_and_never_enlarges() {
        assert_eq!(shown_size(4000, 3000, 960), (960, 720));
        assert_eq!(shown_size(3000, 4000, 320), (320, 427));
        assert_eq!(shown_size(200, 100, 960), (200, 100));
        assert_eq!(shown_size(1, 12_000, 320), (1, 640));
        assert_eq!(shown_size(12_000, 1, 320), (320, 1));
    }
}
