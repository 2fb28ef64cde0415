//! Removes pictures that nobody needs: first the note that a store has one, then the files that nobody notes.

use chrono::TimeDelta;
use tokio::time::{Duration, timeout};

use crate::app::AppState;
use crate::error::{AppError, Result};

/// A picture is kept for so long after an upload, and after the last dish that named it.
const KEEP_UNUSED: TimeDelta = TimeDelta::hours(24);
/// Keys that the database is asked about at once.
const BATCH: usize = 500;
/// How long removing one picture may take; a transaction waits for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a run has done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tidied {
    /// Pictures that stores have no longer.
    pub forgotten: u64,
    /// Pictures whose files are gone.
    pub removed: usize,
}

/// Tidies up. Several instances may do so at the same time.
///
/// # Errors
/// Database errors; `unavailable` when the place for pictures is away. What is left over is removed the next time.
pub async fn run(state: &AppState) -> Result<Tidied> {
    let now = state.clock.now();
    let before = now - KEEP_UNUSED;
    let forgotten = db::media::forget_unused(&mut *state.pool.acquire().await?, before, now).await?;
    let keys: Vec<String> = state.media.keys_before(before).await?.into_iter().collect();
    let mut removed = 0;
    for batch in keys.chunks(BATCH) {
        let orphans = db::media::orphans(&mut *state.pool.acquire().await?, batch).await?;
        for key in orphans {
            removed += usize::from(remove(state, &key).await?);
        }
    }
    Ok(Tidied { forgotten, removed })
}

/// Removes the files of a picture that is still nobody's. Until it is done, an upload of the same picture waits, and
/// then writes them anew.
async fn remove(state: &AppState, key: &str) -> Result<bool> {
    let mut tx = state.pool.begin().await?;
    let orphan = db::media::lock_orphan(&mut tx, key).await?;
    if orphan {
        timeout(PATIENCE, state.media.remove(key)).await.map_err(AppError::internal)??;
    }
    tx.commit().await?;
    Ok(orphan)
}
