//! The event stream. `id:` is the store's gap-free sequence, `event:` the kind, `data:` the JSON below.

use serde::{Deserialize, Serialize};

use crate::calls::Call;
use crate::orders::Order;
use crate::{OrderId, SessionId, TableId, text_enum};

/// The server sends a `ping` at least this often; a client that hears nothing for twice as long reconnects.
pub const HEARTBEAT_SECONDS: u64 = 15;

/// The kinds of events, as named on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EventKind {
    /// An order was placed; data: [`Order`].
    OrderCreated,
    /// Its status or acknowledgement changed; data: [`Order`].
    OrderUpdated,
    /// Staff removed it; data: [`OrderDeleted`].
    OrderDeleted,
    /// A guest calls; data: [`Call`].
    CallCreated,
    /// Someone took the call; data: [`Call`].
    CallAcknowledged,
    /// A party's stay ended; data: [`SessionClosed`].
    SessionClosed,
    /// A table was created, changed, removed, or its party moved; data: [`TableChanged`].
    TableChanged,
    /// The menu is another; data: [`MenuChanged`].
    MenuChanged,
    /// The stream cannot be continued from where the client was: fetch the snapshot again. No data, no id.
    Reset,
}

text_enum!(EventKind {
    OrderCreated => "order-created",
    OrderUpdated => "order-updated",
    OrderDeleted => "order-deleted",
    CallCreated => "call-created",
    CallAcknowledged => "call-acknowledged",
    SessionClosed => "session-closed",
    TableChanged => "table-changed",
    MenuChanged => "menu-changed",
    Reset => "reset",
});

/// Data of `order-deleted`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderDeleted {
    /// The order that is gone.
    pub order_id: OrderId,
    /// Its table.
    pub table_id: TableId,
    /// Its stay.
    pub session_id: SessionId,
}

/// Why a stay ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CloseReason {
    /// Staff finished the table.
    Finished,
    /// It was open too long (16 h unless the store says otherwise).
    Expired,
    /// Nothing was ordered for too long (2 h unless the store says otherwise).
    Idle,
}

text_enum!(CloseReason { Finished => "finished", Expired => "expired", Idle => "idle" });

/// Data of `session-closed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionClosed {
    /// The stay.
    pub session_id: SessionId,
    /// Its table.
    pub table_id: TableId,
    /// Why.
    pub reason: CloseReason,
}

/// Data of `table-changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableChanged {
    /// The table.
    pub table_id: TableId,
}

/// Data of `menu-changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuChanged {
    /// The menu's version now.
    pub version: i64,
}

/// One event, read from a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreEvent {
    /// See [`EventKind::OrderCreated`].
    OrderCreated(Order),
    /// See [`EventKind::OrderUpdated`].
    OrderUpdated(Order),
    /// See [`EventKind::OrderDeleted`].
    OrderDeleted(OrderDeleted),
    /// See [`EventKind::CallCreated`].
    CallCreated(Call),
    /// See [`EventKind::CallAcknowledged`].
    CallAcknowledged(Call),
    /// See [`EventKind::SessionClosed`].
    SessionClosed(SessionClosed),
    /// See [`EventKind::TableChanged`].
    TableChanged(TableChanged),
    /// See [`EventKind::MenuChanged`].
    MenuChanged(MenuChanged),
    /// See [`EventKind::Reset`].
    Reset,
}
