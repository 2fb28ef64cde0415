//! What the guests do, at a table that exists only for this walk.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::manager::SOON;
use super::{Visit, answered};
use crate::curl::Request;
use crate::http::text;
use crate::stream::Stream;

/// Sets up a table and signs it in.
///
/// # Errors
/// When either is refused.
pub fn sign_in(visit: &mut Visit) -> Result<String> {
    let mark = visit.random.uuid();
    let (number, password) = (format!("smoke-{}", &mark[..8]), mark);
    let table = json!({"table_number": number, "password": password});
    let table = visit.as_manager("POST", "/api/admin/tables", Some(&table), 201)?;
    let id = text(&table, "/id").or_else(|_| text(&table, "/table/id"))?;
    visit.litter.push(("DELETE", format!("/api/admin/tables/{id}")));
    visit.litter.push(("POST", format!("/api/admin/tables/{id}/complete")));
    let login = json!({"store": visit.args.store, "table_number": number, "password": password});
    let login = visit.as_table("POST", "/api/auth/table-login", Some(&login), 200)?;
    visit.table = format!("Authorization: Bearer {}", text(&login, "/token")?);
    visit.screen = Some(Stream::open(format!("{}/api/events", visit.guests), &[&visit.table], &visit.trust)?);
    Ok(format!("{number}, its events are open"))
}

/// Reads the menu and chooses a dish; makes one where there is none.
///
/// # Errors
/// When there is no menu, and none can be made.
pub fn menu(visit: &mut Visit) -> Result<String> {
    let mut menu = visit.as_table("GET", "/api/menus", None, 200)?;
    let mut said = format!("{} dishes", menu["menus"].as_array().map_or(0, Vec::len));
    if choice(&menu).is_none() {
        dish(visit)?;
        menu = visit.as_table("GET", "/api/menus", None, 200)?;
        said += ", none to order: one of our own for now";
    }
    let (line, price) = choice(&menu).context("no dish can be ordered")?;
    visit.wanted = json!({"items": [line], "expected_total": price}).to_string();
    Ok(said)
}

/// The first dish that can be had without a decision, as an order's line, and its price.
#[must_use]
pub fn choice(menu: &Value) -> Option<(Value, i64)> {
    let free = |dish: &&Value| {
        let groups = dish["option_groups"].as_array().into_iter().flatten();
        dish["is_available"] == true && groups.clone().all(|group| group["min_choices"] == 0)
    };
    let dish = menu["menus"].as_array()?.iter().find(free)?;
    Some((json!({"menu_id": dish["id"], "quantity": 1, "note": "smoke test"}), dish["price"].as_i64()?))
}

fn dish(visit: &mut Visit) -> Result<()> {
    let name = format!("smoke {}", &visit.random.uuid()[..8]);
    let category = visit.as_manager("POST", "/api/admin/categories", Some(&json!({"name": name})), 201)?;
    let category = text(&category, "/id")?;
    visit.litter.push(("DELETE", format!("/api/admin/categories/{category}")));
    let dish = json!({"category_id": category, "name": name, "price": 1000});
    let dish = visit.as_manager("POST", "/api/admin/menus", Some(&dish), 201)?;
    visit.litter.push(("DELETE", format!("/api/admin/menus/{}", text(&dish, "/id")?)));
    Ok(())
}

/// Orders it; the board hears of it at once.
///
/// # Errors
/// When the order is refused, or the board hears nothing.
pub fn order(visit: &mut Visit) -> Result<String> {
    visit.key = visit.random.uuid();
    visit.order = place(visit)?;
    let id = visit.order_id()?;
    visit.litter.push(("DELETE", format!("/api/admin/orders/{id}")));
    let board = visit.board.as_ref().context("the board is not open")?;
    let took = board.wait_for("event: order-created", &id, SOON).context("the board")?;
    Ok(format!("on the board {} ms after the answer", took.as_millis()))
}

/// The same wish, sent again, is the same order.
///
/// # Errors
/// When it is another.
pub fn order_again(visit: &mut Visit) -> Result<String> {
    let again = place(visit)?;
    ensure!(again["id"] == visit.order["id"], "the same key made a second order");
    let own = visit.as_table("GET", "/api/orders", None, 200)?;
    let count = own["orders"].as_array().map_or(0, Vec::len);
    ensure!(count == 1, "the table has {count} orders");
    text(&again, "/order_number")
}

fn place(visit: &Visit) -> Result<Value> {
    let url = format!("{}/api/orders", visit.guests);
    let headers = vec![visit.table.clone(), format!("Idempotency-Key: {}", visit.key)];
    let json = Some(visit.wanted.clone());
    answered(Request { method: "POST", url, headers, json, file: None }, &visit.trust, 201)
}

/// The manager begins; the table hears of it.
///
/// # Errors
/// When the change is refused, or the table hears nothing.
pub fn status(visit: &mut Visit) -> Result<String> {
    let id = visit.order_id()?;
    let next = json!({"status": "preparing"});
    visit.as_manager("PUT", &format!("/api/admin/orders/{id}/status"), Some(&next), 200)?;
    let screen = visit.screen.as_ref().context("the table's events are not open")?;
    let took = screen.wait_for("event: order-updated", "preparing", SOON).context("the table")?;
    Ok(format!("preparing, {} ms after the answer", took.as_millis()))
}
