//! Pictures of dishes: stored once per width under a content hash, so that a URL never changes its bytes.

use serde::{Deserialize, Serialize};

/// The widths, in pixels, that every picture is stored at, as WebP. A picture is never enlarged: what is smaller to
/// begin with keeps its size under each of these names.
pub const IMAGE_WIDTHS: [u32; 3] = [320, 640, 960];
/// Bytes of an upload, at most.
pub const MAX_IMAGE_BYTES: usize = 10 * 1024 * 1024;
/// Pixels on a side of an upload, at most.
pub const MAX_IMAGE_SIDE: u32 = 12_000;
/// Pixels of an upload, at most.
pub const MAX_IMAGE_PIXELS: u64 = 50_000_000;

/// `POST /api/admin/images`: a picture that dishes may name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadedImage {
    /// The widest version, as a dish's `image_url`; [`at_width`] names the others.
    pub url: String,
    /// The hash of the content, 32 hex digits: the same picture again has the same.
    pub key: String,
    /// Pixels across the widest version.
    pub width: u32,
    /// Pixels down the widest version.
    pub height: u32,
    /// Size of the widest version.
    pub bytes: u64,
}

/// The URL of one width of a picture, from the URL that the API gives (its widest).
#[must_use]
pub fn at_width(image_url: &str, width: u32) -> String {
    match image_url.rsplit_once('-') {
        Some((stem, _)) => format!("{stem}-{width}.webp"),
        None => image_url.to_owned(),
    }
}

/// The content key in a picture's URL: 32 lower-case hex digits.
#[must_use]
pub fn key_of(image_url: &str) -> Option<&str> {
    let key = image_url.rsplit('/').next()?.rsplit_once('-')?.0;
    (key.len() == 32 && key.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))).then_some(key)
}

/// The value of an `srcset` attribute with every width.
#[must_use]
pub fn srcset(image_url: &str) -> String {
    IMAGE_WIDTHS.map(|w| format!("{} {w}w", at_width(image_url, w))).join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_our_urls_have_a_key() {
        let key = "0123456789abcdef0123456789abcdef";
        assert_eq!(super::key_of(&format!("/api/images/{key}-960.webp")), Some(key));
        assert_eq!(super::key_of(&format!("https://cdn.example.com/{key}-320.webp")), Some(key));
        assert_eq!(super::key_of("https://example.com/x.png"), None);
    }

    #[test]
    fn widths_of_one_picture() {
        assert_eq!(super::at_width("/api/images/ab12-960.webp", 320), "/api/images/ab12-320.webp");
        assert!(super::srcset("/api/images/ab12-960.webp").ends_with("/api/images/ab12-960.webp 960w"));
    }
}
