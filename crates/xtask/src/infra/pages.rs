//! The function that finds pages at CloudFront's edges, run by Node instead.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::proc;
use crate::workspace::Workspace;

/// Base, path, and what comes of it: another path, or the same with `->` for a redirect.
const CASES: [(&str, &str, &str); 12] = [
    ("/", "/", "/index.html"),
    ("/", "/orders", "/index.html"),
    ("/", "/orders/", "/index.html"),
    ("/", "/a.b/orders", "/index.html"),
    ("/", "/app-0123456789abcdef.js", "/app-0123456789abcdef.js"),
    ("/", "/dishes/missing.webp", "/dishes/missing.webp"),
    ("/", "/sw.js", "/sw.js"),
    ("/admin/", "/admin/", "/admin/index.html"),
    ("/admin/", "/admin/tables", "/admin/index.html"),
    ("/admin/", "/admin/icon.svg", "/admin/icon.svg"),
    ("/admin/", "/", "-> /admin/"),
    ("/admin/", "/admin", "-> /admin/"),
];

/// Asks it for every case.
///
/// # Errors
/// The first that comes out otherwise.
pub fn check(workspace: &Workspace) -> Result<()> {
    let template = fs::read_to_string(workspace.root.join("infra/modules/spa/pages.js"))?;
    let mut script = String::from("const assert = require('node:assert');\n");
    for (base, path, outcome) in CASES {
        let code = template.replace("${base}", base);
        script.push_str(&format!(
            "{{ {code}\nconst got = handler({{ request: {{ uri: '{path}' }} }});\n\
             assert.strictEqual(got.statusCode ? '-> ' + got.headers.location.value : got.uri, '{outcome}', '{path}'); }}\n"
        ));
    }
    proc::capture(Command::new("node").args(["-e", &script]))
        .map(|_| ())
        .context("infra/modules/spa/pages.js")
}
