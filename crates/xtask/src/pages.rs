//! What the tests do not judge: pictures of every screen for people to look at, and how fast the guests' app is on a slow
//! device and a slow network.

use anyhow::{Context as _, Result};

use crate::test::{self, Need, Setup};
use crate::ui::Steps;
use crate::workspace::Workspace;
use crate::{browser, generated, spa};

const NEEDS: [Need; 4] = [Need::Wasm, Need::Tools, Need::Browser, Need::Database];

/// `cargo xtask screens`: writes `e2e/screens/index.html`, a page of every screen and state, size and language.
///
/// # Errors
/// When something does not build, or a screen cannot be brought about.
pub fn screens(workspace: &Workspace) -> Result<()> {
    let setup = Setup::of(workspace, &NEEDS)?;
    test::build_apps(&setup)?;
    generated::build_debug_server(workspace)?;
    let words = ["playwright", "test", "screens.spec.mjs"];
    browser::run(workspace, setup.database()?, setup.browser()?, "debug", &words, &[("SCREENS", "1")])?;
    println!("\nlook at {}", workspace.root.join("e2e/screens/index.html").display());
    Ok(())
}

/// `cargo xtask speed`: measures the guests' app in a Chromium with a quarter of this machine's speed and a slow network,
/// and holds it to its limits.
///
/// # Errors
/// When something does not build, or a limit is not kept.
pub fn speed(workspace: &Workspace) -> Result<()> {
    let setup = Setup::of(workspace, &NEEDS)?;
    test::build_apps(&setup)?;
    Steps::new(1).step("server", |step| spa::server(workspace, step))?;
    let words = ["node", "tools/speed.mjs"];
    browser::run(workspace, setup.database()?, setup.browser()?, "release", &words, &[])
        .context("the app is slower than its limits, or could not be measured")
}
