//! Orders over HTTP, as tablets send them.

use anyhow::{Result, bail};

use super::house::{House, order_headers};
use super::load::{Load, Round};
use crate::http::Client;
use crate::random::Random;

/// One round of orders from every table.
///
/// # Errors
/// When an order is refused.
pub fn round(house: &House, load: &Load) -> Result<Round> {
    load.round(house.port, |number| {
        let table = &house.tables[number % house.tables.len()];
        let mut random = Random::new();
        move |client: &mut Client| {
            let random = random.as_mut().map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
            let answer =
                client.send("POST", "/api/orders", &order_headers(table, random), house.order.as_bytes())?;
            if answer.status != 201 {
                bail!("an order was answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
            }
            Ok(())
        }
    })
}
