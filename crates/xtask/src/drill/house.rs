//! A restaurant for the drill: one table, and as many orders as it takes.

use anyhow::{Context as _, Result};

use crate::pg::wire::Connection;

const OPEN: &str = "
    WITH store AS (INSERT INTO stores (id, code, name) VALUES (gen_random_uuid(), 'drill', 'Drill') RETURNING id),
    place AS (INSERT INTO tables (store_id, id, table_number, password_hash)
        SELECT id, gen_random_uuid(), '1', repeat('x', 60) FROM store RETURNING store_id, id),
    device AS (INSERT INTO devices (store_id, id, table_id, credential_hash, created_at, last_seen_at, rotated_at, expires_at)
        SELECT store_id, gen_random_uuid(), id, sha256('x'), now(), now(), now(), now() + interval '1 day' FROM place RETURNING store_id, id, table_id)
    INSERT INTO table_sessions (store_id, id, table_id, opened_at, last_order_at)
        SELECT store_id, gen_random_uuid(), id, now(), now() FROM place";
const ORDER: &str = "
    INSERT INTO orders (store_id, id, session_id, table_id, device_id, order_number, business_date, total_amount,
                        created_at, updated_at)
    SELECT s.store_id, gen_random_uuid(), s.id, s.table_id, d.id,
           'ORD-20260101-' || lpad(((SELECT count(*) FROM orders) + n)::text, 5, '0'), '2026-01-01', 1000 + n,
           clock_timestamp(), clock_timestamp()
    FROM table_sessions s JOIN devices d USING (store_id), generate_series(1, $n) n";
/// So many in one transaction.
const BATCH: u32 = 100;

/// The open house.
#[derive(Debug)]
pub struct House(());

impl House {
    /// Opens it.
    ///
    /// # Errors
    /// What PostgreSQL answered.
    pub fn open(connection: &mut Connection) -> Result<Self> {
        connection.query(OPEN).map(|_| Self(()))
    }

    /// Places orders.
    ///
    /// # Errors
    /// What PostgreSQL answered.
    pub fn order(&self, connection: &mut Connection, count: u32) -> Result<()> {
        let mut left = count;
        while left > 0 {
            let now = left.min(BATCH);
            connection.query(&ORDER.replace("$n", &now.to_string()))?;
            left -= now;
        }
        Ok(())
    }

    /// How many orders there are, and a sum over everything that they say.
    ///
    /// # Errors
    /// What PostgreSQL answered.
    pub fn fingerprint(&self, connection: &mut Connection) -> Result<(u64, String)> {
        let sql = "SELECT count(*), coalesce(md5(string_agg(o::text, ',' ORDER BY order_number)), '') FROM orders o";
        let row = connection.query(sql)?.pop().context("no answer")?;
        let mut cells = row.into_iter().flatten();
        let count = cells.next().context("no count")?.parse()?;
        Ok((count, cells.next().context("no sum")?))
    }

    /// What must never happen.
    ///
    /// # Errors
    /// What PostgreSQL answered.
    pub fn destroy(connection: &mut Connection) -> Result<()> {
        connection.query("TRUNCATE orders CASCADE").map(|_| ())
    }
}
