//! What a built page says about itself: the hashes of its inline scripts and the files that it names.

use base64::Engine as _;
use sha2::{Digest as _, Sha256};

/// SHA-256 of each inline script, as a content security policy writes it, without `sha256-`.
#[must_use]
pub fn script_hashes(page: &str) -> Vec<String> {
    let mut hashes = Vec::new();
    for script in page.split("<script").skip(1) {
        let Some((tag, rest)) = script.split_once('>') else { continue };
        let Some((body, _)) = rest.split_once("</script>") else { continue };
        if !tag.contains(" src=") && !body.is_empty() {
            hashes.push(base64::engine::general_purpose::STANDARD.encode(Sha256::digest(body.as_bytes())));
        }
    }
    hashes
}

/// The hashed files that the page names, as paths from the root, each once.
#[must_use]
pub fn references(page: &str) -> Vec<String> {
    let ends = |c: char| matches!(c, '"' | '\'' | '`' | ' ' | '>' | '<' | ')' | '=');
    let kinds = [".js", ".wasm", ".css"];
    let mut found: Vec<_> = page
        .split(ends)
        .filter(|word| word.starts_with('/') && kinds.iter().any(|kind| word.ends_with(kind)))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_the_server_does() {
        let page = "<script type=\"module\">a</script><script src=\"x.js\"></script><script></script>";
        assert_eq!(script_hashes(page), ["ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="]);
    }

    #[test]
    fn finds_what_a_page_names() {
        let page = "<link href=/styles-1.css rel=stylesheet><script type=module>import init from '/app-1.js';\
             await init({ module_or_path: '/app-1_bg.wasm' })</script><link href=\"/app-1.js\"><a href=\"/menu\">";
        assert_eq!(references(page), ["/app-1.js", "/app-1_bg.wasm", "/styles-1.css"]);
    }

    /// The policy stands in two places: the server's, and the one that CloudFront sends.
    #[test]
    fn cloudfront_says_the_servers_policy() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
        let (server, terraform) = (read("crates/server/src/web.rs"), read("infra/modules/spa/headers.tf"));
        let begin = server.find("\"default-src").unwrap() + 1;
        let end = begin + server[begin..].find('"').unwrap();
        let server = server[begin..end].replace("\\\n", "").replace("{hashes}", "");
        let server: Vec<_> = server.split("; ").map(str::trim).collect();
        let list = terraform.split("csp = join").nth(1).unwrap().split("])").next().unwrap();
        let cloudfront: Vec<_> =
            list.split('"').skip(3).step_by(2).map(|part| part.replace("${local.hashes}", "")).collect();
        assert_eq!(cloudfront, server);
    }
}
