//! Pictures to upload.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage};

pub const RED: [u8; 3] = [220, 30, 30];
pub const GREEN: [u8; 3] = [30, 200, 30];
pub const BLUE: [u8; 3] = [30, 30, 220];
pub const WHITE: [u8; 3] = [250, 250, 250];

/// A picture that shows how it lies: red and green on top, blue and white below.
pub fn photo(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    })
    .into()
}

pub fn jpeg(image: &DynamicImage) -> Vec<u8> {
    write(image, ImageFormat::Jpeg)
}

pub fn png(image: &DynamicImage) -> Vec<u8> {
    write(image, ImageFormat::Png)
}

pub fn webp(image: &DynamicImage) -> Vec<u8> {
    write(image, ImageFormat::WebP)
}

fn write(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose colours are those of a profile.
pub fn jpeg_with_profile(image: &DynamicImage, profile: Vec<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_icc_profile(profile).unwrap();
    image.write_with_encoder(encoder).unwrap();
    bytes
}

/// Puts a segment behind a JPEG's start.
pub fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// EXIF as a telephone writes it: how the picture lies, who took it, and where.
pub fn exif(orientation: u8, artist: &[u8; 12]) -> Vec<u8> {
    let mut bytes = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    bytes.extend_from_slice(&3_u16.to_be_bytes());
    bytes.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    // After three entries: the artist at 50, then the place at 62.
    bytes.extend(entry(0x013B, 2, 12, 50_u32.to_be_bytes()));
    bytes.extend(entry(0x8825, 4, 1, 62_u32.to_be_bytes()));
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(artist);
    bytes.extend_from_slice(&2_u16.to_be_bytes());
    bytes.extend(entry(1, 2, 2, *b"N\0\0\0"));
    bytes.extend(entry(2, 5, 3, 92_u32.to_be_bytes()));
    bytes.extend_from_slice(&[0; 4]);
    for (value, unit) in [(37_u32, 1_u32), (34, 1), (567, 10)] {
        bytes.extend_from_slice(&value.to_be_bytes());
        bytes.extend_from_slice(&unit.to_be_bytes());
    }
    bytes
}

/// A PNG's chunk.
pub fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(content);
    [&length[..], kind, content, &sum.sum().to_be_bytes()].concat()
}

/// Puts a chunk behind a PNG's header.
pub fn with_chunk(png: &[u8], kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    const HEADER: usize = 8 + 25;
    [&png[..HEADER], &chunk(kind, content), &png[HEADER..]].concat()
}

/// A few bytes that declare a PNG of any size: `depth` bits a channel, kind 2 (RGB) or 6 (with transparency).
pub fn declared_png(width: u32, height: u32, depth: u8, kind: u8) -> Vec<u8> {
    let mut header = [&width.to_be_bytes()[..], &height.to_be_bytes()].concat();
    header.extend_from_slice(&[depth, kind, 0, 0, 0]);
    let nothing = [0x78, 0x9C, 0x63, 0, 0, 0, 1, 0, 1];
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &chunk(b"IDAT", &nothing), &chunk(b"IEND", b"")]
        .concat()
}
