//! What the manager does.

use std::fs;

use anyhow::{Result, ensure};
use serde_json::json;

use super::{Visit, answered};
use crate::curl::Request;
use crate::http::text;
use crate::stream::Stream;

/// How long an event may take: two seconds are promised, and this may be far away.
pub(super) const SOON: std::time::Duration = std::time::Duration::from_secs(5);
/// A picture of 16 × 12 pixels.
const PICTURE: &[u8] = include_bytes!("picture.png");

/// Signs in.
///
/// # Errors
/// When the login is refused.
pub fn sign_in(visit: &mut Visit) -> Result<String> {
    let (store, username) = (visit.args.store.clone(), visit.args.username.clone());
    let login = json!({"store": store, "username": username, "password": visit.args.password});
    let answer = visit.as_manager("POST", "/api/auth/admin-login", Some(&login), 200)?;
    visit.manager = format!("Authorization: Bearer {}", text(&answer, "/token")?);
    visit.litter.push(("POST", "/api/admin/auth/logout".to_owned()));
    Ok(format!("{username} of {store}"))
}

/// Uploads a picture and reads it back. The server removes it after a day, since no dish shows it.
///
/// # Errors
/// When either is refused.
pub fn picture(visit: &mut Visit) -> Result<String> {
    let file = std::env::temp_dir().join(format!("tableorder-smoke-{}.png", std::process::id()));
    fs::write(&file, PICTURE)?;
    let url = format!("{}/api/admin/images", visit.managers);
    let headers = vec![visit.manager.clone()];
    let sent = Request { url, headers, file: Some(&file), ..Request::default() };
    let sent = answered(sent, &visit.trust, 201);
    fs::remove_file(&file)?;
    let path = text(&sent?, "/url")?;
    let shown = visit.look(&format!("{}{path}", visit.guests))?;
    ensure!(
        shown.status == 200 && shown.has("content-type", "image/webp"),
        "{path} is answered {}",
        shown.status
    );
    ensure!(shown.has("cache-control", "public, max-age=31536000"), "the picture is not kept");
    Ok(path.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Opens the board's stream.
///
/// # Errors
/// When it does not open.
pub fn open_board(visit: &mut Visit) -> Result<String> {
    let snapshot = visit.as_manager("GET", "/api/admin/orders", None, 200)?;
    let url = format!("{}/api/admin/sse/orders", visit.managers);
    visit.board = Some(Stream::open(url, &[&visit.manager], &visit.trust)?);
    Ok(format!("{} open orders", snapshot["orders"].as_array().map_or(0, Vec::len)))
}

/// The order stands on the board.
///
/// # Errors
/// When it does not.
pub fn board(visit: &mut Visit) -> Result<String> {
    let id = visit.order_id()?;
    let snapshot = visit.as_manager("GET", "/api/admin/orders", None, 200)?;
    let orders = snapshot["orders"].as_array().cloned().unwrap_or_default();
    let times = orders.iter().filter(|order| order["id"] == id.as_str()).count();
    ensure!(times == 1, "the order stands there {times} times");
    text(&visit.order, "/order_number")
}

/// Takes the order off and finishes the table: nothing of it is counted.
///
/// # Errors
/// When either is refused.
pub fn finish(visit: &mut Visit) -> Result<String> {
    let id = visit.order_id()?;
    visit.as_manager("DELETE", &format!("/api/admin/orders/{id}"), None, 204)?;
    visit.litter.retain(|(_, path)| !path.contains(&id));
    let own = visit.as_table("GET", "/api/orders", None, 200)?;
    ensure!(own["total_amount"] == 0, "the removed order is still on the bill");
    Ok("the order is off it".to_owned())
}
