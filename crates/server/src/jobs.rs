//! What the server does by itself: ends sessions whose time is over, writes when devices were last
//! seen, removes old events and pictures that nobody needs,
//! makes partitions.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::app::AppState;
use crate::auth::revocations::Revocations;
use crate::auth::seen;
use crate::media;

/// Events can be replayed for so long; answers to idempotency keys are kept as long.
const KEEP_EVENTS: TimeDelta = TimeDelta::hours(48);

/// The minute of each hour, from the start, in which pictures are tidied up: a start has enough to do.
const PICTURES_AT: u64 = 5;

/// Sweeps sessions and writes down which devices were there each minute, and tidies up each hour, until the server stops.
pub async fn run(state: Arc<AppState>) {
    let mut stopping = state.stopping.subscribe();
    let mut minute: u64 = 0;
    loop {
        if let Err(error) = sweep(&state).await {
            tracing::warn!(error.cause = %error, "sessions could not be swept");
        }
        if let Err(error) = seen::write(&state).await {
            tracing::warn!(error.cause = %error, "when devices were last seen could not be written");
        }
        state.limits.tidy();
        if minute.is_multiple_of(60)
            && let Err(error) = tidy(&state).await
        {
            tracing::warn!(error.cause = %error, "old events could not be removed");
        }
        if minute % 60 == PICTURES_AT {
            match media::tidy::run(&state).await {
                Ok(done) => tracing::info!(
                    pictures.forgotten = done.forgotten,
                    pictures.removed = done.removed,
                    "pictures tidied up"
                ),
                Err(error) => tracing::warn!(error.cause = %error, "unused pictures could not be removed"),
            }
        }
        minute += 1;
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
            _ = stopping.wait_for(|stopping| *stopping) => break,
        }
    }
    // The last minute's; a stop does not fail for it.
    drop(seen::write(&state).await);
}

/// Ends the sessions whose time is over; their orders move to history. Answers how many.
///
/// # Errors
/// Database errors only.
pub async fn sweep(state: &AppState) -> db::Result<usize> {
    let now = state.clock.now();
    let overdue = db::sessions::overdue(&mut *state.pool.acquire().await?, now).await?;
    let mut closed = 0;
    for session in overdue {
        let mut conn = state.pool.acquire().await?;
        match db::sessions::close_overdue(&mut conn, &session, now).await {
            Ok(true) => {
                tracing::info!(store = %session.store, session = %session.id, reason = %session.reason, "session ended");
                state.events.changed(session.store);
                closed += 1;
            }
            Ok(false) => {}
            // One that cannot be ended must not keep the others open.
            Err(error) => {
                tracing::error!(store = %session.store, session = %session.id, error.cause = %error, "session could not be ended")
            }
        }
    }
    let open = db::sessions::open_count(&mut *state.pool.acquire().await?).await?;
    metrics::gauge!(crate::metrics::TABLES_OPEN).set(u32::try_from(open).unwrap_or(u32::MAX));
    Ok(closed)
}

async fn tidy(state: &AppState) -> db::Result<()> {
    let now = state.clock.now();
    let mut conn = state.pool.acquire().await?;
    let made = db::sessions::ensure_history_partitions(&mut conn, now).await?;
    let removed = db::events::remove_before(&mut conn, now - KEEP_EVENTS).await?;
    let ended = db::auth::forget_revocations(&mut conn, Revocations::horizon(now)).await?;
    tracing::info!(
        partitions.made = made,
        rows.removed = removed,
        revocations.forgotten = ended,
        "tidied up"
    );
    Ok(())
}
