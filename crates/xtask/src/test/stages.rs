//! The stages, cheapest first.

use anyhow::Result;

use super::{Setup, start, work};
use crate::{arrows, drill};

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

/// All of them, in this order.
pub const STAGES: [Stage; 17] = [
    Stage { name: "format", about: "rustfmt", when: When::Always, needs: &[], run: work::format },
    Stage {
        name: "arrows",
        about: "who depends on whom",
        when: When::Always,
        needs: &[],
        run: |b| arrows::check(b.workspace),
    },
    Stage {
        name: "lints",
        about: "clippy, back end and tools",
        when: When::Always,
        needs: &[],
        run: work::lints,
    },
    Stage {
        name: "web-lints",
        about: "clippy, browser apps on wasm32",
        when: When::Always,
        needs: &[Need::Wasm],
        run: work::web_lints,
    },
    Stage {
        name: "deny",
        about: "licences, bans, sources and advisories of every dependency",
        when: When::Always,
        needs: &[],
        run: work::dependencies,
    },
    Stage {
        name: "queries",
        about: ".sqlx is fresh",
        when: When::Always,
        needs: &[Need::Database],
        run: work::queries,
    },
    Stage {
        name: "openapi",
        about: "openapi.json is fresh",
        when: When::Always,
        needs: &[],
        run: work::openapi,
    },
    Stage {
        name: "tests",
        about: "unit, database and API tests",
        when: When::Always,
        needs: &[Need::Database, Need::Bucket],
        run: work::tests,
    },
    Stage {
        name: "contract",
        about: "schemathesis: the server does what openapi.json says",
        when: When::Full,
        needs: &[Need::Database, Need::Fuzzer],
        run: work::contract,
    },
    Stage {
        name: "bundles",
        about: "browser apps and their budgets",
        when: When::Full,
        needs: &[Need::Wasm, Need::Tools],
        run: work::bundle,
    },
    Stage {
        name: "browser",
        about: "journeys in Chromium",
        when: When::Full,
        needs: &[Need::Wasm, Need::Tools, Need::Database, Need::Browser],
        run: work::journeys,
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
        run: work::infrastructure,
    },
    Stage {
        name: "emulated",
        about: "storage and CDN in a local AWS: apply, deploy, roll back, destroy",
        when: When::Beside,
        needs: &[],
        run: work::emulated,
    },
    Stage {
        name: "streams",
        about: "two real processes behind nginx: restarts under load, streams held for three minutes",
        when: When::Beside,
        needs: &[Need::Database],
        run: work::streams,
    },
    Stage {
        name: "package",
        about: "the Debian package on a machine of its own: install, evening, backup, restore, upgrade, removal",
        when: When::Beside,
        needs: &[Need::Wasm, Need::Tools],
        run: work::packaged,
    },
];
