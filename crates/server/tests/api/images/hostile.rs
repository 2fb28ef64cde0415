//! Files that are not what they should be.

use shared_types::ErrorCode;
use shared_types::media::IMAGE_WIDTHS;
use test_support::TestApp;

use super::form::{self, Part};
use super::samples::{self, declared_png, photo, with_chunk};
use super::{holds, post, upload, uploaded, version};

#[tokio::test]
async fn what_is_no_picture_of_ours_is_refused_whatever_it_is_called() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let files: [&[u8]; 6] = [
        b"just text",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        gif,
        b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0",
        b"\xff",
    ];
    for bytes in files {
        let part = Part { name: "file", filename: "dish.jpg", content_type: "image/jpeg", bytes };
        let answer = post(&admin, form::of_parts(&[part])).await;
        assert_eq!((answer.status, answer.code()), (415, ErrorCode::UnsupportedImage), "{bytes:?}");
    }
    let part = Part {
        name: "file",
        filename: "../../etc/passwd.html",
        content_type: "text/html",
        bytes: &samples::png(&photo(8, 6)),
    };
    let _ = post(&admin, form::of_parts(&[part])).await.expect(201);
}

#[tokio::test]
async fn a_picture_that_breaks_off_is_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let photo = photo(320, 240);
    for file in [samples::jpeg(&photo), samples::png(&photo), samples::webp(&photo)] {
        for cut in [16, 60, file.len() / 2, file.len() - 20, file.len() - 1] {
            // A PNG's last bytes are the checksum of nothing.
            if file.starts_with(b"\x89PNG") && cut > file.len() - 15 {
                continue;
            }
            let answer = upload(&admin, &file[..cut]).await;
            let what = format!("{cut} of {} bytes, {:?}", file.len(), &file[..4]);
            assert_eq!((answer.status, answer.code()), (400, ErrorCode::InvalidImage), "{what}");
        }
    }
}

#[tokio::test]
async fn damage_never_brings_the_server_down() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let photo = photo(64, 48);
    for file in [samples::jpeg(&photo), samples::png(&photo), samples::webp(&photo)] {
        for place in (4..file.len()).step_by(file.len() / 40 + 1) {
            let mut damaged = file.clone();
            damaged[place] ^= 0xFF;
            let answer = upload(&admin, &damaged).await;
            assert!([201, 400, 415].contains(&answer.status), "{place}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn bombs_are_refused_before_they_are_decoded() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    // Height and width stand behind the frame's marker, length and depth.
    let mut jpeg = samples::jpeg(&photo(16, 16));
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFD, 0xE8, 0xFD, 0xE8]);
    for (what, file) in [
        ("50,000 on a side", declared_png(50_000, 50_000, 8, 6)),
        ("all that a PNG can say", declared_png(0x7FFF_FFFF, 0x7FFF_FFFF, 16, 6)),
        ("a side too long", declared_png(12_001, 1, 8, 2)),
        ("more than 50 million pixels", declared_png(10_000, 5_001, 8, 2)),
        ("more than its share of memory", declared_png(7_000, 7_000, 16, 6)),
        ("a JPEG of 65,000 on a side", jpeg),
    ] {
        let begin = std::time::Instant::now();
        let answer = upload(&admin, &file).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::ImageTooLarge), "{what}");
        assert!(begin.elapsed().as_secs() < 2, "{what} took {:?}", begin.elapsed());
    }
    // Within the limits, and nothing in it.
    let answer = upload(&admin, &declared_png(12_000, 4_000, 8, 2)).await;
    assert_eq!(answer.code(), ErrorCode::InvalidImage);
}

#[tokio::test]
async fn what_hangs_on_a_picture_is_left_behind() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let photo = photo(320, 240);
    for mut file in [samples::jpeg(&photo), samples::png(&photo)] {
        file.extend_from_slice(b"PK\x03\x04 <script>alert('HANGER-ON')</script> PK\x05\x06");
        let image = uploaded(&admin, &file).await;
        for width in IMAGE_WIDTHS {
            let stored = version(&admin, &image, width).await;
            assert!(!holds(&stored, b"HANGER-ON") && !holds(&stored, b"PK\x03\x04"));
        }
    }
}

#[tokio::test]
async fn moving_pictures_are_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let apng = with_chunk(&samples::png(&photo(8, 6)), b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    let config = webp::WebPConfig::new().unwrap();
    let mut encoder = webp::AnimEncoder::new(8, 6, &config);
    let frames = [photo(8, 6), photo(8, 6).rotate180()];
    for (time, frame) in [0, 100].into_iter().zip(&frames) {
        encoder.add_frame(webp::AnimFrame::from_rgb(frame.as_bytes(), 8, 6, time));
    }
    for file in [apng, encoder.encode().to_vec()] {
        let answer = upload(&admin, &file).await;
        assert_eq!((answer.status, answer.code()), (400, ErrorCode::AnimatedImage));
    }
}
