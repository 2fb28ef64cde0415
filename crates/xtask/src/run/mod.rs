//! `cargo xtask run`: from a fresh clone to a restaurant that takes orders.

mod banner;
mod data;
mod port;
mod serve;

use anyhow::Result;

use crate::cli::RunArgs;
use crate::pg::{Binaries, Cluster, Owner, binaries, cluster};
use crate::spa::{self, APPS};
use crate::tools::{self, Optimise};
use crate::ui::{Step, Steps};
use crate::workspace::Workspace;
use data::DataDir;

/// The database of the one store server that runs here.
const DATABASE: &str = "tableorder";

/// Checks and installs what is missing, builds, starts everything and stays until Ctrl-C.
///
/// # Errors
/// One line that says what went wrong and what to do about it.
pub fn run(workspace: &Workspace, args: &RunArgs) -> Result<()> {
    let mut steps = Steps::new(9);
    let owner = Owner::here()?;
    let data = DataDir::open(&args.data_dir)?;
    steps.step("data directory and port", |step| prepare(&data, &owner, args, step))?;
    steps.step("wasm target", tools::wasm_target)?;
    let tools = steps.step("tools", |step| tools::ensure(workspace, Optimise::IfPossible, step))?;
    let found = steps.step("PostgreSQL", |step| find_postgres(workspace, &data, &owner, step))?;
    for app in APPS {
        steps.step(app.name, |step| app.build(workspace, &tools, step))?;
    }
    steps.step("server", |step| spa::server(workspace, step))?;
    let mut database = steps.step("database", |step| open_database(&data, &found, step))?;
    let mut server = steps
        .step("demo store", |step| serve::start(workspace, &data, &database.url(DATABASE), args, step))?;
    banner::show(args);
    let ended = serve::watch(&mut server, &mut database);
    println!("\nstopping …");
    // The server first: it finishes its orders while the database is still there.
    drop(server);
    drop(database);
    ended?;
    println!("stopped cleanly; your data stays in {}", data.root().display());
    Ok(())
}

fn prepare(data: &DataDir, owner: &Owner, args: &RunArgs, step: &Step) -> Result<()> {
    serve::stop_orphan(data, step)?;
    if args.reset {
        data.reset(owner, step)?;
    }
    data.check_space()?;
    port::check(args.port, args.lan)?;
    step.outcome(format!("{}, port {}", data.root().display(), args.port));
    Ok(())
}

/// An existing database needs PostgreSQL in its own version.
fn find_postgres(workspace: &Workspace, data: &DataDir, owner: &Owner, step: &Step) -> Result<Binaries> {
    let known = data.existing_cluster();
    let found = binaries::ensure(workspace, owner, known.as_deref().and_then(cluster::version), step)?;
    known.map_or(Ok(()), |base| cluster::check_version(&base, &found)).map(|()| found)
}

fn open_database(data: &DataDir, binaries: &Binaries, step: &Step) -> Result<Cluster> {
    // Asked only now: installing PostgreSQL may have made its user.
    let owner = Owner::of(data.existing_cluster().as_deref())?;
    let (base, log) = (data.cluster(&owner)?, data.log("postgres.log")?);
    let cluster = Cluster::start(binaries, &owner, &base, &log, &[], step)?;
    cluster.ensure_database(DATABASE)?;
    step.outcome(format!("running in {}, log in {}", base.display(), log.display()));
    Ok(cluster)
}
