//! Orders: what a guest sends, what everybody reads, and the status machine.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::calls::Call;
use crate::errors::FieldErrors;
use crate::tables::BoardTable;
use crate::{ErrorCode, MenuId, Money, OptionId, OrderId, SessionId, TableId, text, text_enum};

/// Lines in one order, at most.
pub const MAX_LINES: usize = 50;
/// Of one line, at most.
pub const MAX_QUANTITY: u32 = 99;
/// Options on one line, at most.
pub const MAX_OPTIONS: usize = 50;

/// Where an order stands. It moves forward one step at a time; `recall` is the one way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OrderStatus {
    /// 대기중: nobody has begun.
    Pending,
    /// 준비중: being made.
    Preparing,
    /// 완료: brought to the table.
    Completed,
}

text_enum!(OrderStatus { Pending => "pending", Preparing => "preparing", Completed => "completed" });

impl OrderStatus {
    /// The one status that may follow.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Pending => Some(Self::Preparing),
            Self::Preparing => Some(Self::Completed),
            Self::Completed => None,
        }
    }

    /// The status that a recall goes back to.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        match self {
            Self::Pending => None,
            Self::Preparing => Some(Self::Pending),
            Self::Completed => Some(Self::Preparing),
        }
    }
}

/// `POST /api/orders`, with an `Idempotency-Key` header. Store, table and session come from the credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOrder {
    /// 1 to 50 lines.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 50))]
    pub items: Vec<NewOrderItem>,
    /// A word to the kitchen for the whole order, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub note: Option<String>,
    /// What the guest saw as the total. If it no longer holds: `409 cart_changed`, nothing ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 36000))]
    pub expected_total: Option<Money>,
}

/// One line of a new order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOrderItem {
    /// The dish.
    pub menu_id: MenuId,
    /// 1 to 99.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 99, example = 2))]
    pub quantity: u32,
    /// The chosen options, of every group together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub options: Vec<OptionId>,
    /// A word to the kitchen, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200, example = "파 빼 주세요"))]
    pub note: Option<String>,
}

impl NewOrder {
    /// What is wrong, before the menu is looked at.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.items.is_empty() {
            errors.add("items", ErrorCode::EmptyCart);
        } else if self.items.len() > MAX_LINES {
            errors.add("items", ErrorCode::TooLong);
        }
        if let Some(note) = &self.note {
            errors.optional_text("note", note, text::NOTE_MAX);
        }
        if self.expected_total.is_some_and(|total| !(Money::ZERO..=Money::MAX_EXACT).contains(&total)) {
            errors.add("expected_total", ErrorCode::OutOfRange);
        }
        for (line, item) in self.items.iter().take(MAX_LINES).enumerate() {
            if !(1..=MAX_QUANTITY).contains(&item.quantity) {
                errors.add(format!("items[{line}].quantity"), ErrorCode::OutOfRange);
            }
            if item.options.len() > MAX_OPTIONS {
                errors.add(format!("items[{line}].options"), ErrorCode::TooManyOptions);
            }
            if let Some(note) = &item.note {
                errors.optional_text(&format!("items[{line}].note"), note, text::NOTE_MAX);
            }
        }
        errors
    }
}

/// An order as everybody reads it. Names and prices are those of the moment it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// The order.
    pub id: OrderId,
    /// `ORD-YYYYMMDD-NNNN`: business date and its gap-free sequence.
    #[cfg_attr(feature = "openapi", schema(example = "ORD-20261122-0042"))]
    pub order_number: String,
    /// The table that ordered.
    pub table_id: TableId,
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(example = "7"))]
    pub table_number: String,
    /// The stay that it belongs to.
    pub session_id: SessionId,
    /// Where it stands.
    pub status: OrderStatus,
    /// The sum of the items' subtotals.
    pub total_amount: Money,
    /// A word to the kitchen for the whole order.
    pub note: Option<String>,
    /// When it was placed, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub created_at: DateTime<Utc>,
    /// When it last changed, UTC.
    #[serde(deserialize_with = "crate::instant::read")]
    pub updated_at: DateTime<Utc>,
    /// When a manager first confirmed having seen it, UTC.
    #[serde(default, deserialize_with = "crate::instant::read_optional")]
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// The lines, in the order in which they were sent.
    pub items: Vec<OrderItem>,
}

/// Orders of one stay, at most. `place_order` knows it too.
pub const MAX_OF_SESSION: usize = 200;

