//! The table that this device is signed in at.

use leptos::prelude::*;
use shared_types::ErrorCode;
use shared_types::auth::{TableLogin, TableMe};
use web_kit::api::{self, Failure};
use web_kit::lean::{memo, spawn};
use web_kit::session::{self, Session};
use web_kit::storage;

use crate::root::Root;

const STORE_KEY: &str = "tableorder.store";

/// The table that this device is signed in at.
#[derive(Clone, Copy)]
pub struct Account {
    session: RwSignal<Session<TableMe>>,
    table: Memo<Option<TableMe>>,
    currency: Memo<String>,
}

impl Account {
    /// Nobody knows yet who is signed in.
    pub fn new() -> Self {
        let session = RwSignal::new(Session::<TableMe>::Restoring);
        let table = memo(move || session.with(|session| session.user().cloned()));
        let currency = memo(move || {
            table.with(|table| table.as_ref().map_or_else(|| "KRW".into(), |me| me.store.currency.clone()))
        });
        let account = Self { session, table, currency };
        api::on_signed_out(move |reason| account.end(Some(reason)));
        account
    }

    /// The account of this page.
    pub fn expect() -> Self {
        Root::expect().account
    }

    /// Finds out who is signed in. Until then nothing is shown and nothing redirected.
    pub fn restore(self) {
        spawn(async move {
            let found = session::restore_table().await;
            self.session.try_set(found);
        });
    }

    /// Whether it is known who is signed in.
    pub fn is_settled(self) -> bool {
        self.session.with(Session::is_settled)
    }

    /// Whether a table is signed in.
    pub fn is_signed_in(self) -> bool {
        self.table.with(Option::is_some)
    }

    /// The table.
    pub fn table(self) -> Memo<Option<TableMe>> {
        self.table
    }

    /// The table's number; empty when signed out.
    pub fn table_number(self) -> String {
        self.table.with(|me| me.as_ref().map(|me| me.table.table_number.clone()).unwrap_or_default())
    }

    /// The store's name; empty when signed out.
    pub fn store_name(self) -> String {
        self.table.with(|me| me.as_ref().map(|me| me.store.name.clone()).unwrap_or_default())
    }

    /// The store's time zone.
    pub fn timezone(self) -> String {
        self.table.with(|me| me.as_ref().map(|me| me.store.timezone.clone()).unwrap_or_default())
    }

    /// The store's currency.
    pub fn currency(self) -> Memo<String> {
        self.currency
    }

    /// Why the last login ended, when it ended by itself.
    pub fn ended_because(self) -> Option<ErrorCode> {
        self.session.with(|session| match session {
            Session::SignedOut(reason) => *reason,
            _ => None,
        })
    }

    /// The store code that was typed here last.
    pub fn last_store() -> String {
        storage::load(STORE_KEY).unwrap_or_default()
    }

    /// Signs this device in.
    pub async fn sign_in(self, login: TableLogin) -> Result<(), Failure> {
        api::auth::login(&login).await?;
        storage::save(STORE_KEY, &login.store);
        self.session.try_set(session::restore_table().await);
        Ok(())
    }

    /// Signs this device out, if the password is this table's.
    pub async fn sign_out(self, password: String) -> Result<(), Failure> {
        let Some(me) = self.table.get_untracked() else { return Ok(()) };
        let (store, table_number) = (me.store.code, me.table.table_number);
        api::auth::login(&TableLogin { store, table_number, password, device_label: None }).await?;
        api::auth::logout().await?;
        self.end(None);
        Ok(())
    }

    fn end(self, reason: Option<ErrorCode>) {
        let was_signed_in = self.session.try_with_untracked(|session| session.user().is_some());
        // A login that was refused while it was being restored is told by whoever restores it.
        if was_signed_in == Some(true) {
            match reason {
                Some(_) => session::end_table(),
                None => session::forget_table(),
            }
            self.session.set(Session::SignedOut(reason));
        }
    }
}
