//! What is in the program and in the apps: every package with its version, licence and checksum, as CycloneDX 1.5, from what cargo
//! says of itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::proc;
use crate::spa::APPS;
use crate::workspace::Workspace;

/// The list for the server, built for this target, and for both apps.
///
/// # Errors
/// When cargo does not say what they consist of.
pub fn of(workspace: &Workspace, target: &str) -> Result<String> {
    let mut packages = BTreeMap::new();
    let apps = APPS.map(|app| (app.name, "wasm32-unknown-unknown"));
    for (root, target) in [("server", target)].iter().chain(&apps) {
        let metadata = metadata(workspace, target)?;
        packages.extend(below(&metadata, root)?);
    }
    let sums = checksums(&fs::read_to_string(workspace.root.join("Cargo.lock"))?);
    let components: Vec<_> = packages.values().map(|package| component(package, &sums)).collect();
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": "tableorder", "name": "tableorder", "version": env!("CARGO_PKG_VERSION"),
        }},
        "components": components,
    });
    Ok(serde_json::to_string_pretty(&bill)? + "\n")
}

fn metadata(workspace: &Workspace, target: &str) -> Result<Value> {
    let words = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
    let said = proc::capture(workspace.cargo().args(words))?;
    serde_json::from_str(&said).context("cargo metadata did not answer JSON")
}

/// The packages that a member consists of, itself included, without what only tests or build scripts need.
fn below(metadata: &Value, root: &str) -> Result<BTreeMap<String, Value>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let known: BTreeMap<_, _> =
        list(&metadata["packages"]).into_iter().map(|p| (text(&p["id"]), p)).collect();
    let uses: BTreeMap<_, _> = list(&metadata["resolve"]["nodes"])
        .into_iter()
        .map(|node| (text(&node["id"]), list(&node["deps"])))
        .collect();
    let first = known.iter().find(|(_, package)| package["name"] == root);
    let mut left = vec![first.with_context(|| format!("the workspace has no {root}"))?.0.clone()];
    let mut found = BTreeSet::new();
    while let Some(id) = left.pop() {
        if !found.insert(id.clone()) {
            continue;
        }
        let kept = |dep: &&Value| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
        left.extend(uses.get(&id).into_iter().flatten().filter(kept).map(|dep| text(&dep["pkg"])));
    }
    Ok(known.into_iter().filter(|(id, _)| found.contains(id)).collect())
}

fn component(package: &Value, sums: &BTreeMap<(String, String), String>) -> Value {
    let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
    let (name, version) = (text("name"), text("version"));
    let address = format!("pkg:cargo/{name}@{version}");
    let mut component =
        json!({"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address});
    if let Some(licence) = package["license"].as_str() {
        // Cargo's old way to say "or".
        component["licenses"] = json!([{"expression": licence.replace('/', " OR ")}]);
    }
    if let Some(sum) = sums.get(&(name, version)) {
        component["hashes"] = json!([{"alg": "SHA-256", "content": sum}]);
    }
    component
}

/// Checksums of the lock file, by name and version; our own packages have none.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |part: &str, name: &str| -> Option<String> {
        let line = part.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let entry =
        |part: &str| Some(((value(part, "name")?, value(part, "version")?), value(part, "checksum")?));
    lock.split("[[package]]").filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_build_scripts_do_not_count() {
        let dep = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [{"id": "s", "name": "server"}, {"id": "a", "name": "a"}, {"id": "b", "name": "b"}, {"id": "t", "name": "t"}],
            "resolve": {"nodes": [
                {"id": "s", "deps": [dep("a", Value::Null), dep("t", json!("dev"))]},
                {"id": "a", "deps": [dep("b", json!("build"))]},
            ]},
        });
        assert_eq!(below(&metadata, "server").unwrap().into_keys().collect::<Vec<_>>(), ["a", "s"]);
        assert!(below(&metadata, "nobody").is_err());
    }

    #[test]
    fn packages_come_with_licence_and_checksum() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"abc\"\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n";
        let package = json!({"name": "a", "version": "1.0.0", "license": "MIT/Apache-2.0"});
        let component = component(&package, &checksums(lock));
        assert_eq!(component["purl"], "pkg:cargo/a@1.0.0");
        assert_eq!(component["hashes"][0]["content"], "abc");
        assert_eq!(component["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(checksums(lock).len(), 1);
    }
}
