//! Calling staff.

use chrono::{DateTime, Utc};
use shared_types::calls::{Call, NewCall};
use shared_types::{CallId, StoreId, TableId, UserId};

use crate::{PgConnection, Result, parse};

struct CallRow {
    id: CallId,
    table_id: TableId,
    table_number: String,
    kind: String,
    note: Option<String>,
    created_at: DateTime<Utc>,
    acknowledged_at: Option<DateTime<Utc>>,
}

impl CallRow {
    fn into_call(self) -> Result<Call> {
        Ok(Call {
            id: self.id,
            table_id: self.table_id,
            table_number: self.table_number,
            kind: parse(&self.kind)?,
            note: self.note,
            created_at: self.created_at,
            acknowledged_at: self.acknowledged_at,
        })
    }
}

/// Opens a call, or answers the open one of the same kind. True: it is new.
///
/// # Errors
/// Database errors only.
pub async fn open(
    conn: &mut PgConnection,
    store: StoreId,
    table: TableId,
    id: CallId,
    call: &NewCall,
    now: DateTime<Utc>,
) -> Result<(Call, bool)> {
    let inserted = sqlx::query!(
        "INSERT INTO calls (store_id, id, table_id, kind, note, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (store_id, table_id, kind) WHERE acknowledged_at IS NULL DO NOTHING",
        store.0,
        id.0,
        table.0,
        call.kind.as_str(),
        call.note,
        now,
    )
    .execute(&mut *conn)
    .await?;
    let row = sqlx::query_as!(
        CallRow,
        r#"SELECT c.id AS "id: CallId", c.table_id AS "table_id: TableId", t.table_number, c.kind, c.note, c.created_at, c.acknowledged_at
             FROM calls c JOIN tables t ON t.store_id = c.store_id AND t.id = c.table_id
            WHERE c.store_id = $1 AND c.table_id = $2 AND c.kind = $3 AND c.acknowledged_at IS NULL"#,
        store.0,
        table.0,
        call.kind.as_str(),
    )
    .fetch_one(conn)
    .await?;
    Ok((row.into_call()?, inserted.rows_affected() == 1))
}

/// Takes a call. `None`: no such call in this store. False: it was taken before.
///
/// # Errors
/// Database errors only.
pub async fn acknowledge(
    conn: &mut PgConnection,
    store: StoreId,
    id: CallId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Option<(Call, bool)>> {
    let updated = sqlx::query!(
        "UPDATE calls SET acknowledged_at = $4, acknowledged_by = $3 WHERE store_id = $1 AND id = $2 AND acknowledged_at IS NULL",
        store.0,
        id.0,
        user.0,
        now,
    )
    .execute(&mut *conn)
    .await?;
    let row = sqlx::query_as!(
        CallRow,
        r#"SELECT c.id AS "id: CallId", c.table_id AS "table_id: TableId", t.table_number, c.kind, c.note, c.created_at, c.acknowledged_at
             FROM calls c JOIN tables t ON t.store_id = c.store_id AND t.id = c.table_id
            WHERE c.store_id = $1 AND c.id = $2"#,
        store.0,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|r| Ok((r.into_call()?, updated.rows_affected() == 1))).transpose()
}

/// The open calls, oldest first.
///
/// # Errors
/// Database errors only.
pub async fn list_open(conn: &mut PgConnection, store: StoreId) -> Result<Vec<Call>> {
    let rows = sqlx::query_as!(
        CallRow,
        r#"SELECT c.id AS "id: CallId", c.table_id AS "table_id: TableId", t.table_number, c.kind, c.note, c.created_at, c.acknowledged_at
             FROM calls c JOIN tables t ON t.store_id = c.store_id AND t.id = c.table_id
            WHERE c.store_id = $1 AND c.acknowledged_at IS NULL ORDER BY c.created_at, c.id"#,
        store.0,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(CallRow::into_call).collect()
}
