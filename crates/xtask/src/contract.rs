//! The server against its own description: schemathesis sends what `openapi.json` allows and what it forbids, as
//! a manager and as a table, and looks whether the answers are those that it promises.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::http::{Client, text};
use crate::pg::scratch::Scratch;
use crate::proc;
use crate::workspace::Workspace;

const DATABASE: &str = "contract";
/// Of the manager and of the table that the run signs in with; `schemathesis.toml` repeats it.
const PASSWORD: &str = "contract-password";

/// Serves the demo stores and runs everything in `e2e/contract` against them.
///
/// # Errors
/// When the server does not open, or does not do what its description says.
pub fn check(workspace: &Workspace, scratch: &Scratch, programs: &Path) -> Result<()> {
    let demo = Demo::open(scratch, DATABASE, &workspace.server("debug"), &workspace.target.join(DATABASE))?;
    say(demo.command("admin").args(["create", "--store", "demo", "--username", "contract"]), PASSWORD)?;
    let (mut server, port) = demo.serve_somewhere()?;
    let mut run = Command::new(programs.join("schemathesis"));
    run.current_dir(workspace.root.join("e2e/contract"))
        .args(["--config-file", "schemathesis.toml", "run"])
        .arg(format!("http://127.0.0.1:{port}/api/openapi.json"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .envs(known(&mut Client::open(port)?)?);
    proc::run(&mut run).with_context(|| format!("the server's log is {}", server.log.display()))?;
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
