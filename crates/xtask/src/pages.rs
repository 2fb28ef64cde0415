//! What the tests do not judge: pictures of every screen for people to look at, and how fast the guests' app is on a slow
//! device and a slow network, and the managers' board with a full house.

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
/// then the managers' board with a full house, and holds both to their limits.
///
/// # Errors
/// When something does not build, or a limit is not kept.
pub fn speed(workspace: &Workspace) -> Result<()> {
    let setup = Setup::of(workspace, &NEEDS)?;
    test::build_apps(&setup)?;
    Steps::new(1).step("server", |step| spa::server(workspace, step))?;
    let measure = |tool| {
        browser::run(workspace, setup.database()?, setup.browser()?, "release", &["node", tool], &[])
            .with_context(|| format!("{tool}: slower than the limits, or it could not be measured"))
    };
    let guests = measure("tools/speed.mjs");
    let board = measure("tools/board-speed.mjs");
    guests.and(board)
}
