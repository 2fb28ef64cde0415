//! One's own password.

use leptos::prelude::*;
use shared_types::ErrorCode;
use shared_types::errors::FieldErrors;
use shared_types::stores::PasswordChange;
use web_kit::api::admin::stores as api;
use web_kit::lean::{on, spawn};
use web_kit::ui::{FieldKind, use_toasts};

use crate::auth::Auth;
use crate::ui::{Press, field, told};
use crate::{say, tr};

/// The form. Whoever changes it stays signed in here, and nowhere else.
pub fn own_password() -> AnyView {
    let (auth, toasts) = (expect_context::<Auth>(), use_toasts());
    let (now, next) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (faults, busy) = (RwSignal::new(FieldErrors::default()), RwSignal::new(false));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change =
            PasswordChange { current_password: now.get_untracked(), new_password: next.get_untracked() };
        let wrong = change.check();
        let is_wrong = !wrong.is_empty();
        faults.set(wrong);
        if is_wrong || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn(async move {
            let answer = api::change_password(&change).await;
            busy.try_set(false);
            match answer {
                Ok(token) => {
                    auth.begin(token);
                    now.try_set(String::new());
                    next.try_set(String::new());
                    toasts.success(say!(store.password_changed));
                }
                Err(failure) => {
                    let mut wrong = failure.fields();
                    if failure.code() == Some(ErrorCode::InvalidCredentials) {
                        wrong.add("current_password", ErrorCode::InvalidCredentials);
                    }
                    faults.try_set(wrong);
                    toasts.error(told(&failure));
                }
            }
        });
    };
    view! {
        <form class="card form-card" novalidate on:submit=on(send)>
            <h2>{tr!(store.own_password)}</h2>
            <div class="two">
                {field("current_password", tr!(store.current_password), now, faults, FieldKind::Password)}
                {field("new_password", tr!(store.new_password), next, faults, FieldKind::Password)}
            </div>
            <p class="hint">{tr!(store.password_ends)}</p>
            {Press::new("btn", tr!(store.change_password)).busy(busy).id("change-password").submit()}
        </form>
    }
    .into_any()
}
