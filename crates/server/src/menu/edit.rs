//! What every change of the menu has in common: one transaction, the audit log, a new version of the menu,
//! and the news to every open app.

use chrono::{DateTime, Utc};
use db::PgConnection;
use db::audit::Row;
use serde::Serialize;
use shared_types::StoreId;
use shared_types::menu::MenuBoard;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::app::AppState;
use crate::auth::{AdminCaller, Change};
use crate::error::{AppError, Result};

/// The whole menu as managers see it, sold-out dishes included, with picture URLs.
pub(super) struct Everything(pub MenuBoard);

impl Everything {
    pub async fn read(conn: &mut PgConnection, store: StoreId) -> Result<Self> {
        let board = db::menu::board(conn, store).await?;
        let mut board = board.ok_or_else(|| AppError::internal("a token without a store"))?;
        for menu in &mut board.menus {
            menu.image_url = menu.image_url.take().map(|key| crate::media::url_of(&key));
        }
        Ok(Self(board))
    }
}

/// A change of the menu under way.
pub(super) struct Edit<'a> {
    pub tx: Transaction<'static, Postgres>,
    pub now: DateTime<Utc>,
    state: &'a AppState,
    caller: &'a AdminCaller,
}

impl<'a> Edit<'a> {
    pub async fn begin(state: &'a AppState, caller: &'a AdminCaller) -> Result<Self> {
        Ok(Self { tx: state.pool.begin().await?, now: state.clock.now(), state, caller })
    }

    /// Audits, raises the menu's version, commits and tells everybody. Answers the new version.
    pub async fn finish<T: Serialize + Send + Sync>(
        mut self,
        action: &str,
        entity: &str,
        id: Uuid,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<i64> {
        let change = Change { action, entity, id, before, after, reason: None };
        self.caller.record(&mut self.tx, change, self.now).await?;
        self.close().await
    }

    /// The same for many changes at once.
    pub async fn finish_all(mut self, entity: &str, rows: Vec<Row>) -> Result<i64> {
        self.caller.record_all(&mut self.tx, entity, &rows, self.now).await?;
        self.close().await
    }

    async fn close(mut self) -> Result<i64> {
        let version = db::menu::touch(&mut self.tx, self.caller.store, self.now).await?;
        self.tx.commit().await?;
        self.state.menus.expire(self.caller.store, version);
        self.state.events.changed(self.caller.store);
        Ok(version)
    }
}
