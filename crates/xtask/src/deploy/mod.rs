//! `cargo xtask deploy`: what the workflows call, and people in their place. Where to stands in the output `deploy` of
//! an environment (`infra/bin/tf -chdir=infra/environments/prod output -json deploy`).

pub mod aws;
mod backend;
mod files;
pub mod page;
mod policy;
mod record;
mod secrets;
pub mod site;
mod smoke;
pub mod target;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};

use crate::spa::{APPS, App};
use crate::tools::{self, Optimise};
use crate::ui::Steps;
use crate::workspace::Workspace;
use aws::Aws;
pub use files::mime;
use site::{Site, Through};
use target::Target;

/// `cargo xtask deploy`.
#[derive(Debug, Args)]
pub struct DeployArgs {
    /// The environment's output `deploy`, as JSON; the workflows have it in a variable of that name.
    #[arg(long, env = "TABLEORDER_DEPLOY", hide_env_values = true)]
    pub target: String,
    #[command(subcommand)]
    pub what: What,
}

/// What is deployed, or taken back.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Build a browser app and publish it: files first, the page last.
    Site {
        /// customer or admin.
        app: String,
        /// A finished build, instead of building it.
        #[arg(long)]
        dist: Option<PathBuf>,
    },
    /// Publish an earlier release of a browser app again, from the bucket's versions.
    RollbackSite {
        /// customer or admin.
        app: String,
        /// Which one, as `deploy site` called it; the one before, unless given.
        #[arg(long, env = "RELEASE")]
        release: Option<String>,
    },
    /// Pack the server, upload it and install it on one machine after the other.
    Backend {
        /// Its name: a tag or a commit.
        #[arg(long, env = "RELEASE")]
        release: String,
        /// A finished program, instead of building it.
        #[arg(long)]
        binary: Option<PathBuf>,
    },
    /// Install an earlier release of the server again.
    RollbackBackend {
        /// Its name.
        #[arg(long, env = "RELEASE")]
        release: String,
    },
    /// Make the secrets of a new installation; leaves those alone that are there.
    Secrets,
}

/// Does it.
///
/// # Errors
/// What went wrong, and in which state things are now.
pub fn run(workspace: &Workspace, args: &DeployArgs) -> Result<()> {
    let target = Target::parse(&args.target)?;
    let aws = Aws::find(&target.region)?;
    match &args.what {
        What::Site { app, dist } => {
            let app = named(app)?;
            let dist = match dist {
                Some(dist) => dist.clone(),
                None => build(workspace, app)?,
            };
            let site = Site { aws: &aws, app, place: target.site(app.web)?, through: Through::CloudFront };
            println!("release {}", site.deploy(&dist)?);
        }
        What::RollbackSite { app, release } => {
            let app = named(app)?;
            let site = Site { aws: &aws, app, place: target.site(app.web)?, through: Through::CloudFront };
            println!(
                "release {} is published again",
                site.roll_back(release.as_deref().filter(|name| !name.is_empty()))?
            );
        }
        What::Backend { release, binary } => {
            backend::deploy(workspace, &aws, &target, release, binary.as_deref())?;
        }
        What::RollbackBackend { release } => backend::install(&aws, &target, release)?,
        What::Secrets => secrets::make(&aws, &target)?,
    }
    Ok(())
}

fn named(name: &str) -> Result<App> {
    APPS.into_iter().find(|app| app.web == name).context("the apps are customer and admin")
}

fn build(workspace: &Workspace, app: App) -> Result<PathBuf> {
    let mut steps = Steps::new(3);
    steps.step("wasm target", tools::wasm_target)?;
    let tools = steps.step("tools", |step| tools::ensure(workspace, Optimise::Must, step))?;
    steps.step(app.name, |step| app.build(workspace, &tools, step))?;
    Ok(app.dist(workspace))
}
