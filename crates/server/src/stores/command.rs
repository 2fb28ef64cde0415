//! `store create` and `admin create|reset-password`: setting a store up without a login. Passwords come from a
//! prompt or from standard input, never from an argument: arguments are visible to every user of the machine.

use std::io::{self, IsTerminal as _, Read as _};

use shared_types::errors::FieldErrors;
use shared_types::tables::check_new_password;
use shared_types::{StoreId, UserId, text};
use uuid::Uuid;

use crate::app::AppState;

/// Creates a store.
///
/// # Errors
/// In words for whoever typed the command.
pub async fn create_store(state: &AppState, code: &str, name: &str, timezone: &str) -> io::Result<()> {
    if !text::is_store_code(code) {
        return Err(io::Error::other("the code takes 3 to 40 of a-z, 0-9 and -"));
    }
    let name = checked("name", name, 100)?;
    let mut tx = state.pool.begin().await.map_err(io::Error::other)?;
    if !db::stores::is_timezone(&mut tx, timezone).await.map_err(io::Error::other)? {
        return Err(io::Error::other(format!("{timezone} is no time zone; try Asia/Seoul")));
    }
    let taken = |error| explain(error, "stores_name_key", format!("there is a store named {name} already"));
    if !db::stores::insert(&mut tx, StoreId(Uuid::now_v7()), code, name, timezone).await.map_err(taken)? {
        return Err(io::Error::other(format!("there is a store {code} already")));
    }
    tx.commit().await.map_err(io::Error::other)
}

/// Creates a manager account of a store.
///
/// # Errors
/// In words for whoever typed the command.
pub async fn create_admin(state: &AppState, store: &str, username: &str) -> io::Result<()> {
    let username = checked("username", username, text::USERNAME_MAX)?;
    let mut conn = state.pool.acquire().await.map_err(io::Error::other)?;
    let id = find_store(&mut conn, store).await?;
    let hash = hash(state, &read_password()?).await?;
    let taken = format!("store {store} has an account {username} already");
    db::users::insert(&mut conn, id, UserId(Uuid::now_v7()), username, &hash)
        .await
        .map_err(|error| explain(error, "users_username_key", taken))
}

/// Sets an account's password, ends its lock and its logins, and enables it.
///
/// # Errors
/// In words for whoever typed the command.
pub async fn reset_password(state: &AppState, store: &str, username: &str) -> io::Result<()> {
    let mut tx = state.pool.begin().await.map_err(io::Error::other)?;
    let id = find_store(&mut tx, store).await?;
    let user = db::users::id_of_name(&mut tx, id, username).await.map_err(io::Error::other)?;
    let user = user.ok_or_else(|| io::Error::other(format!("store {store} has no account {username}")))?;
    let hash = hash(state, &read_password()?).await?;
    let now = state.clock.now();
    db::users::update(&mut tx, id, user, Some(true), Some(&hash), now).await.map_err(io::Error::other)?;
    db::auth::end_user_tokens(&mut tx, id, user, now).await.map_err(io::Error::other)?;
    tx.commit().await.map_err(io::Error::other)
}

/// A name without the blanks around it.
fn checked<'a>(field: &str, name: &'a str, max: usize) -> io::Result<&'a str> {
    let mut errors = FieldErrors::default();
    errors.text(field, name, max);
    if !errors.is_empty() {
        return Err(io::Error::other(format!("the {field} takes 1 to {max} characters")));
    }
    Ok(name.trim())
}

/// In words, if it is this rule that was broken.
fn explain(error: db::Error, constraint: &str, words: String) -> io::Error {
    let broken = error.as_database_error().and_then(|e| e.constraint()) == Some(constraint);
    if broken { io::Error::other(words) } else { io::Error::other(error) }
}

async fn find_store(conn: &mut db::PgConnection, code: &str) -> io::Result<StoreId> {
    let found = db::stores::id_of_code(conn, code).await.map_err(io::Error::other)?;
    found.ok_or_else(|| io::Error::other(format!("there is no store {code}")))
}

async fn hash(state: &AppState, password: &str) -> io::Result<String> {
    let mut errors = FieldErrors::default();
    check_new_password(&mut errors, "password", password);
    if !errors.is_empty() {
        return Err(io::Error::other("a password takes at least 8 characters and at most 72 bytes"));
    }
    state.passwords.hash(password).await.map_err(|error| io::Error::other(error.to_string()))
}

fn read_password() -> io::Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("Password: ");
    }
    let mut text = String::new();
    io::stdin().take(1024).read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
