//! The real server behind the real nginx, two processes as on a machine: one restarts after the other while orders are placed, and
//! none fails; then a board's and a table's stream stay open for three minutes, and the first order after that reaches both.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use super::edge::{Edge, KNOWN};
use crate::background::Background;
use crate::curl::{Request, Trust};
use crate::demo::Demo;
use crate::http::text;
use crate::pg::scratch::Scratch;
use crate::proc;
use crate::random::Random;
use crate::stream::Stream;
use crate::ui::{self, Steps};
use crate::workspace::Workspace;

/// CloudFront, the load balancer and nginx give up on silence after 60 s and more; this is well beyond all of them.
const HELD: Duration = Duration::from_secs(180);
/// A stream says something every 15 s.
const SILENCE_MAX: Duration = Duration::from_secs(20);
/// Tables that order during the restarts, each at most so often: a stay has at most 200 orders.
const TABLES: usize = 3;
const ORDERS_MAX: usize = 190;
/// Each process restarts so often, as fast as a machine's script does it.
const RESTARTS: usize = 4;
/// What boards are promised.
const SOON: Duration = Duration::from_secs(2);

/// Runs it all.
///
/// # Errors
/// What failed.
pub fn check(workspace: &Workspace, scratch: &Scratch) -> Result<()> {
    let mut steps = Steps::new(3);
    let dir = workspace.target.join("streams");
    let demo = Demo::open(scratch, "streams", &workspace.server("debug"), &dir)?;
    let secret = crate::fingerprint::hex(&Random::new()?.bytes());
    let demo = demo.with("TRUSTED_PROXIES", "127.0.0.1").with("JWT_SECRET", secret);
    let (mut processes, edge) = steps.step("two processes behind nginx", |step| {
        let ((one, first), (other, second)) = (demo.serve_somewhere()?, demo.serve_somewhere()?);
        let edge = Edge::start(workspace, [first, second], step)?;
        Ok(([(one, first), (other, second)], edge))
    })?;
    let house = House::open(&edge)?;
    steps.step("restarts under load", |step| {
        step.outcome(restarts(&demo, &house, &mut processes)?);
        Ok(())
    })?;
    steps.step("streams held open", |step| {
        step.outcome(held(&house)?);
        Ok(())
    })
}

/// Who is signed in, through nginx and TLS.
struct House {
    url: String,
    trust: Trust,
    manager: String,
    tables: Vec<String>,
    order: Value,
}

