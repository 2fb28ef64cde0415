//! The dependency arrows between the workspace's crates (`ARCHITECTURE.md`): these and no others.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::proc;
use crate::spa::APPS;
use crate::workspace::Workspace;

/// Who may depend on whom.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("shared-types", &[]),
    ("db", &["shared-types"]),
    ("server", &["db", "shared-types"]),
    ("web-kit", &["shared-types"]),
    ("customer-web", &["web-kit", "shared-types"]),
    ("admin-web", &["web-kit", "shared-types"]),
    ("test-support", &["server", "db", "shared-types"]),
    ("xtask", &[]),
];
/// Whose tests may use the running app that `test-support` offers.
const TESTED_WITH_SUPPORT: [&str; 2] = ["db", "server"];
/// What must never get below a browser app: the back end.
const BACK_END: [&str; 4] = ["sqlx", "actix", "tokio", "mio"];

/// Checks the arrows, and that no browser app has the back end below it.
///
/// # Errors
/// Every arrow that is too many.
pub fn check(workspace: &Workspace) -> Result<()> {
    let json = proc::capture(workspace.cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let mut wrong = wrong_arrows(&serde_json::from_str(&json)?)?;
    for app in APPS {
        let options = [
            "tree",
            "-p",
            app.name,
            "--target",
            "wasm32-unknown-unknown",
            "-e",
            "normal",
            "--prefix",
            "none",
        ];
        wrong.extend(leaks(app.name, &proc::capture(workspace.cargo().args(options))?));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    bail!("dependency arrows that ARCHITECTURE.md does not allow:\n  {}", wrong.join("\n  "))
}

fn wrong_arrows(metadata: &Value) -> Result<Vec<String>> {
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("{name} is new: say in crates/xtask/src/arrows.rs what it may depend on"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = dependency["name"].as_str().unwrap_or_default();
            let ours = dependency["path"].is_string();
            let in_tests = dependency["kind"] == "dev" && target == "test-support";
            let fine = allowed.contains(&target) || (in_tests && TESTED_WITH_SUPPORT.contains(&name));
            if ours && !fine {
                wrong.push(format!("{name} → {target}"));
            }
        }
    }
    Ok(wrong)
}

/// Back-end packages in the output of `cargo tree --prefix none`.
fn leaks(app: &str, tree: &str) -> BTreeSet<String> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let back_end =
        |name: &&str| BACK_END.iter().any(|root| name == root || name.starts_with(&format!("{root}-")));
    names.filter(back_end).map(|name| format!("{app} → … → {name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn one(package: &str, dependency: &str, kind: Option<&str>) -> Vec<String> {
        let dependency = json!({"name": dependency, "path": "/somewhere", "kind": kind});
        wrong_arrows(&json!({"packages": [{"name": package, "dependencies": [dependency]}]})).unwrap()
    }

    #[test]
    fn allowed_and_forbidden_arrows() {
        assert!(one("server", "db", None).is_empty());
        assert_eq!(one("shared-types", "db", None), ["shared-types → db"]);
        assert_eq!(one("customer-web", "db", None), ["customer-web → db"]);
        assert!(one("server", "test-support", Some("dev")).is_empty());
        assert_eq!(one("server", "test-support", None), ["server → test-support"]);
        assert_eq!(one("web-kit", "test-support", Some("dev")), ["web-kit → test-support"]);
        assert_eq!(one("newcomer", "db", None).len(), 1);
    }

    #[test]
    fn packages_from_elsewhere_are_not_arrows() {
        let metadata =
            json!({"packages": [{"name": "xtask", "dependencies": [{"name": "clap", "path": null}]}]});
        assert!(wrong_arrows(&metadata).unwrap().is_empty());
    }

    #[test]
    fn the_back_end_is_recognised() {
        let tree = "customer-web v0.1.0 (/x)\nleptos v0.8.0\nactix-web v4.18.0\ntokio v1.0.0\ntokio v1.0.0 (*)\nmiow v1.0.0\n";
        let found: Vec<_> = leaks("customer-web", tree).into_iter().collect();
        assert_eq!(found, ["customer-web → … → actix-web", "customer-web → … → tokio"]);
    }
}
