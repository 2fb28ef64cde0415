//! The stages, cheapest first.

use anyhow::{Context as _, Result};

use super::{Setup, start};
use crate::spa::{self, APPS};
use crate::ui::Steps;
use crate::{arrows, browser, bucket, bundles, contract, deny, drill, generated, infra, package, proc};

/// One stage.
#[derive(Debug)]
pub struct Stage {
    /// For `--only`.
    pub name: &'static str,
    /// For people.
    pub about: &'static str,
    /// When it runs.
    pub when: When,
    /// What must be there first.
    pub needs: &'static [Need],
    /// Runs it.
    pub run: fn(&Setup<'_>) -> Result<()>,
}

/// When a stage runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// With `--fast`, too.
    Always,
    /// Without `--fast`.
    Full,
    /// As well, beside the others of its kind: they wait more than they work, and measure nothing that counts.
    Beside,
}

/// What a stage needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The wasm target of the toolchain.
    Wasm,
    /// trunk and its companions.
    Tools,
    /// A PostgreSQL of our own.
    Database,
    /// Chromium and the Node packages.
    Browser,
    /// schemathesis.
    Fuzzer,
    /// A server that speaks like S3.
    Bucket,
}

const FRONT: [&str; 3] = ["web-kit", "customer-web", "admin-web"];

/// All of them, in this order.
pub const STAGES: [Stage; 17] = [
    Stage { name: "format", about: "rustfmt", when: When::Always, needs: &[], run: format },
    Stage {
        name: "arrows",
        about: "who depends on whom",
        when: When::Always,
        needs: &[],
        run: |b| arrows::check(b.workspace),
    },
    Stage { name: "lints", about: "clippy, back end and tools", when: When::Always, needs: &[], run: lints },
    Stage {
        name: "web-lints",
        about: "clippy, browser apps on wasm32",
        when: When::Always,
        needs: &[Need::Wasm],
        run: web_lints,
    },
    Stage {
        name: "deny",
        about: "licences, bans, sources and advisories of every dependency",
        when: When::Always,
        needs: &[],
        run: dependencies,
    },
    Stage {
        name: "queries",
        about: ".sqlx is fresh",
        when: When::Always,
        needs: &[Need::Database],
        run: queries,
    },
    Stage { name: "openapi", about: "openapi.json is fresh", when: When::Always, needs: &[], run: openapi },
    Stage {
        name: "tests",
        about: "unit, database and API tests",
        when: When::Always,
        needs: &[Need::Database, Need::Bucket],
        run: tests,
    },
    Stage {
        name: "contract",
        about: "schemathesis: the server does what openapi.json says",
        when: When::Full,
        needs: &[Need::Database, Need::Fuzzer],
        run: contract,
    },
    Stage {
        name: "bundles",
        about: "browser apps and their budgets",
        when: When::Full,
        needs: &[Need::Wasm, Need::Tools],
        run: bundle,
    },
    Stage {
        name: "browser",
        about: "journeys in Chromium",
        when: When::Full,
        needs: &[Need::Wasm, Need::Tools, Need::Database, Need::Browser],
        run: journeys,
    },
    Stage {
        name: "start",
        about: "`cargo xtask run` opens, stops and opens again",
        when: When::Full,
        needs: &[Need::Wasm, Need::Tools],
        run: |setup| start::check(setup.workspace),
    },
    Stage {
        name: "drill",
        about: "a destroyed table is restored to the moment before",
        when: When::Beside,
        needs: &[],
        run: |setup| drill::run(setup.workspace),
    },
    Stage {
        name: "infra",
        about: "Terraform, machines' files, workflows",
        when: When::Beside,
        needs: &[],
        run: infrastructure,
    },
    Stage {
        name: "emulated",
        about: "storage and CDN in a local AWS: apply, deploy, roll back, destroy",
        when: When::Beside,
        needs: &[],
        run: emulated,
    },
    Stage {
        name: "streams",
        about: "two real processes behind nginx: restarts under load, streams held for three minutes",
        when: When::Beside,
        needs: &[Need::Database],
        run: streams,
    },
    Stage {
        name: "package",
        about: "the Debian package on a machine of its own: install, evening, backup, restore, upgrade, removal",
        when: When::Beside,
        needs: &[Need::Wasm, Need::Tools],
        run: packaged,
    },
];

