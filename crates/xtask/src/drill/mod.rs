//! `cargo xtask drill`: a database is backed up while orders come in, a table of it is destroyed, and everything up to the
//! moment before is restored, on a real PostgreSQL. RDS does the same with its own backups. Then the schema changes under a program
//! that serves.

mod house;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::pg::scratch::Scratch;
use crate::pg::wire::Connection;
use crate::pg::{Cluster, Owner};
use crate::proc;
use crate::ui::{self, Steps};
use crate::workspace::Workspace;
use house::House;

const DATABASE: &str = "drill";
/// Orders before the backup, and between backup and disaster.
const ORDERS: [u32; 2] = [2_000, 3_000];
/// Beside the cluster's files; PostgreSQL runs this in its data folder. A file that is there is never written over.
const ARCHIVE: &str = "archive_command=mkdir -p ../archive && test ! -f ../archive/%f && cp %p ../archive/%f";
/// A busy house fills a segment sooner; a quiet one hands it over after so many seconds, which bounds what the loss of the whole
/// machine costs.
const ARCHIVE_TIMEOUT: u64 = 60;

/// What was measured.
#[derive(Debug)]
pub struct Outcome {
    orders: u64,
    lost: u64,
    backup: Duration,
    recovery: Duration,
}

/// Runs both drills.
///
/// # Errors
/// When an order is missing, or a step fails.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(5);
    let settings =
        ["wal_level=replica", "archive_mode=on", ARCHIVE, &format!("archive_timeout={ARCHIVE_TIMEOUT}")];
    let start = |step: &ui::Step| Scratch::start(workspace, &std::env::temp_dir(), &settings, step);
    let scratch = steps.step("database", start)?;
    scratch.migrated(workspace, DATABASE)?;
    let outcome = drill(&scratch, &mut steps)?;
    let schema = steps.step("schema", |step| {
        step.note("a later release's migrations, while the program of now serves");
        schema::run(workspace, &scratch)
    })?;
    println!(
        "\n{}",
        ui::table(&[
            row("orders before the disaster", outcome.orders.to_string()),
            row("orders lost", outcome.lost.to_string()),
            row("base backup", ui::seconds(outcome.backup)),
            row("RPO, a table destroyed", "0 s: restored to the moment before".to_owned()),
            row("RPO, the machine lost", format!("at most {ARCHIVE_TIMEOUT} s: what was not yet archived")),
            row("RTO, from the decision to the first new order", ui::seconds(outcome.recovery)),
            row("schema expanded and contracted in", ui::seconds(schema.took)),
            row("orders placed meanwhile, none failed", schema.placed.to_string()),
            row("the slowest of them", format!("{} ms", schema.slowest.as_millis())),
        ])
    );
    Ok(())
}

fn row(what: &str, value: String) -> Vec<String> {
    vec![what.to_owned(), value]
}

fn drill(scratch: &Scratch, steps: &mut Steps) -> Result<Outcome> {
    let live = folder(scratch)?;
    let place = Restored::new(&live)?;
    let mut connection = scratch.cluster().connect(DATABASE)?;
    let house = House::open(&mut connection)?;
    house.order(&mut connection, ORDERS[0])?;
    let backup = steps.step("backup", |_| {
        let begun = Instant::now();
        back_up(scratch.cluster(), &live, &place.0)?;
        Ok(begun.elapsed())
    })?;
    house.order(&mut connection, ORDERS[1])?;
    let before = house.fingerprint(&mut connection)?;
    ensure!(before.0 == u64::from(ORDERS[0] + ORDERS[1]), "not every order was placed");
    let moment = text(&mut connection, "SELECT clock_timestamp()::text")?;
    steps.step("disaster", |step| {
        step.outcome(format!("every order is gone, after {moment}"));
        proc::pause(Duration::from_millis(200))?;
        House::destroy(&mut connection)?;
        archived(&mut connection)
    })?;
    let begun = Instant::now();
    let after = steps.step("restore", |step| restore(scratch, &live, &place, &moment, &house, step))?;
    let recovery = begun.elapsed();
    ensure!(before == after, "{} orders before the disaster, {} after it", before.0, after.0);
    Ok(Outcome { orders: before.0, lost: before.0 - after.0, backup, recovery })
}

