//! What is typed on the login screen, and what is wrong with it.

use leptos::prelude::*;
use shared_types::ErrorCode;
use shared_types::auth::TableLogin;
use shared_types::errors::FieldErrors;
use shared_types::text;
use web_kit::api::Failure;
use web_kit::i18n;

use crate::{say, txt, words};

/// The login form.
#[derive(Clone, Copy)]
pub struct LoginForm {
    /// Store code.
    pub store: RwSignal<String>,
    /// Table number.
    pub table_number: RwSignal<String>,
    /// Password.
    pub password: RwSignal<String>,
    /// What managers call this device; may stay empty.
    pub device: RwSignal<String>,
    /// Whether the answer is awaited.
    pub busy: RwSignal<bool>,
    wrong: fn() -> &'static str,
    errors: RwSignal<FieldErrors>,
    refusal: RwSignal<Option<String>>,
}

impl LoginForm {
    /// A form in which the store is known already, perhaps; and what to say when what was typed is wrong.
    pub fn new(store: String, wrong: fn() -> &'static str) -> Self {
        Self {
            store: RwSignal::new(store),
            table_number: RwSignal::default(),
            password: RwSignal::default(),
            device: RwSignal::default(),
            busy: RwSignal::new(false),
            wrong,
            errors: RwSignal::default(),
            refusal: RwSignal::new(None),
        }
    }

    /// What to send; `None` when a field is wrong, which is then shown.
    pub fn checked(self) -> Option<TableLogin> {
        let login = TableLogin {
            store: self.store.get_untracked().trim().to_ascii_lowercase(),
            table_number: self.table_number.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
            device_label: text::tidy(Some(&self.device.get_untracked())),
        };
        let errors = login.check();
        let fine = errors.is_empty();
        self.errors.set(errors);
        self.refusal.set(None);
        fine.then_some(login)
    }

    /// Shows why it was refused.
    pub fn refused(self, failure: &Failure) {
        let fields = failure.fields();
        if !fields.is_empty() {
            self.errors.try_set(fields);
            return;
        }
        let text = match failure.code() {
            Some(ErrorCode::InvalidCredentials) => (self.wrong)().to_owned(),
            Some(ErrorCode::AccountLocked) => {
                let seconds = failure.details().retry_after_seconds.unwrap_or_default();
                // Rounded up: a minute too long is better than one more refusal.
                say!(login.locked, minutes = (seconds + 59) / 60)
            }
            _ => words::failure(failure),
        };
        self.refusal.try_set(Some(text));
    }

    /// What is wrong with a field, in words. A refusal stands at the last field, above the button.
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let fault = self.errors.with(|errors| errors.of(field)).map(|code| match (field, code) {
                ("store", ErrorCode::InvalidFormat) => txt!(login.store_format).to_owned(),
                _ => code.message(i18n::lang()).to_owned(),
            });
            let refusal = if field == "password" { self.refusal.get() } else { None };
            fault.or(refusal)
        })
    }
}
