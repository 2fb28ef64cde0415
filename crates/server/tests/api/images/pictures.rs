//! What becomes of good pictures.

use image::{DynamicImage, Rgb, RgbImage, Rgba, RgbaImage};
use moxcms::ColorProfile;
use serde_json::Value;
use shared_types::media::{IMAGE_WIDTHS, UploadedImage};
use test_support::TestApp;

use super::samples::{self, BLUE, GREEN, RED, WHITE, photo};
use super::{holds, seen, uploaded, version};

/// The colours of the four quarters: top left, top right, bottom left, bottom right.
fn quarters(image: &RgbImage) -> [[u8; 3]; 4] {
    let (w, h) = image.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| image.get_pixel(w * x / 4, h * y / 4).0)
}

#[track_caller]
fn assert_looks_like(image: &RgbImage, expected: [[u8; 3]; 4]) {
    let quarters = quarters(image);
    let near = |a: u8, b: u8| a.abs_diff(b) <= 12;
    let same = quarters.iter().flatten().zip(expected.iter().flatten()).all(|(a, b)| near(*a, *b));
    assert!(same, "{quarters:?} instead of {expected:?}");
}

#[tokio::test]
async fn every_kind_of_picture_becomes_webp_at_every_width() {
    let app = TestApp::start().await;
    let (admin, guest) = (app.admin().await, app.anonymous());
    let (large, small) = (photo(1000, 750), photo(400, 300));
    for (file, largest) in
        [(samples::jpeg(&large), 960), (samples::png(&small), 400), (samples::webp(&small), 400)]
    {
        let image = uploaded(&admin, &file).await;
        assert_eq!((image.width, image.height), (largest, largest * 3 / 4));
        assert_eq!(image.url, format!("/api/images/{}-960.webp", image.key));
        assert_eq!(version(&guest, &image, 960).await.len() as u64, image.bytes);
        for width in IMAGE_WIDTHS {
            let bytes = version(&guest, &image, width).await;
            assert_eq!((&bytes[..4], &bytes[8..16]), (&b"RIFF"[..], &b"WEBPVP8 "[..]), "lossy WebP");
            let picture = seen(&guest, &image, width).await;
            let width = width.min(largest);
            assert_eq!(picture.dimensions(), (width, width * 3 / 4));
            assert_looks_like(&picture, [RED, GREEN, BLUE, WHITE]);
        }
    }
}

#[tokio::test]
async fn transparency_stays() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let glass = RgbaImage::from_fn(800, 600, |x, _| Rgba([200, 30, 30, if x < 400 { 0 } else { 255 }]));
    let image = uploaded(&admin, &samples::png(&DynamicImage::from(glass))).await;
    let stored = image::load_from_memory(&version(&admin, &image, 320).await).unwrap().into_rgba8();
    assert_eq!((stored.get_pixel(40, 120)[3], stored.get_pixel(280, 120)[3]), (0, 255));
}

#[tokio::test]
async fn other_kinds_of_pixels_are_taken_too() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let photo = photo(400, 300);
    for image in [
        DynamicImage::from(photo.to_rgb16()),
        DynamicImage::from(photo.to_rgba16()),
        DynamicImage::from(photo.to_luma8()),
        DynamicImage::from(photo.to_luma_alpha8()),
        DynamicImage::from(photo.to_luma16()),
    ] {
        assert_eq!(uploaded(&admin, &samples::png(&image)).await.width, 400, "{:?}", image.color());
    }
    assert_eq!(uploaded(&admin, &samples::jpeg(&photo.grayscale())).await.height, 300);
}

#[tokio::test]
async fn a_small_picture_is_not_enlarged() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let image = uploaded(&admin, &samples::png(&photo(400, 100))).await;
    assert_eq!((image.width, image.height), (400, 100));
    for (width, size) in IMAGE_WIDTHS.into_iter().zip([(320, 80), (400, 100), (400, 100)]) {
        assert_eq!(seen(&admin, &image, width).await.dimensions(), size);
    }
}

