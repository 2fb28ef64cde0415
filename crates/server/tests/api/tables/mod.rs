//! Tables: setting them up, finishing and moving parties, their history and their devices.

mod devices;
mod fleet;
mod history;
mod manage;
mod races;
mod sessions;

use shared_types::TableId;
use shared_types::tables::{AdminTable, CompletedSession, TableList};
use test_support::AdminClient;

const TABLES: &str = "/api/admin/tables";

fn path(table: TableId) -> String {
    format!("{TABLES}/{table}")
}

/// A table as the manager's list shows it.
async fn shown(admin: &AdminClient, table: TableId) -> AdminTable {
    let list: TableList = admin.get(TABLES).await.json(200);
    list.tables.into_iter().find(|t| t.id == table).expect("not in the list")
}

async fn finish(admin: &AdminClient, table: TableId) -> CompletedSession {
    admin.press(&format!("{}/complete", path(table))).await.json(200)
}
