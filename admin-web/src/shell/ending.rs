//! The end of the login, told before it comes; typing the password again puts it off, and nothing is lost.

use leptos::prelude::*;
use shared_types::auth::AdminLogin;
use shared_types::errors::FieldErrors;
use web_kit::lean::{memo, on, part, show, spawn};
use web_kit::ui::{FieldKind, Icon, Svg, use_toasts};
use web_kit::{api, clock};

use crate::auth::Auth;
use crate::auth::Problem;
use crate::ui::{Press, Sheet, field};
use crate::{say, tr};

/// From here on the end is told, in milliseconds.
const NOTICE_MS: i64 = 5 * 60_000;

/// The notice, and the form that puts the end off.
#[component]
pub fn Ending() -> impl IntoView {
    let auth = expect_context::<Auth>();
    let asked = RwSignal::new(false);
    let minutes = memo(move || {
        let left = auth.ends_at().map(|end| end - auth.now_ms.get());
        left.filter(|left| *left <= NOTICE_MS).map(|left| (left.max(0) + 59_999) / 60_000)
    });
    let notice = move || {
        view! {
            <div class="notice warn" role="status" data-testid="login-ends">
                <Svg icon=Icon::Clock />
                <p class="grow">{tr!(auth.ends, minutes = minutes.get().unwrap_or_default())}</p>
                {Press::new("btn sm", tr!(auth.stay)).id("stay").act(move || asked.set(true))}
            </div>
        }
    };
    let close = Callback::new(move |()| asked.set(false));
    view! {
        {show(move || minutes.get().is_some(), notice)}
        <Sheet open=asked on_close=close id="stay-title" title=|| say!(auth.stay) testid="stay-dialog">
            {form(auth, close)}
        </Sheet>
    }
}

fn form(auth: Auth, close: Callback<()>) -> AnyView {
    let password = RwSignal::new(String::new());
    let faults = RwSignal::new(FieldErrors::default());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let toasts = use_toasts();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(login) = auth.login_again(password.get_untracked()) else { return };
        let wrong = AdminLogin::check(&login);
        let blocked = busy.get_untracked() || !wrong.is_empty();
        faults.set(wrong);
        if blocked {
            return;
        }
        busy.set(true);
        spawn(async move {
            let answer = api::admin::auth::login(&login).await;
            busy.try_set(false);
            match answer {
                Ok(token) => {
                    auth.begin(token);
                    close.run(());
                    toasts.success(say!(auth.stayed));
                }
                Err(failure) => {
                    problem.try_set(Some(Problem::of(&failure, clock::now_ms()).told()));
                }
            }
        });
    };
    view! {
        <form class="dialog-form" novalidate on:submit=on(send)>
            <div class="dialog-body stack">
                <p>{tr!(auth.stay_text)}</p>
                {field("password", tr!(auth.password), password, faults, FieldKind::Password)}
                <p class="error" role="alert">{part(move || problem.get())}</p>
            </div>
            <footer class="dialog-foot">{Press::new("btn primary lg", tr!(auth.stay)).busy(busy).submit()}</footer>
        </form>
    }
    .into_any()
}