#[tokio::test]
async fn a_picture_is_turned_upright() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let jpeg = samples::jpeg(&photo(400, 300));
    for (orientation, expected) in [
        (1, [RED, GREEN, BLUE, WHITE]),
        (2, [GREEN, RED, WHITE, BLUE]),
        (3, [WHITE, BLUE, GREEN, RED]),
        (6, [BLUE, RED, WHITE, GREEN]),
        (8, [GREEN, WHITE, RED, BLUE]),
    ] {
        let file = samples::with_segment(&jpeg, 0xE1, &samples::exif(orientation, b"Kim Cheolsu\0"));
        let image = uploaded(&admin, &file).await;
        let size = if orientation < 5 { (400, 300) } else { (300, 400) };
        assert_eq!((image.width, image.height), size, "orientation {orientation}");
        assert_looks_like(&seen(&admin, &image, 320).await, expected);
    }
}

#[tokio::test]
async fn nothing_else_of_the_file_is_kept() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut jpeg = samples::jpeg(&photo(640, 480));
    jpeg = samples::with_segment(&jpeg, 0xE1, &samples::exif(1, b"SECRET-NAME\0"));
    jpeg = samples::with_segment(&jpeg, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>SECRET-XMP</x>");
    jpeg = samples::with_segment(&jpeg, 0xFE, b"SECRET-COMMENT");
    let mut png = samples::with_chunk(&samples::png(&photo(640, 480)), b"tEXt", b"Comment\0SECRET-TEXT");
    png = samples::with_chunk(&png, b"eXIf", &samples::exif(1, b"SECRET-NAME\0")[6..]);
    for file in [jpeg, png] {
        assert!(holds(&file, b"SECRET"));
        let image = uploaded(&admin, &file).await;
        for width in IMAGE_WIDTHS {
            let stored = version(&admin, &image, width).await;
            for text in [&b"SECRET"[..], b"EXIF", b"Exif", b"XMP", b"ICCP"] {
                assert!(!holds(&stored, text), "{}", String::from_utf8_lossy(text));
            }
        }
    }
}

#[tokio::test]
async fn colours_of_telephones_stay_what_they_are() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let tomato = DynamicImage::from(RgbImage::from_pixel(320, 240, Rgb([200, 80, 60])));
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let image = uploaded(&admin, &samples::jpeg_with_profile(&tomato, profile)).await;
    // The same colour in the smaller space of screens needs more red and less of the rest.
    let [red, green, _] = seen(&admin, &image, 320).await.get_pixel(160, 120).0;
    assert!(red >= 208 && green <= 76, "{red} {green}");
    let broken = samples::jpeg_with_profile(&tomato, b"not a profile".to_vec());
    let plain = seen(&admin, &uploaded(&admin, &broken).await, 320).await.get_pixel(160, 120).0;
    assert!(plain[0].abs_diff(200) < 6, "{plain:?}");
}

#[tokio::test]
async fn the_same_picture_again_is_the_same() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let file = samples::jpeg(&photo(640, 480));
    let first = uploaded(&admin, &file).await;
    // Under another name, with a comment, and after somebody has lost a file.
    std::fs::remove_file(app.instance.media().join(format!("{}-320.webp", first.key))).unwrap();
    assert_eq!(uploaded(&admin, &samples::with_segment(&file, 0xFE, b"again")).await, first);
    let _ = version(&admin, &first, 320).await;
    assert_ne!(uploaded(&admin, &samples::jpeg(&photo(640, 482))).await.key, first.key);
}

#[tokio::test]
async fn an_upload_is_audited_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let file = samples::jpeg(&photo(64, 48));
    let image: UploadedImage = uploaded(&admin, &file).await;
    let _ = uploaded(&admin, &file).await;
    let page = admin.get("/api/admin/audit?entity=image").await.value(200);
    let entries = page["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{page}");
    assert_eq!((&entries[0]["action"], &entries[0]["before"]), (&Value::from("create"), &Value::Null));
    assert_eq!(entries[0]["after"], serde_json::to_value(&image).unwrap());
    assert_eq!(entries[0]["entity_id"].as_str().unwrap().replace('-', ""), image.key);
}