fn format(setup: &Setup<'_>) -> Result<()> {
    proc::run(setup.workspace.cargo().args(["fmt", "--all", "--check"])).context("type `cargo fmt --all`")
}

fn lints(setup: &Setup<'_>) -> Result<()> {
    let mut cargo = setup.workspace.cargo();
    cargo.args(["clippy", "--workspace", "--all-targets"]);
    for package in FRONT {
        cargo.args(["--exclude", package]);
    }
    proc::run(cargo.args(["--", "-D", "warnings"]))
}

fn web_lints(setup: &Setup<'_>) -> Result<()> {
    let mut cargo = setup.workspace.cargo();
    cargo.args(["clippy", "--target", "wasm32-unknown-unknown"]);
    for package in FRONT {
        cargo.args(["-p", package]);
    }
    proc::run(cargo.args(["--", "-D", "warnings"]))
}

fn dependencies(setup: &Setup<'_>) -> Result<()> {
    let program = Steps::new(1).step("cargo-deny", |step| deny::ensure(setup.workspace, step))?;
    if let deny::Advisories::NotChecked(why) = deny::check(setup.workspace, &program)? {
        setup.remark(format!("advisories: not checked, database unreachable ({why})"));
    }
    Ok(())
}

fn infrastructure(setup: &Setup<'_>) -> Result<()> {
    infra::check(setup.workspace)?.into_iter().for_each(|left_out| setup.remark(left_out));
    Ok(())
}

fn emulated(setup: &Setup<'_>) -> Result<()> {
    infra::emulated::check(setup.workspace)?.into_iter().for_each(|left_out| setup.remark(left_out));
    Ok(())
}

fn streams(setup: &Setup<'_>) -> Result<()> {
    generated::build_debug_server(setup.workspace)?;
    infra::streams::check(setup.workspace, setup.database()?)
}

fn packaged(setup: &Setup<'_>) -> Result<()> {
    build_apps(setup)?;
    Steps::new(1).step("server", |step| spa::server(setup.workspace, step))?;
    let program = setup.workspace.server("release");
    package::attempt(setup.workspace, &program, None, false)?
        .into_iter()
        .for_each(|left_out| setup.remark(left_out));
    Ok(())
}

fn queries(setup: &Setup<'_>) -> Result<()> {
    generated::check_queries(setup.workspace, setup.database()?)
}

fn openapi(setup: &Setup<'_>) -> Result<()> {
    generated::build_debug_server(setup.workspace)?;
    generated::check_openapi(setup.workspace)
}

fn tests(setup: &Setup<'_>) -> Result<()> {
    let mut cargo = setup.workspace.cargo();
    cargo.env("TEST_DATABASE_URL", setup.database()?.cluster().url("postgres"));
    cargo.env(bucket::VARIABLE, setup.bucket.as_ref().context("this stage did not ask for a bucket")?);
    proc::run(cargo.args(["test", "--workspace"]))
}

fn contract(setup: &Setup<'_>) -> Result<()> {
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

fn bundle(setup: &Setup<'_>) -> Result<()> {
    build_apps(setup)?;
    bundles::check(setup.workspace)
}

fn journeys(setup: &Setup<'_>) -> Result<()> {
    // Nothing to do after the stages before; alone, this stage must not test an old build.
    build_apps(setup)?;
    generated::build_debug_server(setup.workspace)?;
    browser::run(setup.workspace, setup.database()?, setup.browser()?, "debug", &["playwright", "test"], &[])
}
