//! Reading in a full house: a hundred dishes, sixty tables with guests, fifty orders at one of them, and fifty
//! readers who never pause.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::house::{self, House, JSON, Table, order_headers};
use super::load::Load;
use super::report::Side;
use crate::http::Client;
use crate::random::Random;

/// Who read at once.
const READERS: usize = 50;
/// What no dining room asks for at once.
pub const MANAGERS: &str = "the list of 60 tables";
const DISHES: usize = 100;
const TABLES: usize = 60;
/// At the table whose orders are read.
const ORDERS: usize = 50;
/// At every other table.
const ORDERS_ELSEWHERE: usize = 3;

/// Fills the house and measures each reading by itself.
///
/// # Errors
/// When a request is refused.
pub fn measure(house: &House, time: Duration) -> Result<Vec<(&'static str, Side)>> {
    let mut client = Client::open(house.port)?;
    let manager = house::sign_in_manager(&mut client)?;
    let table = fill(house, &mut client, &manager)?;
    println!("reading: {READERS} readers, {} s each", time.as_secs());
    let load = Load { connections: READERS, time };
    let readings = [
        ("the menu, 100 dishes", "/api/menus", &table.header),
        ("a table's 50 orders", "/api/orders?limit=50", &table.header),
        ("the board, 60 tables", "/api/admin/orders", &manager),
        // Read when a manager opens the page of tables, by one or two at once: shown, not held to the limit.
        (MANAGERS, "/api/admin/tables", &manager),
    ];
    readings.into_iter().map(|(name, path, who)| Ok((name, read(house, &load, path, who)?))).collect()
}

fn read(house: &House, load: &Load, path: &str, who: &str) -> Result<Side> {
    let headers = format!("{who}Accept-Encoding: br\r\n");
    let round = |load: &Load| {
        load.round(house.port, |_| {
            |client: &mut Client| {
                let answer = client.send("GET", path, &headers, b"")?;
                if answer.status != 200 {
                    bail!("{path} was answered {}", answer.status);
                }
                Ok(())
            }
        })
    };
    // Warm, as in the evening.
    round(&Load { time: Duration::from_secs(1), ..*load })?;
    Ok(Side::of(vec![round(load)?]))
}

/// Answers the table with the many orders.
fn fill(house: &House, client: &mut Client, manager: &str) -> Result<Table> {
    let headers = format!("{manager}{JSON}");
    let known: Value = client.json("GET", "/api/admin/menus", manager, "")?;
    let dishes = known["menus"].as_array().context("no dishes")?;
    let category = dishes.first().and_then(|dish| dish["category_id"].as_str()).context("no category")?;
    for number in dishes.len()..DISHES {
        let dish = json!({"category_id": category, "name": format!("Dish {number}"), "price": 9000,
                          "description": "Rice, greens and a soup of the day"});
        client.json("POST", "/api/admin/menus", &headers, &dish.to_string())?;
    }
    let mut random = Random::new()?;
    let mut first = None;
    for number in 1..=TABLES {
        if number > house.tables.len() {
            let table = json!({"table_number": number.to_string(), "password": house::password(number)});
            client.json("POST", "/api/admin/tables", &headers, &table.to_string())?;
        }
        let table = house::table(&house::sign_in(client, number)?)?;
        // Orders of the measurements before are over.
        let path = format!("/api/admin/tables/{}/complete", table.id);
        let _ = client.send("POST", &path, manager, b"")?;
        for _ in 0..if number == 1 { ORDERS } else { ORDERS_ELSEWHERE } {
            client.json("POST", "/api/orders", &order_headers(&table, &mut random), &house.order)?;
        }
        first.get_or_insert(table);
    }
    first.context("no tables")
}
