//! Small orders, tables and calls for the tests of this folder.

use chrono::{DateTime, TimeDelta, Utc};
use shared_types::calls::{Call, CallKind};
use shared_types::history::{PastOrder, PastSession};
use shared_types::menu::{Menu, Translations};
use shared_types::orders::{BoardSnapshot, Order, OrderItem, OrderStatus};
use shared_types::tables::{BoardTable, TableSession};
use shared_types::{Money, TableId};
use uuid::Uuid;

/// A moment, in minutes after a fixed one.
pub fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(1_000_000 + minutes)
}

pub fn table_id(number: u32) -> TableId {
    Uuid::from_u128(0xa000 + u128::from(number)).into()
}

pub fn table(number: u32) -> BoardTable {
    BoardTable { id: table_id(number), table_number: number.to_string(), session: None }
}

pub fn seated(number: u32, session: u32, minutes: i64) -> BoardTable {
    let session = TableSession {
        id: Uuid::from_u128(0xb000 + u128::from(session)).into(),
        opened_at: at(minutes),
        last_order_at: at(minutes),
    };
    BoardTable { session: Some(session), ..table(number) }
}

pub fn item(name: &str, quantity: u32, price: i64) -> OrderItem {
    OrderItem {
        menu_id: Uuid::from_u128(0xd000).into(),
        menu_name: name.to_owned(),
        menu_price: Money(price),
        quantity,
        options: vec![],
        note: None,
        subtotal: Money(price * i64::from(quantity)),
    }
}

/// Order `number` of `session` at `table`, placed at a minute.
pub fn order(number: u32, table: u32, session: u32, minutes: i64) -> Order {
    Order {
        id: Uuid::from_u128(0xc000 + u128::from(number)).into(),
        order_number: format!("ORD-20261122-{number:04}"),
        table_id: table_id(table),
        table_number: table.to_string(),
        session_id: Uuid::from_u128(0xb000 + u128::from(session)).into(),
        status: OrderStatus::Pending,
        total_amount: Money(i64::from(number) * 1000),
        note: None,
        created_at: at(minutes),
        updated_at: at(minutes),
        acknowledged_at: None,
        items: vec![item("소불고기", 1, i64::from(number) * 1000)],
    }
}

/// An ended stay with one order, which cost `number` thousand.
pub fn stay(number: u32) -> PastSession {
    let order = order(number, 1, number, 0);
    PastSession {
        session_id: order.session_id,
        opened_at: at(0),
        completed_at: at(60),
        total_amount: order.total_amount,
        orders: vec![PastOrder {
            id: order.id,
            order_number: order.order_number,
            business_date: at(0).date_naive(),
            table_number: order.table_number,
            status: OrderStatus::Completed,
            total_amount: order.total_amount,
            note: None,
            ordered_at: at(0),
            items: order.items,
        }],
    }
}

pub fn call(number: u32, table: u32, minutes: i64) -> Call {
    Call {
        id: Uuid::from_u128(0xe000 + u128::from(number)).into(),
        table_id: table_id(table),
        table_number: table.to_string(),
        kind: CallKind::Water,
        note: None,
        created_at: at(minutes),
        acknowledged_at: None,
    }
}

pub fn snapshot(tables: Vec<BoardTable>, orders: Vec<Order>, last_event_id: i64) -> BoardSnapshot {
    BoardSnapshot { orders, tables, calls: vec![], last_event_id }
}

/// A dish without anything special.
pub fn menu(number: u32, price: i64, is_available: bool) -> Menu {
    Menu {
        id: Uuid::from_u128(0xd000 + u128::from(number)).into(),
        category_id: Uuid::from_u128(0xf000).into(),
        name: format!("메뉴 {number}"),
        description: None,
        translations: Translations::new(),
        price: Money(price),
        image_url: None,
        is_available,
        badges: vec![],
        spicy_level: 0,
        allergens: vec![],
        option_groups: vec![],
    }
}
