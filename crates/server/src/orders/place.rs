//! Placing an order, exactly once.

use db::orders::{Placed, Placement};
use sha2::{Digest, Sha256};
use shared_types::orders::{NewOrder, Order};
use shared_types::{ErrorCode, IdempotencyKey, OrderId, SessionId};
use uuid::Uuid;

use super::pricing::{At, Refusal, price};
use crate::app::AppState;
use crate::auth::TableCaller;
use crate::error::{AppError, Result, ensure_valid};

/// How often a menu may change under one order before it is given up.
const ATTEMPTS: usize = 4;

/// Prices the cart against the menu in memory and places it: one round trip, unless the menu has just
/// changed. True: the same request was answered before and nothing new was ordered.
///
/// # Errors
/// `validation_failed`, `empty_cart`, `cart_changed`, `idempotency_conflict`, `credential_revoked`,
/// `unavailable`.
pub async fn place(
    state: &AppState,
    caller: &TableCaller,
    key: IdempotencyKey,
    request: &NewOrder,
) -> Result<(Order, bool)> {
    ensure_valid(request.check())?;
    let request_hash = hash(caller, request)?;
    for _ in 0..ATTEMPTS {
        let menu = state.menus.get(&state.pool, caller.store).await?;
        let at = At { id: OrderId(Uuid::now_v7()), table: caller.table, now: state.clock.now() };
        let priced = price(request, |id| menu.menu(id), at);
        let order = match &priced {
            Ok(order) => order,
            // The answer to a repeated request must not depend on today's menu.
            Err(_) => match replay(state, caller, key, &request_hash).await? {
                Some(order) => return Ok((order, true)),
                None if is_current(state, caller, menu.version).await? => return Err(refuse(priced)),
                None => {
                    state.menus.forget(&menu, caller.store);
                    continue;
                }
            },
        };
        let placement = Placement {
            store: caller.store,
            table: caller.table,
            device: caller.device,
            key,
            request_hash: &request_hash,
            menu_version: menu.version,
            order,
            new_session: SessionId(Uuid::now_v7()),
            now: at.now,
        };
        let placed = db::orders::place(&mut *state.pool.acquire().await?, &placement).await;
        match placed? {
            Placed::New(order, _) => {
                state.events.changed(caller.store);
                metrics::counter!(crate::metrics::ORDERS_PLACED).increment(1);
                return Ok((order, false));
            }
            Placed::Replayed(order) => return Ok((order, true)),
            Placed::KeyConflict => return Err(ErrorCode::IdempotencyConflict.into()),
            Placed::MenuChanged => state.menus.forget(&menu, caller.store),
            Placed::TooMany => return Err(ErrorCode::TooManyOrders.into()),
            Placed::Refused => return Err(ErrorCode::CredentialRevoked.into()),
        }
    }
    Err(ErrorCode::Unavailable.into())
}

/// Table and body: what must be the same for a repeated key.
fn hash(caller: &TableCaller, request: &NewOrder) -> Result<Vec<u8>> {
    let mut hasher = Sha256::new();
    hasher.update(caller.table.0.as_bytes());
    hasher.update(serde_json::to_vec(request).map_err(AppError::internal)?);
    Ok(hasher.finalize().to_vec())
}

async fn replay(
    state: &AppState,
    caller: &TableCaller,
    key: IdempotencyKey,
    request_hash: &[u8],
) -> Result<Option<Order>> {
    let known = db::orders::answered(&mut *state.pool.acquire().await?, caller.store, key).await?;
    match known {
        Some((hash, _)) if hash != request_hash => Err(ErrorCode::IdempotencyConflict.into()),
        known => Ok(known.map(|(_, order)| order)),
    }
}

/// Whether a refusal rests on today's menu and not on one that is a second old.
async fn is_current(state: &AppState, caller: &TableCaller, version: i64) -> Result<bool> {
    let positions = db::events::positions(&mut *state.pool.acquire().await?, &[caller.store.0]).await?;
    Ok(positions.iter().all(|(_, _, current)| *current == version))
}

fn refuse(priced: Result<Order, Refusal>) -> AppError {
    match priced {
        Err(Refusal::Fields(errors)) => {
            AppError::new(ErrorCode::ValidationFailed).with(|d| d.fields = errors.0)
        }
        Err(Refusal::Changed { changes, current_total }) => AppError::new(ErrorCode::CartChanged).with(|d| {
            d.changes = changes;
            d.current_total = Some(current_total);
        }),
        Ok(_) => ErrorCode::Internal.into(),
    }
}
