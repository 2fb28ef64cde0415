//! What can be seen without a login.

use anyhow::{Context as _, Result, ensure};

use super::Visit;
use crate::curl::Answer;
use crate::deploy::page;

/// The server takes orders: database and schema are there.
///
/// # Errors
/// When it does not say so.
pub fn ready(visit: &mut Visit) -> Result<String> {
    let answer = visit.look(&format!("{}/health/ready", visit.guests))?;
    ensure!(answer.status == 200, "/health/ready is answered {}: {}", answer.status, answer.body.trim());
    let nobody = visit.look(&format!("{}/api/auth/me", visit.guests))?;
    ensure!(nobody.status == 401, "who is not signed in is answered {}", nobody.status);
    Ok(format!("version {}", answer.json()?["version"].as_str().unwrap_or("unknown")))
}

/// The page of the guests' app, and every file that it names.
///
/// # Errors
/// What is missing, or is of a wrong type.
pub fn guests_app(visit: &mut Visit) -> Result<String> {
    app(visit, &visit.guests, "/")
}

/// The same of the managers' app.
///
/// # Errors
/// As above.
pub fn managers_app(visit: &mut Visit) -> Result<String> {
    app(visit, &visit.managers, "/admin/")
}

fn app(visit: &Visit, origin: &str, path: &str) -> Result<String> {
    if visit.args.api_only {
        return Ok("left out".to_owned());
    }
    let answer = visit.look(&format!("{origin}{path}"))?;
    is(&answer, "text/html").with_context(|| path.to_owned())?;
    ensure!(answer.has("cache-control", "no-cache"), "the page may be kept");
    ensure!(answer.head.contains("content-security-policy:"), "the page has no content security policy");
    let files = page::references(&answer.body);
    ensure!(!files.is_empty(), "the page names no files");
    for file in &files {
        let mime = crate::deploy::mime(file).context("a page names files of known types")?;
        let found = visit.look(&format!("{origin}{file}"))?;
        is(&found, mime.split(';').next().unwrap_or(mime)).with_context(|| file.clone())?;
    }
    Ok(format!("{} files", files.len()))
}

fn is(answer: &Answer, mime: &str) -> Result<()> {
    let right = answer.status == 200 && answer.has("content-type", mime);
    ensure!(right, "answered {}, not 200 with {mime}", answer.status);
    Ok(())
}
