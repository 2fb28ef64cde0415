//! The content security policy that CloudFront sends: it names the inline scripts of a page by their hashes, so it changes
//! with each build. While one page gives way to the next it names those of both.

use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::aws::Aws;
use super::target::Place;

const CONFIG: &str = "/ResponseHeadersPolicy/ResponseHeadersPolicyConfig";
const CSP: &str = "/SecurityHeadersConfig/ContentSecurityPolicy/ContentSecurityPolicy";

/// Lets these inline scripts run, and no others. Waits until every edge of CloudFront knows.
///
/// # Errors
/// When AWS refuses, or somebody else has changed the policy meanwhile.
pub fn allow(aws: &Aws, place: &Place, hashes: &[String]) -> Result<()> {
    let answer = aws.ask(&["cloudfront", "get-response-headers-policy", "--id", &place.policy])?;
    let mut config = answer.pointer(CONFIG).cloned().context("the headers policy has no settings")?;
    let policy = config.pointer_mut(CSP).context("the headers policy has no content security policy")?;
    let wanted = with(policy.as_str().unwrap_or_default(), hashes);
    if *policy == Value::String(wanted.clone()) {
        return Ok(());
    }
    *policy = Value::String(wanted);
    let etag = answer["ETag"].as_str().context("the headers policy has no ETag")?;
    let file = std::env::temp_dir().join(format!("headers-policy-{}.json", std::process::id()));
    fs::write(&file, config.to_string())?;
    let update = aws.ask(&[
        "cloudfront",
        "update-response-headers-policy",
        "--id",
        &place.policy,
        "--if-match",
        etag,
        "--response-headers-policy-config",
        &format!("file://{}", file.display()),
    ]);
    fs::remove_file(&file)?;
    update.context("the headers policy could not be changed")?;
    aws.ask(&["cloudfront", "wait", "distribution-deployed", "--id", &place.distribution])?;
    Ok(())
}

/// The policy with these hashes instead of those that it has.
fn with(policy: &str, hashes: &[String]) -> String {
    let parts = policy.split("; ").map(|part| {
        if !part.starts_with("script-src ") {
            return part.to_owned();
        }
        let others = part.split(' ').filter(|word| !word.starts_with("'sha256-")).map(str::to_owned);
        others.chain(hashes.iter().map(|hash| format!("'sha256-{hash}'"))).collect::<Vec<_>>().join(" ")
    });
    parts.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn only_hashes_change() {
        let policy =
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-old='; style-src 'self'";
        let wanted = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a=' 'sha256-b='; style-src 'self'";
        assert_eq!(with(policy, &["a=".to_owned(), "b=".to_owned()]), wanted);
    }
}
