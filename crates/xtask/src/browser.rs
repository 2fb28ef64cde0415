//! Browser journeys: a real Chromium against the real server.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::apt::{self, Package};
use crate::pg::scratch::Scratch;
use crate::ui::Step;
use crate::workspace::{Workspace, on_path};
use crate::{node, proc, spa};

const CHROMIUM: Package = Package { apt: "chromium", brew: "" };
const FONTS: Package = Package { apt: "fonts-noto-cjk", brew: "" };

/// Makes sure that the browser, fonts for Korean and the Node packages are there. Returns the browser.
///
/// # Errors
/// When something is missing and cannot be installed, with what to type.
pub fn ensure(workspace: &Workspace, step: &Step) -> Result<PathBuf> {
    node::clean_install(&workspace.root.join("e2e"), step)?;
    if !has_korean_font() && !apt::install(FONTS, step)? {
        step.note(&format!("no Korean font: pictures will show boxes; type {}", apt::remedy(FONTS)));
    }
    if let Some(browser) = find() {
        return Ok(browser);
    }
    apt::install(CHROMIUM, step)?;
    let remedy = apt::remedy(CHROMIUM);
    find().with_context(|| format!("Chromium is missing: type {remedy}, or set CHROMIUM to a browser's path"))
}

/// Runs a program of the folder `e2e`: one of its packages', or `node` itself. It starts servers of its own, built with
/// this profile, on databases of its own.
///
/// # Errors
/// When the apps are not built, the program is not installed, or it fails.
pub fn run(
    workspace: &Workspace,
    scratch: &Scratch,
    browser: &Path,
    profile: &str,
    words: &[&str],
    environment: &[(&str, &str)],
) -> Result<()> {
    let web = workspace.target.join("e2e-web");
    spa::web_dir(workspace, &web)?;
    let e2e = workspace.root.join("e2e");
    let Some((name, arguments)) = words.split_first() else { return Ok(()) };
    let packaged = e2e.join("node_modules/.bin").join(name);
    let program = if packaged.exists() { packaged } else { PathBuf::from(name) };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(e2e)
        .env("TABLEORDER_BIN", workspace.server(profile))
        .env("WEB_DIR", web)
        .env("TEST_DATABASE_URL", scratch.cluster().url("postgres"))
        .env("CHROMIUM", browser)
        .envs(environment.iter().copied());
    proc::run(&mut command)
}

fn find() -> Option<PathBuf> {
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = named.into_iter().chain(known.iter().filter_map(|name| on_path(name))).chain([mac]);
    found.into_iter().find(|file| file.is_file())
}

fn has_korean_font() -> bool {
    let known = [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    ];
    let listed =
        || proc::capture(Command::new("fc-list").arg(":lang=ko")).is_ok_and(|list| !list.trim().is_empty());
    known.iter().any(|file| PathBuf::from(file).exists()) || listed()
}
