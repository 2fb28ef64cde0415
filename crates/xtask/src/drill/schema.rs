//! The schema changes under a program that serves: a later release's migration expands it, as `migrations/README.md` says, while
//! orders come in; a column that only an earlier release read is dropped; and the program of before starts anew on what is left,
//! as it does when a release is taken back.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use super::house::House;
use crate::demo::Demo;
use crate::http::{Client, text};
use crate::pg::scratch::Scratch;
use crate::pg::wire::Connection;
use crate::random::Random;
use crate::workspace::Workspace;
use crate::{generated, proc};

const DATABASE: &str = "schema";
/// Orders that the change has to go through.
const ORDERS: u32 = 20_000;
/// Nobody may notice.
const SLOWEST_MAX: Duration = Duration::from_secs(1);
/// A stay has at most 200.
const ORDERS_MAX: usize = 190;

/// What an earlier release has left.
const BEFORE: &str = "ALTER TABLE orders ADD COLUMN drill_old text DEFAULT 'x'";
/// Release 1: a column with a rule, filled in batches, and an index. Each line by itself, so that no lock is held for the next.
const EXPAND: [&str; 4] = [
    "SET lock_timeout = '2s'",
    "ALTER TABLE orders ADD COLUMN drill_channel text DEFAULT 'table'",
    "ALTER TABLE orders ADD CONSTRAINT orders_drill_channel_check CHECK (drill_channel <> '') NOT VALID",
    "ALTER TABLE orders VALIDATE CONSTRAINT orders_drill_channel_check",
];
const FILL: &str = "WITH part AS (SELECT store_id, id FROM orders WHERE drill_channel IS DISTINCT FROM 'filled' \
     AND order_number LIKE 'ORD-20260101-%' LIMIT 2000), \
     done AS (UPDATE orders o SET drill_channel = 'filled' FROM part s WHERE (o.store_id, o.id) = (s.store_id, s.id) RETURNING 1) \
     SELECT count(*) FROM done";
const INDEX: &str = "CREATE INDEX CONCURRENTLY orders_drill_channel ON orders (store_id, drill_channel)";
/// What such a migration notes of itself.
const NOTED: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
     VALUES (99991231235959, 'drill', true, '\\x00', 0)";
/// Release 2: nobody reads it any more.
const CONTRACT: &str = "ALTER TABLE orders DROP COLUMN drill_old";

/// What was measured.
#[derive(Debug)]
pub struct Outcome {
    /// Orders that guests placed during the change.
    pub placed: usize,
    /// The slowest of their answers.
    pub slowest: Duration,
    /// How long the change took.
    pub took: Duration,
}

/// Runs it.
///
/// # Errors
/// When an order fails or waits, or the program of before does not take orders afterwards.
pub fn run(workspace: &Workspace, scratch: &Scratch) -> Result<Outcome> {
    generated::build_debug_server(workspace)?;
    let demo = Demo::open(scratch, DATABASE, &workspace.server("debug"), &workspace.target.join("drill"))?;
    let mut connection = scratch.cluster().connect(DATABASE)?;
    House::open(&mut connection)?.order(&mut connection, ORDERS)?;
    connection.query(BEFORE)?;
    let (mut server, port) = demo.serve_somewhere()?;
    let table = Table::sign_in(port)?;
    let stop = AtomicBool::new(false);
    let outcome = thread::scope(|scope| {
        let guests = scope.spawn(|| table.order_until(&stop));
        let begun = Instant::now();
        let changed = change(&mut connection);
        let took = begun.elapsed();
        stop.store(true, Ordering::Relaxed);
        let (placed, slowest) = guests.join().unwrap_or_else(|_| bail!("the guests broke off"))?;
        changed.map(|()| Outcome { placed, slowest, took })
    })?;
    ensure!(outcome.placed > 20, "only {} orders were placed during the change", outcome.placed);
    ensure!(outcome.slowest < SLOWEST_MAX, "an order waited {:?} for the change", outcome.slowest);
    server.stop();
    // Taken back: it migrates, and starts, on a schema that is newer than itself.
    proc::capture(&mut demo.command("migrate")).context("the release of before does not migrate any more")?;
    let _again = demo.serve(port)?;
    Table::sign_in(port)?.place(&mut Client::open(port)?, &mut Random::new()?)?;
    Ok(outcome)
}

/// Each step by itself, with guests between it and the next.
fn change(connection: &mut Connection) -> Result<()> {
    let step = |connection: &mut Connection, sql: &str| -> Result<()> {
        connection.query(sql).with_context(|| sql.to_owned())?;
        proc::pause(Duration::from_millis(150))
    };
    for sql in EXPAND {
        step(connection, sql)?;
    }
    loop {
        let rows = connection.query(FILL)?;
        if rows.first().and_then(|row| row.first()).and_then(Option::as_deref) == Some("0") {
            break;
        }
    }
    for sql in [INDEX, NOTED, CONTRACT] {
        step(connection, sql)?;
    }
    Ok(())
}

/// A signed-in table, and what it orders.
struct Table {
    port: u16,
    headers: String,
    order: Value,
}

impl Table {
    fn sign_in(port: u16) -> Result<Self> {
        let mut client = Client::open(port)?;
        let json = "Content-Type: application/json\r\n";
        let login = json!({"store": "demo", "table_number": "1", "password": "TABLE001"});
        let login = client.json("POST", "/api/auth/table-login", json, &login.to_string())?;
        let headers = format!("{json}Authorization: Bearer {}\r\n", text(&login, "/token")?);
        let menu = client.json("GET", "/api/menus", &headers, "")?;
        let (line, price) = crate::smoke::choice(&menu).context("no dish can be ordered")?;
        Ok(Self { port, headers, order: json!({"items": [line], "expected_total": price}) })
    }

    fn place(&self, client: &mut Client, random: &mut Random) -> Result<Duration> {
        let headers = format!("{}Idempotency-Key: {}\r\n", self.headers, random.uuid());
        let begun = Instant::now();
        client.json("POST", "/api/orders", &headers, &self.order.to_string())?;
        Ok(begun.elapsed())
    }

    fn order_until(&self, stop: &AtomicBool) -> Result<(usize, Duration)> {
        let (mut client, mut random) = (Client::open(self.port)?, Random::new()?);
        let (mut placed, mut slowest) = (0, Duration::ZERO);
        while !stop.load(Ordering::Relaxed) && placed < ORDERS_MAX {
            slowest = slowest.max(self.place(&mut client, &mut random)?);
            placed += 1;
            proc::pause(Duration::from_millis(5))?;
        }
        Ok((placed, slowest))
    }
}
