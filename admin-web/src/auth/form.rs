//! The login form.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared_types::auth::AdminLogin;
use shared_types::errors::FieldErrors;
use web_kit::lean::{effect, memo, on, part};
use web_kit::ui::{Field, FieldKind, Icon, Svg};
use web_kit::{api, clock, i18n, storage};

use super::Auth;
use super::problem::Problem;
use crate::ui::Press;
use crate::{say, tr, words};

/// The store that signed in here last: the same tablet opens the same store every day.
const STORE_KEY: &str = "tableorder.admin.store";

/// What is typed and what came of it.
#[derive(Clone, Copy)]
struct Form {
    store: RwSignal<String>,
    username: RwSignal<String>,
    password: RwSignal<String>,
    faults: RwSignal<FieldErrors>,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
}

impl Form {
    fn new() -> Self {
        let form = Self {
            store: RwSignal::new(storage::load(STORE_KEY).unwrap_or_default()),
            username: RwSignal::default(),
            password: RwSignal::default(),
            faults: RwSignal::default(),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        // Another account is not locked.
        effect(move || {
            form.store.track();
            form.username.track();
            form.problem.set(None);
        });
        form
    }

    fn login(self) -> AdminLogin {
        AdminLogin {
            store: self.store.get_untracked().trim().to_owned(),
            username: self.username.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
        }
    }

    fn send(self, auth: Auth) {
        let login = self.login();
        let faults = login.check();
        let blocked = self.busy.get_untracked() || !faults.is_empty();
        self.faults.set(faults);
        if blocked {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let answer = api::admin::auth::login(&login).await;
            self.busy.try_set(false);
            match answer {
                Ok(token) => {
                    storage::save(STORE_KEY, &login.store);
                    auth.begin(token);
                }
                Err(failure) => {
                    self.faults.try_set(failure.fields());
                    self.problem.try_set(Some(Problem::of(&failure, clock::now_ms())));
                    self.password.try_set(String::new());
                }
            }
        });
    }

    fn fault(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|faults| faults.of(field)).map(|code| code.message(i18n::lang()).to_owned())
        })
    }
}

/// Store, name, password.
#[component]
pub fn LoginForm() -> impl IntoView {
    let auth = expect_context::<Auth>();
    let form = Form::new();
    let locked =
        memo(move || form.problem.get().and_then(|problem| problem.minutes_locked(auth.now_ms.get())));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if locked.get_untracked().is_none() {
            form.send(auth);
        }
    };
    // Once the lock is over there is nothing left to say.
    let is_over =
        move |problem: &Problem| matches!(problem, Problem::Locked { .. }) && locked.get().is_none();
    let told =
        move || form.problem.get().filter(|problem| !is_over(problem)).map(|problem| told(problem, locked));
    let label = words::text(move || match locked.get() {
        Some(minutes) => say!(auth.locked_button, minutes = minutes),
        None if form.busy.get() => say!(auth.busy),
        None => say!(auth.submit),
    });
    view! {
        <form class="login-fields" novalidate data-testid="login-form" on:submit=on(send)>
            <Field id="store" label=tr!(auth.store) value=form.store error=form.fault("store")
                kind=FieldKind::Code autocomplete="organization" />
            <Field id="username" label=tr!(auth.username) value=form.username error=form.fault("username")
                kind=FieldKind::Code autocomplete="username" />
            <Field id="password" label=tr!(auth.password) value=form.password error=form.fault("password")
                kind=FieldKind::Password autocomplete="current-password" />
            <div role="alert" id="login-problem">
                {part(told)}
            </div>
            {Press::new("btn primary lg wide", label)
                .busy(Signal::derive(move || form.busy.get() || locked.get().is_some()))
                .id("login-submit")
                .submit()}
            <p class="hint">{tr!(auth.forgot)}</p>
        </form>
    }
}

fn told(problem: Problem, locked: Memo<Option<i64>>) -> AnyView {
    let icon = if matches!(problem, Problem::Locked { .. }) { Icon::Lock } else { Icon::Warning };
    let title = move || problem.title();
    let text = move || match problem {
        Problem::Wrong => String::new(),
        Problem::Locked { .. } => {
            locked.get().map(|minutes| say!(auth.locked_text, minutes = minutes)).unwrap_or_default()
        }
        Problem::Network => say!(auth.network_text),
        Problem::Other(code) => code.message(i18n::lang()).to_owned(),
    };
    view! {
        <p class="notice bad" data-testid="login-error">
            <Svg icon />
            <span>
                <b>{words::text(title)}</b>
                " "
                {words::text(text)}
            </span>
        </p>
    }
    .into_any()
}
