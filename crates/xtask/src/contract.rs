//! The server against its own description: schemathesis sends what `openapi.json` allows and what it forbids, as
//! a manager and as a table, and looks whether the answers are those that it promises.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;
use serde_json::{Value, json};

use crate::background::{self, Background};
use crate::http::{self, Client, text};
use crate::pg::scratch::Scratch;
use crate::proc;
use crate::workspace::Workspace;

const DATABASE: &str = "contract";
/// Of the manager and of the table that the run signs in with; `schemathesis.toml` repeats it.
const PASSWORD: &str = "contract-password";
/// No limit in a run of seconds.
const PLENTY: &str = "1000000";

/// Serves the demo stores and runs everything in `e2e/contract` against them.
///
/// # Errors
/// When the server does not open, or does not do what its description says.
pub fn check(workspace: &Workspace, scratch: &Scratch, programs: &Path) -> Result<()> {
    let dir = workspace.target.join(DATABASE);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("media"))?;
    scratch.cluster().ensure_database(DATABASE)?;
    let port = http::free_port()?;
    let program = workspace.server("debug");
    let database = scratch.cluster().url(DATABASE);
    let prepare = |mut command: Command| {
        command
            .current_dir(&dir)
            .env("DATABASE_URL", &database)
            .env("LISTEN_ADDR", format!("127.0.0.1:{port}"))
            .env("MEDIA_URL", format!("file://{}", dir.join("media").display()))
            .env("TABLEORDER_ENV", "local")
            .env("BCRYPT_COST", "4")
            .env("RATE_LIMIT_CALLER", PLENTY)
            .env("RATE_LIMIT_ADDRESS", PLENTY)
            .env("RATE_LIMIT_REPORTS", PLENTY)
            .env("LOG_LEVEL", "warn")
            .env_remove("JWT_SECRET")
            .env_remove("METRICS_ADDR")
            .env_remove("WEB_DIR");
        command
    };
    for task in ["migrate", "seed-demo"] {
        proc::capture(prepare(Command::new(&program)).arg(task))?;
    }
    let manager = ["admin", "create", "--store", "demo", "--username", "contract"];
    say(prepare(Command::new(&program)).args(manager), PASSWORD)?;
    let mut serve = prepare(background::tied_to_us(&program, "TERM"));
    let log = dir.join("server.log");
    let mut server = Background::start("the server", serve.arg("serve"), &log, Signal::SIGTERM)?;
    server.wait_for(port, "/health/ready")?;
    let mut run = Command::new(programs.join("schemathesis"));
    run.current_dir(workspace.root.join("e2e/contract"))
        .args(["--config-file", "schemathesis.toml", "run"])
        .arg(format!("http://127.0.0.1:{port}/api/openapi.json"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .envs(known(&mut Client::open(port)?)?);
    proc::run(&mut run).with_context(|| format!("the server's log is {}", log.display()))?;
    server.check()
}

/// Runs a command that reads one line.
fn say(command: &mut Command, line: &str) -> Result<()> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().context("no way to talk to the program")?.write_all(line.as_bytes())?;
    let status = child.wait()?;
    if !status.success() {
        bail!("the manager of the run could not be made ({status})");
    }
    Ok(())
}

/// What the fuzzer cannot find out: a token, whose it is, and things that exist.
fn known(client: &mut Client) -> Result<[(&'static str, String); 6]> {
    let json = "Content-Type: application/json\r\n";
    let login = json!({"store": "demo", "username": "contract", "password": PASSWORD});
    let signed_in = client.json("POST", "/api/auth/admin-login", json, &login.to_string())?;
    let token = text(&signed_in, "/token")?;
    // The demo's own manager signs out again and again.
    let leaver = json!({"store": "demo", "username": "admin", "password": "admin123"});
    let leaver = client.json("POST", "/api/auth/admin-login", json, &leaver.to_string())?;
    let admin = format!("{json}Authorization: Bearer {token}\r\n");
    let table = json!({"table_number": "contract", "password": PASSWORD});
    let table = client.json("POST", "/api/admin/tables", &admin, &table.to_string())?;
    let menu = client.json("GET", "/api/admin/menus", &admin, "")?;
    let dishes = || menu["menus"].as_array().into_iter().flatten();
    let plain = |dish: &&Value| dish["is_available"] == true && dish["option_groups"].is_null();
    let plain = dishes().find(plain).context("the demo has no dish without options")?;
    let picture = dishes().find_map(|dish| dish["image_url"].as_str()?.rsplit('/').next());
    let (category, dish) = (text(plain, "/category_id")?, text(plain, "/id")?);
    let own = [text(&signed_in, "/user/id")?, text(&table, "/id")?, category.clone(), dish.clone()];
    Ok([
        ("CONTRACT_ADMIN", token),
        ("CONTRACT_LEAVER", text(&leaver, "/token")?),
        ("CONTRACT_OWN", own.join(",")),
        ("CONTRACT_CATEGORY", category),
        ("CONTRACT_MENU", dish),
        ("CONTRACT_PICTURE", picture.context("the demo has no pictures")?.to_owned()),
    ])
}
