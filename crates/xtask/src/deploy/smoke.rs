//! A site as a guest sees it: the page is the new one, everything that it names is there with the right type and cache
//! header, and a file that is not there is not a page.

use anyhow::{Context as _, Result, bail};

use super::aws::Aws;
use super::files::{self, EACH_TIME, FOR_EVER};
use super::page;
use super::site::Through;
use super::target::Place;
use crate::curl::{Answer, get};

/// Looks at a site.
///
/// # Errors
/// What is not as it should be.
pub fn check(aws: &Aws, place: &Place, through: Through, prefix: &str, page: &str) -> Result<()> {
    let look = |path: &str| match through {
        Through::CloudFront => get(&format!("{}{path}", place.origin)),
        Through::Bucket => get(&aws.presigned(&format!("s3://{}{path}", place.bucket))?),
    };
    let shown = look(&format!("/{prefix}index.html"))?;
    expect(&shown, 200, "text/html", EACH_TIME)?;
    if shown.body.trim() != page.trim() {
        bail!("the page is not the one that was uploaded");
    }
    for path in page::references(page) {
        let mime = files::mime(&path).context("a page names files of known types")?;
        let cache = if path.ends_with("/sw.js") { EACH_TIME } else { FOR_EVER };
        let answer = look(&path)?;
        expect(&answer, 200, mime.split(';').next().unwrap_or(mime), cache).with_context(|| path.clone())?;
    }
    let missing = look(&format!("/{prefix}missing-0123456789abcdef.js"))?;
    if missing.status != 404 {
        bail!("a file that is not there is answered {}, not 404", missing.status);
    }
    match through {
        Through::CloudFront => behind_the_edges(&place.origin, prefix, &shown, page),
        Through::Bucket => Ok(()),
    }
}

/// What only CloudFront does.
fn behind_the_edges(origin: &str, prefix: &str, shown: &Answer, page: &str) -> Result<()> {
    let inside = get(&format!("{origin}/{prefix}some/page"))?;
    expect(&inside, 200, "text/html", EACH_TIME).context("a path without an extension is a page")?;
    for hash in page::script_hashes(page) {
        if !shown.head.contains(&format!("'sha256-{}'", hash.to_ascii_lowercase())) {
            bail!("the content security policy does not know an inline script of the page");
        }
    }
    for header in ["strict-transport-security:", "x-content-type-options: nosniff", "x-frame-options: deny"] {
        if !shown.head.contains(header) {
            bail!("the page has no header {header}");
        }
    }
    let health = get(&format!("{origin}/health"))?;
    expect(&health, 200, "application/json", "no-store").context("/health of the back end")?;
    let nobody = get(&format!("{origin}/api/auth/me"))?;
    expect(&nobody, 401, "application/json", "no-store").context("the API refuses who is not signed in")
}

fn expect(answer: &Answer, status: u16, mime: &str, cache: &str) -> Result<()> {
    if answer.status != status || !answer.has("content-type", mime) || !answer.has("cache-control", cache) {
        bail!("expected {status}, {mime}, {cache}; the answer was {}\n{}", answer.status, answer.head.trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_a_wrong_type_and_a_wrong_cache() {
        let answer = crate::curl::parse(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: no-cache\r\n\r\nx",
        );
        let answer = answer.unwrap();
        assert!(expect(&answer, 200, "text/html", EACH_TIME).is_ok());
        assert!(expect(&answer, 404, "text/html", EACH_TIME).is_err());
        assert!(expect(&answer, 200, "text/css", EACH_TIME).is_err());
        assert!(expect(&answer, 200, "text/html", FOR_EVER).is_err());
    }
}