impl Order {
    /// The number as people say it: the sequence alone, `0042`.
    #[must_use]
    pub fn short_number(&self) -> &str {
        self.order_number.rsplit('-').next().unwrap_or(&self.order_number)
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderItem {
    /// The dish, for ordering it again; what was ordered is below.
    pub menu_id: MenuId,
    /// Its name at that moment.
    #[cfg_attr(feature = "openapi", schema(example = "소불고기"))]
    pub menu_name: String,
    /// Its price at that moment, without options.
    pub menu_price: Money,
    /// 1 to 99.
    pub quantity: u32,
    /// The chosen options.
    pub options: Vec<OrderItemOption>,
    /// A word to the kitchen.
    pub note: Option<String>,
    /// (price + options) × quantity.
    pub subtotal: Money,
}

/// A chosen option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderItemOption {
    /// The option, for ordering it again.
    pub option_id: OptionId,
    /// The question.
    #[cfg_attr(feature = "openapi", schema(example = "맵기"))]
    pub group_name: String,
    /// The answer.
    #[cfg_attr(feature = "openapi", schema(example = "보통맛"))]
    pub name: String,
    /// What it added to the price of one.
    pub price: Money,
}

/// `GET /api/orders`: the current session's orders, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderPage {
    /// This page.
    pub orders: Vec<Order>,
    /// `?cursor=` of the next page; absent on the last.
    pub next_cursor: Option<String>,
    /// The sum of ALL orders of the session, not only of this page.
    pub total_amount: Money,
}

/// `GET /api/admin/orders`: everything the board shows, as of one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardSnapshot {
    /// Orders of open sessions, newest first.
    pub orders: Vec<Order>,
    /// Every table, free ones too, by number.
    pub tables: Vec<BoardTable>,
    /// Open calls, oldest first.
    pub calls: Vec<Call>,
    /// The event stream goes on from here: `Last-Event-ID`.
    #[cfg_attr(feature = "openapi", schema(example = 1807))]
    pub last_event_id: i64,
}

/// `PUT /api/admin/orders/{id}/status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusChange {
    /// The next status.
    pub status: OrderStatus,
}

/// `POST /api/admin/orders/{id}/recall`: from where, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recall {
    /// The status that the manager saw. If the order has another one by now: `409 status_conflict`, nothing is changed.
    /// Absent: whatever it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<OrderStatus>,
    /// At most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200, example = "잘못 눌렀어요"))]
    pub reason: Option<String>,
}

impl Recall {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        reason_faults(self.reason.as_deref())
    }
}

fn reason_faults(reason: Option<&str>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if let Some(reason) = reason {
        errors.optional_text("reason", reason, text::REASON_MAX);
    }
    errors
}

/// The optional body of a deletion: why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// At most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200, example = "잘못 눌렀어요"))]
    pub reason: Option<String>,
}

impl Reason {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        reason_faults(self.reason.as_deref())
    }
}

/// One difference between the cart and today's menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CartChange {
    /// The line of the request, from 0.
    pub line: usize,
    /// The dish.
    pub menu_id: MenuId,
    /// Its name today, if it is still known.
    pub menu_name: Option<String>,
    /// What is different.
    pub kind: CartChangeKind,
    /// What one costs today, with the options that remain.
    pub current_price: Option<Money>,
}

/// How a cart line differs from today's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CartChangeKind {
    /// The dish is no longer on the menu.
    Gone,
    /// The dish is sold out.
    SoldOut,
    /// A chosen option is no longer offered, or a question was added or changed.
    OptionsChanged,
    /// The total is not what the guest saw: a price changed.
    Repriced,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_moves_one_step() {
        assert_eq!(OrderStatus::Pending.next(), Some(OrderStatus::Preparing));
        assert_eq!(OrderStatus::Preparing.next(), Some(OrderStatus::Completed));
        assert_eq!(OrderStatus::Completed.next(), None);
        for status in OrderStatus::ALL {
            assert_eq!(status.next().and_then(OrderStatus::previous), status.next().map(|_| *status));
        }
    }

    #[test]
    fn bounds_of_a_new_order() {
        let item = |quantity| NewOrderItem {
            menu_id: uuid::Uuid::nil().into(),
            quantity,
            options: vec![],
            note: None,
        };
        let order = |items| NewOrder { items, note: None, expected_total: None };
        assert_eq!(order(vec![]).check().of("items"), Some(ErrorCode::EmptyCart));
        assert!(order(vec![item(1), item(99)]).check().is_empty());
        assert_eq!(
            order(vec![item(1), item(0)]).check().of("items[1].quantity"),
            Some(ErrorCode::OutOfRange)
        );
        assert_eq!(order(vec![item(100)]).check().of("items[0].quantity"), Some(ErrorCode::OutOfRange));
        assert_eq!(order(vec![item(1); 51]).check().of("items"), Some(ErrorCode::TooLong));
    }
}
