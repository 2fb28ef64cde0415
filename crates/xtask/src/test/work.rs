//! What the stages do.

use anyhow::{Context as _, Result};

use super::Setup;
use crate::spa::{self, APPS};
use crate::ui::Steps;
use crate::{browser, bucket, bundles, contract, deny, generated, infra, package, proc};

const FRONT: [&str; 3] = ["web-kit", "customer-web", "admin-web"];

pub(super) fn format(setup: &Setup<'_>) -> Result<()> {
    proc::run(setup.workspace.cargo().args(["fmt", "--all", "--check"])).context("type `cargo fmt --all`")
}

pub(super) fn lints(setup: &Setup<'_>) -> Result<()> {
    let mut cargo = setup.workspace.cargo();
    cargo.args(["clippy", "--workspace", "--all-targets"]);
    for package in FRONT {
        cargo.args(["--exclude", package]);
    }
    proc::run(cargo.args(["--", "-D", "warnings"]))
}

pub(super) fn web_lints(setup: &Setup<'_>) -> Result<()> {
    let mut cargo = setup.workspace.cargo();
    cargo.args(["clippy", "--target", "wasm32-unknown-unknown"]);
    for package in FRONT {
        cargo.args(["-p", package]);
    }
    proc::run(cargo.args(["--", "-D", "warnings"]))
}

pub(super) fn dependencies(setup: &Setup<'_>) -> Result<()> {
    let program = Steps::new(1).step("cargo-deny", |step| deny::ensure(setup.workspace, step))?;
    if let deny::Advisories::NotChecked(why) = deny::check(setup.workspace, &program)? {
        setup.remark(format!("advisories: not checked, database unreachable ({why})"));
    }
    Ok(())
}

pub(super) fn infrastructure(setup: &Setup<'_>) -> Result<()> {
    infra::check(setup.workspace)?.into_iter().for_each(|left_out| setup.remark(left_out));
    Ok(())
}

pub(super) fn emulated(setup: &Setup<'_>) -> Result<()> {
    infra::emulated::check(setup.workspace)?.into_iter().for_each(|left_out| setup.remark(left_out));
    Ok(())
}

pub(super) fn streams(setup: &Setup<'_>) -> Result<()> {
    generated::build_debug_server(setup.workspace)?;
    infra::streams::check(setup.workspace, setup.database()?)
}

pub(super) fn packaged(setup: &Setup<'_>) -> Result<()> {
    build_apps(setup)?;
    Steps::new(1).step("server", |step| spa::server(setup.workspace, step))?;
    let program = setup.workspace.server("release");
    package::attempt(setup.workspace, &program, None, false)?
        .into_iter()
        .for_each(|left_out| setup.remark(left_out));
    Ok(())
}

pub(super) fn queries(setup: &Setup<'_>) -> Result<()> {
    generated::check_queries(setup.workspace, setup.database()?)
}

pub(super) fn openapi(setup: &Setup<'_>) -> Result<()> {
    generated::build_debug_server(setup.workspace)?;
    generated::check_openapi(setup.workspace)
}

pub(super) fn tests(setup: &Setup<'_>) -> Result<()> {
    let mut cargo = setup.workspace.cargo();
    cargo.env("TEST_DATABASE_URL", setup.database()?.cluster().url("postgres"));
    cargo.env(bucket::VARIABLE, setup.bucket.as_ref().context("this stage did not ask for a bucket")?);
    proc::run(cargo.args(["test", "--workspace"]))
}

pub(super) fn contract(setup: &Setup<'_>) -> Result<()> {
    generated::build_debug_server(setup.workspace)?;
    let fuzzer = setup.fuzzer.as_ref().context("this stage did not ask for the fuzzer")?;
    contract::check(setup.workspace, setup.database()?, fuzzer)
}

/// Builds both apps, unless nothing has changed.
pub fn build_apps(setup: &Setup<'_>) -> Result<()> {
    let tools = setup.tools.as_ref().context("this stage did not ask for tools")?;
    let mut steps = Steps::new(APPS.len());
    for app in APPS {
        steps.step(app.name, |step| app.build(setup.workspace, tools, step))?;
    }
    Ok(())
}

pub(super) fn bundle(setup: &Setup<'_>) -> Result<()> {
    build_apps(setup)?;
    bundles::check(setup.workspace)
}

pub(super) fn journeys(setup: &Setup<'_>) -> Result<()> {
    // Nothing to do after the stages before; alone, this stage must not test an old build.
    build_apps(setup)?;
    generated::build_debug_server(setup.workspace)?;
    browser::run(setup.workspace, setup.database()?, setup.browser()?, "debug", &["playwright", "test"], &[])
}