impl House {
    fn open(edge: &Edge) -> Result<Self> {
        let url = format!("https://127.0.0.1:{}", edge.tls);
        let (manager, tables) = (String::new(), Vec::new());
        let mut house = Self { url, trust: edge.trust(), manager, tables, order: Value::Null };
        let manager = json!({"store": "demo", "username": "admin", "password": "admin123"});
        let bearer =
            |answer: Value| text(&answer, "/token").map(|token| format!("Authorization: Bearer {token}"));
        house.manager = bearer(house.post("/api/auth/admin-login", &manager, vec![])?)?;
        for number in 1..=TABLES {
            let (number, password) = (number.to_string(), format!("TABLE{number:03}"));
            let table = json!({"store": "demo", "table_number": number, "password": password});
            house.tables.push(bearer(house.post("/api/auth/table-login", &table, vec![])?)?);
        }
        let menu = house.send(Request {
            url: house.at("/api/menus"),
            headers: vec![house.tables[0].clone()],
            ..Request::default()
        })?;
        let (line, price) = crate::smoke::choice(&menu).context("no dish can be ordered")?;
        house.order = json!({"items": [line], "expected_total": price});
        Ok(house)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    fn post(&self, path: &str, json: &Value, headers: Vec<String>) -> Result<Value> {
        self.send(Request { url: self.at(path), json: Some(json.to_string()), headers, ..Request::default() })
    }

    fn send(&self, mut request: Request<'_>) -> Result<Value> {
        request.headers.push(KNOWN.to_owned());
        let answer = request.send(&self.trust)?;
        if answer.status >= 300 {
            bail!("{} is answered {}: {}", request.url, answer.status, answer.body.trim());
        }
        answer.json()
    }

    fn place(&self, table: &str, random: &mut Random) -> Result<Value> {
        let key = format!("Idempotency-Key: {}", random.uuid());
        self.post("/api/orders", &self.order, vec![table.to_owned(), key])
    }

    /// What all tables have to pay.
    fn bill(&self) -> Result<i64> {
        let mut sum = 0;
        for table in &self.tables {
            let url = self.at("/api/orders?limit=1");
            let own = self.send(Request { url, headers: vec![table.clone()], ..Request::default() })?;
            sum += own["total_amount"].as_i64().context("the bill has no total")?;
        }
        Ok(sum)
    }

    fn stream(&self, path: &str, login: &str) -> Result<Stream> {
        Stream::open(self.at(path), &[login, KNOWN], &self.trust)
    }
}

/// One process after the other restarts, again and again, while tables order. A curl for each order is a new connection each time.
fn restarts(demo: &Demo, house: &House, processes: &mut [(Background, u16); 2]) -> Result<String> {
    let stop = AtomicBool::new(false);
    let before = house.bill()?;
    let placed = thread::scope(|scope| {
        let guests: Vec<_> =
            house.tables.iter().map(|table| scope.spawn(|| dine(house, table, &stop))).collect();
        let rolled = roll(demo, processes);
        stop.store(true, Ordering::Relaxed);
        let joined =
            guests.into_iter().map(|guest| guest.join().unwrap_or_else(|_| bail!("a table broke off")));
        let placed = joined.sum::<Result<usize>>()?;
        rolled.map(|()| placed)
    })?;
    let bill = house.bill()? - before;
    let price = house.order["expected_total"].as_i64().context("no price")?;
    ensure!(
        bill == price * i64::try_from(placed)?,
        "{placed} orders were answered, and the bills say {bill}"
    );
    ensure!(placed > 50, "only {placed} orders were placed during the restarts");
    Ok(format!("{} restarts, {placed} orders meanwhile, none failed or doubled", 2 * RESTARTS))
}

fn roll(demo: &Demo, processes: &mut [(Background, u16); 2]) -> Result<()> {
    for _ in 0..RESTARTS {
        for (process, port) in processes.iter_mut() {
            process.stop();
            // Long enough for orders to meet the one that is away.
            proc::pause(Duration::from_millis(300))?;
            *process = demo.serve(*port)?;
        }
    }
    Ok(())
}

/// Orders until it is told to stop. Returns how often.
fn dine(house: &House, table: &str, stop: &AtomicBool) -> Result<usize> {
    let (mut random, mut placed) = (Random::new()?, 0);
    while !stop.load(Ordering::Relaxed) && placed < ORDERS_MAX {
        house.place(table, &mut random).with_context(|| format!("after {placed} orders"))?;
        placed += 1;
    }
    Ok(placed)
}

/// Both streams for three minutes, each silence bounded; and what happens then arrives.
fn held(house: &House) -> Result<String> {
    let mut board = house.stream("/api/admin/sse/orders", &house.manager)?;
    let mut screen = house.stream("/api/events", &house.tables[0])?;
    let outcomes = thread::scope(|scope| {
        let held = [&mut board, &mut screen].map(|stream| scope.spawn(move || stream.held(HELD)));
        held.map(|held| held.join().unwrap_or_else(|_| bail!("a listener broke off")))
    });
    let mut longest = Duration::ZERO;
    for outcome in outcomes {
        let (pings, silence) = outcome?;
        ensure!(silence < SILENCE_MAX && pings >= 10, "{pings} pings, once {silence:?} of silence");
        longest = longest.max(silence);
    }
    let id = text(&house.place(&house.tables[0], &mut Random::new()?)?, "/id")?;
    let late = board.wait_for("event: order-created", &id, SOON).context("the board")?;
    screen.wait_for("event: order-created", &id, SOON).context("the table")?;
    Ok(format!(
        "board and table {}, longest silence {}, then an order within {} ms",
        ui::seconds(HELD),
        ui::seconds(longest),
        late.as_millis()
    ))
}
