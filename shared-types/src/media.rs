//! Pictures of dishes: stored once per width under a content hash, so that a URL never changes its bytes.

/// The widths, in pixels, that every picture is stored at. All are WebP, 4:3.
pub const IMAGE_WIDTHS: [u32; 3] = [320, 640, 960];

/// The URL of one width of a picture, from the URL that the API gives (its widest).
#[must_use]
pub fn at_width(image_url: &str, width: u32) -> String {
    match image_url.rsplit_once('-') {
        Some((stem, _)) => format!("{stem}-{width}.webp"),
        None => image_url.to_owned(),
    }
}

/// The value of an `srcset` attribute with every width.
#[must_use]
pub fn srcset(image_url: &str) -> String {
    IMAGE_WIDTHS.map(|w| format!("{} {w}w", at_width(image_url, w))).join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn widths_of_one_picture() {
        assert_eq!(super::at_width("/api/images/ab12-960.webp", 320), "/api/images/ab12-320.webp");
        assert!(super::srcset("/api/images/ab12-960.webp").ends_with("/api/images/ab12-960.webp 960w"));
    }
}
