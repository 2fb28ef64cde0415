//! The login screen: staff see it once per device.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared_types::ErrorCode;
use web_kit::i18n;
use web_kit::lean::{on, spawn};
use web_kit::ui::{Button, ButtonSize, ButtonVariant, Field, FieldKind, Icon, Svg, use_toasts};

use super::Account;
use super::form::LoginForm;
use crate::shell::Languages;
use crate::{say, tr, txt};

/// `/login`.
#[component]
pub fn LoginPage() -> impl IntoView {
    view! {
        <main class="login">
            <Promise />
            <Form />
        </main>
    }
}

/// What the device is for, for whoever finds it signed out.
#[component]
fn Promise() -> impl IntoView {
    view! {
        <div class="login-art">
            <img src="/icon.svg" alt="" width="96" height="96" />
            <p class="login-promise">{tr!(login.promise_title)}</p>
            <p>{tr!(login.promise_body)}</p>
        </div>
    }
}

#[component]
fn Form() -> impl IntoView {
    let account = Account::expect();
    let toasts = use_toasts();
    let form = LoginForm::new(Account::last_store(), || say!(login.wrong));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(login) = form.checked() else { return };
        if form.busy.get_untracked() {
            return;
        }
        form.busy.set(true);
        spawn(async move {
            match account.sign_in(login).await {
                Ok(()) => toasts.success(say!(login.done)),
                Err(failure) => form.refused(&failure),
            }
            form.busy.try_set(false);
        });
    };
    view! {
        <form class="login-form" novalidate data-testid="login-form" on:submit=on(submit)>
            <Languages />
            <p class="small dim">{tr!(login.lead)}</p>
            <h1>{tr!(login.title)}</h1>
            <Ended />
            <Field
                id="login-store"
                label=tr!(login.store)
                value=form.store
                error=form.error("store")
                kind=FieldKind::Code
                autocomplete="organization"
            />
            <Field
                id="login-table"
                label=tr!(login.table)
                value=form.table_number
                error=form.error("table_number")
                kind=FieldKind::Number
            />
            <Field
                id="login-password"
                label=tr!(login.password)
                value=form.password
                error=form.error("password")
                kind=FieldKind::Password
                autocomplete="current-password"
            />
            <Field
                id="login-device"
                label=tr!(login.device)
                value=form.device
                error=form.error("device_label")
                hint=tr!(login.device_hint)
            />
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Large
                wide=true
                submit=true
                busy=form.busy
                attr:data-testid="login-submit"
            >
                {move || if form.busy.get() { txt!(login.busy) } else { txt!(login.submit) }}
            </Button>
            <p class="hint">{tr!(login.after)}</p>
        </form>
    }
}

/// Says why the last login ended.
#[component]
fn Ended() -> impl IntoView {
    let account = Account::expect();
    let text = move || {
        account.ended_because().map(|code| match code {
            ErrorCode::CredentialRevoked => code.message(i18n::lang()),
            _ => txt!(app.expired),
        })
    };
    move || {
        text().map(|text| {
            view! {
                <p class="notice warn" role="status" data-testid="login-expired">
                    <Svg icon=Icon::Warning />
                    <span>{text}</span>
                </p>
            }
        })
    }
}
