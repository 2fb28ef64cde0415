//! The same orders by `pgbench`: the same SQL function with the same order, no HTTP and no checks before it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::house::{DATABASE, House};
use super::load::{Load, Round};
use super::plain;
use crate::pg::cluster::USER;
use crate::pg::scratch::Scratch;
use crate::proc;

/// The script, ready to run.
#[derive(Debug)]
pub struct Script {
    program: PathBuf,
    socket_dir: PathBuf,
    dir: PathBuf,
    file: PathBuf,
}

/// Fails early where the programs came without `pgbench`.
///
/// # Errors
/// What to install.
pub fn ensure(scratch: Scratch) -> Result<Scratch> {
    let program = scratch.binaries().program("pgbench");
    if program.is_file() {
        return Ok(scratch);
    }
    bail!("{} is missing: type `sudo apt-get install postgresql postgresql-contrib`", program.display())
}

impl Script {
    /// Writes it.
    ///
    /// # Errors
    /// When the database lacks what they name.
    pub fn write(scratch: &Scratch, house: &House) -> Result<Self> {
        let dir = house.dir.join("pgbench");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir)?;
        let mut connection = scratch.cluster().connect(DATABASE)?;
        let mut one = |sql: String| -> Result<String> {
            let rows = connection.query(&sql)?;
            rows.into_iter()
                .next()
                .and_then(|row| row.into_iter().next()?)
                .with_context(|| format!("nothing found: {sql}"))
        };
        let store = &house.store;
        let version = one(format!("SELECT menu_version FROM stores WHERE id = '{store}'"))?;
        let (mut tables, mut devices) = (Vec::new(), Vec::new());
        for table in &house.tables {
            let id = &table.id;
            devices
                .push(one(format!("SELECT id FROM devices WHERE table_id = '{id}' AND revoked_at IS NULL"))?);
            tables.push(id.clone());
        }
        let file = dir.join("order.sql");
        fs::write(&file, script(store, &tables, &devices, &version, &house.placed))?;
        let program = scratch.binaries().program("pgbench");
        Ok(Self { program, socket_dir: scratch.cluster().socket_dir().to_path_buf(), dir, file })
    }

    /// One round with as many clients.
    ///
    /// # Errors
    /// When pgbench fails or an order does.
    pub fn round(&self, load: &Load) -> Result<Round> {
        let log = self.dir.join("log");
        let mut command = plain(&self.program);
        command
            .current_dir(&self.dir)
            .args(["-n", "-M", "prepared", "-j", "2", "-l"])
            .arg("--log-prefix")
            .arg(&log);
        command.args(["-c", &load.connections.to_string(), "-T", &load.time.as_secs().to_string()]);
        command.arg("-f").arg(&self.file).arg("-h").arg(&self.socket_dir).args(["-U", USER, DATABASE]);
        let said = proc::capture(&mut command)?;
        let rate = tps(&said).with_context(|| format!("pgbench did not say how fast it was:\n{said}"))?;
        Ok(Round { rate, latencies: self.take_latencies(&log)? })
    }

    fn take_latencies(&self, prefix: &Path) -> Result<Vec<Duration>> {
        let prefix = prefix.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut latencies = Vec::new();
        for entry in fs::read_dir(&self.dir)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(&format!("{prefix}.")) {
                latencies.extend(fs::read_to_string(entry.path())?.lines().filter_map(latency));
                fs::remove_file(entry.path())?;
            }
        }
        Ok(latencies)
    }
}

/// The statement that the server sends. As over HTTP, each client is one table. An order that is not placed ends
/// the run with a division by zero.
fn script(store: &str, tables: &[String], devices: &[String], version: &str, placed: &Value) -> String {
    let mut order = placed.clone();
    if let Some(fields) = order.as_object_mut() {
        for name in ["id", "table_id", "order_number", "session_id", "created_at", "updated_at"] {
            fields.remove(name);
        }
    }
    // pgbench takes a colon before a letter or digit for a variable, in quotes too.
    let rest = order.to_string().replace("\":", "\": ").replace('\'', "''");
    let rest = rest.strip_prefix('{').unwrap_or(&rest);
    let own = |ids: &[String]| format!("('{{{}}}'::uuid[])[1 + :client_id % {}]", ids.join(","), ids.len());
    let (table, device) = (own(tables), own(devices));
    format!(
        "SELECT 1 / (p.outcome = 'placed')::int FROM place_order('{store}', {table}, {device}, gen_random_uuid(), \
         sha256('bench'), {version}, ('{{\"id\": \"' || gen_random_uuid() || '\", \"table_id\": \"' || {table} || \
         '\", \"created_at\": \"' || now() || '\", \"updated_at\": \"' || now() || '\", {rest}')::jsonb, \
         gen_random_uuid(), now()) AS p;\n"
    )
}

fn tps(said: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.starts_with("tps = "))?;
    line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok()
}

/// The time in a log's line: `client transaction microseconds script …`.
fn latency(line: &str) -> Option<Duration> {
    line.split(' ').nth(2)?.parse().ok().map(Duration::from_micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_pgbench_says() {
        let said = "latency average = 1.2 ms\ntps = 1234.567890 (without initial connection time)\n";
        assert!((tps(said).unwrap() - 1_234.567_89).abs() < 1e-6);
        assert_eq!(latency("0 1 2503 0 1700000000 123456"), Some(Duration::from_micros(2503)));
        assert_eq!(latency("0 1 failed 0"), None);
    }

    #[test]
    fn no_colon_looks_like_a_variable() {
        let placed =
            serde_json::json!({"id": "x", "note": null, "total_amount": 9000, "items": [{"quantity": 2}]});
        let script = script("s", &["t".into()], &["d".into()], "4", &placed);
        let casts_gone = script.replace("::", "").replace(":client_id", "");
        let bad = casts_gone
            .match_indices(':')
            .any(|(at, _)| casts_gone[at + 1..].starts_with(char::is_alphanumeric));
        assert!(!bad, "{script}");
        assert!(script.contains("\"total_amount\": 9000") && !script.contains("\"x\""));
    }
}