/// Starts the backup, lets it catch up to the moment, and takes an order. Returns what was there before that order.
fn restore(
    scratch: &Scratch,
    live: &Path,
    place: &Restored,
    moment: &str,
    house: &House,
    step: &ui::Step,
) -> Result<(u64, String)> {
    let settings = restore_settings(live, moment);
    let settings: Vec<_> = settings.iter().map(String::as_str).collect();
    let log = place.0.join("postgres.log");
    let owner = Owner::of(Some(live))?;
    let restored = Cluster::start(scratch.binaries(), &owner, &place.0, &log, &settings, step)?;
    let mut connection = restored.connect(DATABASE)?;
    while text(&mut connection, "SELECT pg_is_in_recovery()::text")? == "true" {
        proc::pause(Duration::from_millis(20))?;
    }
    let found = house.fingerprint(&mut connection)?;
    house.order(&mut connection, 1).context("the restored database takes no orders")?;
    Ok(found)
}

/// The folder that holds the cluster's `data`.
fn folder(scratch: &Scratch) -> Result<PathBuf> {
    let data = text(&mut scratch.cluster().connect("postgres")?, "SHOW data_directory")?;
    Ok(Path::new(&data).parent().context("the data folder has a parent")?.to_path_buf())
}

/// Copies the files while the server goes on working; what changes meanwhile is in the archive.
fn back_up(cluster: &Cluster, live: &Path, to: &Path) -> Result<()> {
    let mut connection = cluster.connect("postgres")?;
    connection.query("SELECT pg_backup_start('drill', true)")?;
    proc::capture(Command::new("cp").arg("-a").arg(live.join("data")).arg(to))?;
    let label = text(&mut connection, "SELECT labelfile FROM pg_backup_stop()")?;
    let data = to.join("data");
    for of_the_living in ["postmaster.pid", "postmaster.opts"] {
        let _ = fs::remove_file(data.join(of_the_living));
    }
    let wal = data.join("pg_wal");
    for entry in fs::read_dir(&wal)? {
        let path = entry?.path();
        if path.is_file() {
            fs::remove_file(path)?;
        }
    }
    fs::write(data.join("backup_label"), label)?;
    fs::write(data.join("recovery.signal"), "")?;
    let version = data.join("PG_VERSION");
    for name in ["backup_label", "recovery.signal"] {
        proc::capture(Command::new("chown").arg("--reference").arg(&version).arg(data.join(name)))?;
    }
    Ok(())
}

fn restore_settings(live: &Path, moment: &str) -> [String; 5] {
    [
        format!("restore_command=cp '{}/archive/%f' '%p'", live.display()),
        format!("recovery_target_time={moment}"),
        "recovery_target_inclusive=true".to_owned(),
        "recovery_target_action=promote".to_owned(),
        "archive_mode=off".to_owned(),
    ]
}

/// Waits until the disaster, too, is in the archive: a restore must be able to go past the moment, and stop at it.
fn archived(connection: &mut Connection) -> Result<()> {
    let wanted = text(connection, "SELECT pg_walfile_name(pg_switch_wal())")?;
    let limit = Instant::now() + Duration::from_secs(30);
    let last = "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver";
    while text(connection, last)? < wanted {
        ensure!(Instant::now() < limit, "{wanted} does not get into the archive");
        proc::pause(Duration::from_millis(20))?;
    }
    Ok(())
}

fn text(connection: &mut Connection, sql: &str) -> Result<String> {
    let mut rows = connection.query(sql)?;
    let cell = rows.pop().and_then(|mut row| row.pop()).flatten();
    cell.with_context(|| format!("no answer to {sql}"))
}

/// Where the restored cluster lives; gone when it is dropped.
struct Restored(PathBuf);

impl Restored {
    fn new(live: &Path) -> Result<Self> {
        let dir = live.with_file_name(format!("tableorder-restored-{}", std::process::id()));
        Owner::of(Some(live))?.private_dir(&dir)?;
        Ok(Self(dir))
    }
}

impl Drop for Restored {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
