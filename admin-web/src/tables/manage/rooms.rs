//! The store's tables as the set-up page knows them, and what can be done with them.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared_types::TableId;
use shared_types::errors::FieldErrors;
use shared_types::tables::{AdminTable, NewTable, TableList, TableUpdate};
use web_kit::api::{self, Failure};
use web_kit::lean::spawn;
use web_kit::ui::{Toasts, use_toasts};

use crate::route::Place;
use crate::say;
use crate::state::numbers::{PASSWORD_SIGNS, password};
use crate::ui::{Remote, told};

/// The set-up page's tables.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// As the server has them.
    pub list: Remote<TableList>,
    /// Passwords that this page has set: shown and printed until the page is left, and nowhere else.
    pub fresh: RwSignal<BTreeMap<TableId, String>>,
    /// A change is under way.
    pub busy: RwSignal<bool>,
    /// What is wrong with the form's fields.
    pub faults: RwSignal<FieldErrors>,
    toasts: Toasts,
    place: Place,
}

impl Rooms {
    /// Makes `expect_context::<Rooms>()` work below.
    pub fn provide() -> Self {
        let rooms = Self {
            list: Remote::new(),
            fresh: RwSignal::default(),
            busy: RwSignal::new(false),
            faults: RwSignal::default(),
            toasts: use_toasts(),
            place: expect_context(),
        };
        provide_context(rooms);
        rooms
    }

    /// Asks for the list.
    pub fn fetch(self) {
        self.list.load(api::admin::tables::list());
    }

    /// One table by its number.
    #[must_use]
    pub fn table(self, number: &str) -> Option<AdminTable> {
        self.list
            .value
            .with(|list| list.as_ref()?.tables.iter().find(|table| table.table_number == number).cloned())
    }

    /// Creates tables one after the other. Those that exist already are told and left as they are.
    pub fn create(self, numbers: Vec<String>, given: String) {
        self.busy.set(true);
        spawn(async move {
            let (mut made, mut refused) = (0_usize, None);
            for table_number in numbers {
                let password = if given.is_empty() { random_password() } else { given.clone() };
                let table = NewTable { table_number, password: password.clone() };
                match api::admin::tables::create(&table).await {
                    Ok(table) => {
                        made += 1;
                        self.fresh.try_update(|fresh| fresh.insert(table.id, password));
                    }
                    Err(failure) => refused = Some((table.table_number, failure)),
                }
                if refused.as_ref().is_some_and(|(_, failure)| failure.is_connection()) {
                    break;
                }
            }
            self.busy.try_set(false);
            self.fetch();
            if let Some((number, failure)) = refused {
                self.toasts.error(format!("{}: {}", say!(table.name, number = number), told(&failure)));
            }
            if made > 0 {
                self.toasts.success(say!(tables.made, count = made));
                self.place.close();
            }
        });
    }

    /// Changes a table's number or password.
    pub fn update(self, id: TableId, update: TableUpdate) {
        let faults = update.check();
        let is_wrong = !faults.is_empty();
        self.faults.set(faults);
        if is_wrong || self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn(async move {
            let answer = api::admin::tables::update(id, &update).await;
            self.busy.try_set(false);
            match answer {
                Ok(table) => {
                    if let Some(password) = update.password {
                        self.fresh.try_update(|fresh| fresh.insert(id, password));
                    }
                    self.toasts.success(say!(app.saved));
                    self.fetch();
                    if update.table_number.is_some() {
                        self.place.open_instead(table.table_number);
                    }
                }
                Err(failure) => self.refused(&failure),
            }
        });
    }

    /// Removes a table.
    pub fn delete(self, table: AdminTable) {
        self.busy.set(true);
        spawn(async move {
            let answer = api::admin::tables::delete(table.id).await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => {
                    self.toasts.success(say!(tables.deleted, number = table.table_number));
                    self.place.close_all();
                    self.fetch();
                }
                Err(failure) => self.refused(&failure),
            }
        });
    }

    fn refused(self, failure: &Failure) {
        self.faults.try_set(failure.fields());
        self.toasts.error(told(failure));
    }
}

/// A password that nobody has thought of.
pub fn random_password() -> String {
    let mut bytes = [0_u8; PASSWORD_SIGNS];
    if let Ok(crypto) = window().crypto() {
        // Refused only for more bytes than these.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    password(bytes)
}
