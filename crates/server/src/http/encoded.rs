//! Bodies that change seldom: compressed once, answered from memory, and not sent again to whoever has them.

use std::io::{self, Write};

use actix_web::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// A body in the three encodings that are served, and its entity tag.
#[derive(Debug)]
pub struct Encoded {
    /// As it is.
    pub plain: Bytes,
    /// `Content-Encoding: br`
    pub brotli: Bytes,
    /// `Content-Encoding: gzip`
    pub gzip: Bytes,
    /// Hash of the content, without quotes and encoding.
    pub tag: String,
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

impl Encoded {
    /// Compresses a body.
    ///
    /// # Errors
    /// Never in practice: nothing is written but memory.
    pub fn new(plain: Vec<u8>) -> io::Result<Self> {
        let tag = hex::encode(&Sha256::digest(&plain)[..8]);
        let mut brotli = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality: 7, ..Default::default() };
        brotli::BrotliCompress(&mut plain.as_slice(), &mut brotli, &params)?;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(&plain)?;
        Ok(Self { plain: plain.into(), brotli: brotli.into(), gzip: gzip.finish()?.into(), tag })
    }

    /// Answers it in an encoding that the caller takes; 304 when the caller has it.
    #[must_use]
    pub fn answer(&self, request: &HttpRequest, kind: Kind) -> HttpResponse {
        let header = |name| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let accepted = header(ACCEPT_ENCODING);
        let (coding, bytes) = if accepts(accepted, "br") {
            ("br", &self.brotli)
        } else if accepts(accepted, "gzip") {
            ("gzip", &self.gzip)
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
