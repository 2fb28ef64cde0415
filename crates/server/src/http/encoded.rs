//! Bodies that many ask for: compressed once, answered from memory, and not sent again to whoever has them.

use std::io::Write as _;
use std::sync::OnceLock;

use actix_web::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// A body in the three encodings that are served, and its entity tag.
#[derive(Debug)]
pub struct Encoded {
    /// As it is.
    pub plain: Bytes,
    /// Hash of the content, without quotes and encoding.
    pub tag: String,
    /// How hard brotli tries, 0 to 11.
    quality: i32,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// What goes with a body, whatever its encoding.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// `Content-Type`
    pub mime: &'static str,
    /// `Cache-Control`
    pub cache: &'static str,
    /// `Vary`
    pub vary: &'static str,
    /// `Content-Security-Policy`, for pages.
    pub policy: Option<&'static str>,
}

impl Kind {
    /// JSON for one caller, to be asked for again each time.
    pub const PRIVATE_JSON: Self = Self {
        mime: "application/json",
        cache: "private, no-cache",
        vary: "Accept-Encoding, Cookie, Authorization",
        policy: None,
    };
}

impl Encoded {
    /// A body that is compressed when somebody first asks for it so; brotli with a quality from 0 to 11.
    #[must_use]
    pub fn new(plain: Vec<u8>, quality: i32) -> Self {
        let tag = hex::encode(&Sha256::digest(&plain)[..8]);
        Self { plain: plain.into(), tag, quality, brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    /// `Content-Encoding: br`
    fn brotli(&self) -> &Bytes {
        self.brotli.get_or_init(|| {
            let params = brotli::enc::BrotliEncoderParams { quality: self.quality, ..Default::default() };
            let mut packed = Vec::new();
            // Writing to memory cannot fail.
            let _ = brotli::BrotliCompress(&mut self.plain.as_ref(), &mut packed, &params);
            packed.into()
        })
    }

    /// `Content-Encoding: gzip`
    fn gzip(&self) -> &Bytes {
        self.gzip.get_or_init(|| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            // Writing to memory cannot fail.
            let _ = gzip.write_all(&self.plain);
            gzip.finish().unwrap_or_default().into()
        })
    }

    /// Answers it in an encoding that the caller takes; 304 when the caller has it.
    #[must_use]
    pub fn answer(&self, request: &HttpRequest, kind: Kind) -> HttpResponse {
        let header = |name| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let accepted = header(ACCEPT_ENCODING);
        let (coding, bytes) = if accepts(accepted, "br") {
            ("br", self.brotli())
        } else if accepts(accepted, "gzip") {
            ("gzip", self.gzip())
        } else {
            ("identity", &self.plain)
        };
        let known = header(IF_NONE_MATCH)
            .split(',')
            .any(|tag| tag.trim().trim_start_matches("W/").trim_matches('"').starts_with(&self.tag));
        let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        // A strong tag names bytes, so each encoding has its own.
        response.insert_header(("ETag", format!("\"{}-{coding}\"", self.tag)));
        response.insert_header(("Cache-Control", kind.cache));
        response.insert_header(("Vary", kind.vary));
        if let Some(policy) = kind.policy {
            response.insert_header(("Content-Security-Policy", policy));
        }
        if known {
            return response.finish();
        }
        response.insert_header(("Content-Encoding", coding)).content_type(kind.mime).body(bytes.clone())
    }
}

fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut part = part.split(';').map(str::trim);
        part.next() == Some(coding) && !part.any(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}
