//! The way out that only staff know: a long press on the table's number, and the table's password.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use web_kit::lean::{on, spawn};
use web_kit::ui::{Button, ButtonSize, ButtonVariant, Dialog, DialogHead, Field, FieldKind, use_toasts};

use super::Account;
use super::form::LoginForm;
use crate::shell::Sheets;
use crate::{say, tr};

/// Asks for the table's password and signs the device out.
#[component]
pub fn SignOutDialog() -> impl IntoView {
    let sheets = Sheets::expect();
    let close = Callback::new(move |()| sheets.sign_out.set(false));
    view! {
        <Dialog open=sheets.sign_out on_close=close labelled_by="sign-out-h" testid="sign-out">
            <DialogHead id="sign-out-h" title=tr!(staff.title) close_label=tr!(app.close) on_close=close />
            <Form />
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let account = Account::expect();
    let sheets = Sheets::expect();
    let toasts = use_toasts();
    let form = LoginForm::new(String::new(), || say!(staff.wrong));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        form.busy.set(true);
        let password = form.password.get_untracked();
        spawn(async move {
            match account.sign_out(password).await {
                Ok(()) => {
                    sheets.sign_out.set(false);
                    toasts.success(say!(staff.done));
                }
                Err(failure) => form.refused(&failure),
            }
            form.busy.try_set(false);
        });
    };
    view! {
        <form novalidate on:submit=on(submit)>
            <div class="dialog-body stack">
                <p>{tr!(staff.body)}</p>
                <Field
                    id="sign-out-password"
                    label=tr!(login.password)
                    value=form.password
                    error=form.error("password")
                    kind=FieldKind::Password
                />
            </div>
            <footer class="dialog-foot">
                <Button
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Large
                    wide=true
                    submit=true
                    busy=form.busy
                    attr:data-testid="sign-out-submit"
                >
                    {tr!(staff.submit)}
                </Button>
            </footer>
        </form>
    }
}
