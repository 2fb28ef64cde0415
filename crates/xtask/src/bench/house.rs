//! The demo store, open for measuring: the server, signed-in tables, and an order to place again and again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;
use serde_json::{Value, json};

use super::plain;
use crate::background::{self, Background};
use crate::http::{self, Client, text};
use crate::pg::scratch::Scratch;
use crate::proc;
use crate::random::Random;
use crate::ui::Step;
use crate::workspace::Workspace;
use crate::{fingerprint, spa};

/// The database of the measurement.
pub const DATABASE: &str = "bench";
/// The demo store's tables; table 7's password is TABLE007.
const TABLES: usize = 12;

/// The header of a body.
pub const JSON: &str = "Content-Type: application/json\r\n";

/// A signed-in table.
#[derive(Debug)]
pub struct Table {
    /// Its token, as a header.
    pub header: String,
    /// Its id.
    pub id: String,
}

/// The store, open. Dropping it closes it.
#[derive(Debug)]
pub struct House {
    /// The store's id.
    pub store: String,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What a table sends: the body of `POST /api/orders`.
    pub order: String,
    /// What is stored: the order in its wire form, as the server answered it.
    pub placed: Value,
    /// Where the server listens.
    pub port: u16,
    /// The server's program.
    pub binary: PathBuf,
    /// A folder for files of the measurement.
    pub dir: PathBuf,
    _server: Background,
}

impl House {
    /// Migrates, seeds, serves, signs the tables in and places a first order.
    ///
    /// # Errors
    /// The first of these that fails.
    pub fn open(workspace: &Workspace, scratch: &Scratch, step: &Step) -> Result<Self> {
        scratch.cluster().ensure_database(DATABASE)?;
        let dir = workspace.target.join("bench");
        fs::create_dir_all(dir.join("media"))?;
        spa::web_dir(workspace, &dir.join("web"))?;
        let binary = workspace.server("release");
        let (server, port) = serve(&binary, &dir, &scratch.cluster().url(DATABASE))?;
        let mut client = Client::open(port)?;
        let signed_in: Vec<_> =
            (1..=TABLES).map(|number| sign_in(&mut client, number)).collect::<Result<_>>()?;
        let first = signed_in.first().context("no table is signed in")?;
        let store = text(first, "/store/id")?;
        let tables: Vec<_> = signed_in.iter().map(table).collect::<Result<_>>()?;
        let order = compose(&mut client, &tables[0])?;
        let placed =
            client.json("POST", "/api/orders", &order_headers(&tables[0], &mut Random::new()?), &order)?;
        step.outcome(format!("{} tables, port {port}", tables.len()));
        Ok(Self { store, tables, order, placed, port, binary, dir, _server: server })
    }
}

/// The headers of one order, with a key of its own.
#[must_use]
pub fn order_headers(table: &Table, random: &mut Random) -> String {
    format!("{}{JSON}Idempotency-Key: {}\r\n", table.header, random.uuid())
}

fn serve(binary: &Path, dir: &Path, database: &str) -> Result<(Background, u16)> {
    let port = http::free_port()?;
    let secret = fingerprint::hex(&Random::new()?.bytes());
    let prepare = |mut command: std::process::Command| {
        command
            .current_dir(dir)
            .env("DATABASE_URL", database)
            .env("LISTEN_ADDR", format!("127.0.0.1:{port}"))
            .env("WEB_DIR", dir.join("web"))
            .env("MEDIA_URL", format!("file://{}", dir.join("media").display()))
            .env("TABLEORDER_ENV", "local")
            .env("BCRYPT_COST", "4")
            // A few tables stand for many.
            .env("RATE_LIMIT_CALLER", "1000000")
            .env("RATE_LIMIT_ADDRESS", "1000000")
            .env("JWT_SECRET", &secret)
            .env_remove("METRICS_ADDR");
        command
    };
    for task in ["migrate", "seed-demo"] {
        proc::capture(prepare(plain(binary)).arg(task))?;
    }
    let mut command = prepare(background::tied_to_us(binary, "TERM"));
    let mut server =
        Background::start("the server", command.arg("serve"), &dir.join("server.log"), Signal::SIGTERM)?;
    server.wait_for(port, "/health/ready")?;
    Ok((server, port))
}

/// The password of a table of the demo store.
#[must_use]
pub fn password(number: usize) -> String {
    format!("TABLE{number:03}")
}

/// Signs a device in.
///
/// # Errors
/// When the login is refused.
pub fn sign_in(client: &mut Client, number: usize) -> Result<Value> {
    let body = json!({"store": "demo", "table_number": number.to_string(), "password": password(number)});
    client.json("POST", "/api/auth/table-login", JSON, &body.to_string())
}

/// Signs the manager in: the header of the token.
///
/// # Errors
/// When the login is refused.
pub fn sign_in_manager(client: &mut Client) -> Result<String> {
    let body = json!({"store": "demo", "username": "admin", "password": "admin123"});
    bearer(&client.json("POST", "/api/auth/admin-login", JSON, &body.to_string())?)
}

fn bearer(signed_in: &Value) -> Result<String> {
    Ok(format!("Authorization: Bearer {}\r\n", text(signed_in, "/token")?))
}

/// The signed-in table of a login's answer.
///
/// # Errors
/// When the answer is no login's.
pub fn table(signed_in: &Value) -> Result<Table> {
    Ok(Table { header: bearer(signed_in)?, id: text(signed_in, "/table/id")? })
}

/// Three dishes that ask nothing of the guest.
fn compose(client: &mut Client, table: &Table) -> Result<String> {
    let menu = client.json("GET", "/api/menus", &table.header, "")?;
    let plain = |dish: &&Value| {
        let groups = dish["option_groups"].as_array().into_iter().flatten();
        dish["is_available"] == true && groups.clone().all(|group| group["min_choices"] == 0)
    };
    let dishes: Vec<_> = menu["menus"].as_array().into_iter().flatten().filter(plain).take(3).collect();
    if dishes.is_empty() {
        bail!("the demo store has no dish without a required choice");
    }
    let total: i64 = dishes.iter().filter_map(|dish| dish["price"].as_i64()).map(|price| price * 2).sum();
    let items: Vec<_> = dishes.iter().map(|dish| json!({"menu_id": dish["id"], "quantity": 2})).collect();
    Ok(json!({"items": items, "expected_total": total}).to_string())
}
