//! Managers' accounts.

use leptos::prelude::*;
use shared_types::errors::FieldErrors;
use shared_types::stores::{NewUser, User, UserList, UserUpdate};
use web_kit::api::Failure;
use web_kit::api::admin::stores as api;
use web_kit::lean::{on, part, spawn};
use web_kit::ui::{FieldKind, Toasts, use_toasts};

use super::password::own_password;
use crate::auth::Auth;
use crate::ui::{Press, Remote, field, remote_view, to_fault, told};
use crate::{say, tr, words};

/// The accounts and what can be done with them.
#[derive(Clone, Copy)]
struct Users {
    list: Remote<UserList>,
    /// The account that gets another password.
    resetting: RwSignal<Option<User>>,
    faults: RwSignal<FieldErrors>,
    busy: RwSignal<bool>,
    toasts: Toasts,
}

impl Users {
    fn fetch(self) {
        self.list.load(api::users());
    }

    /// Runs a change, says what came of it, and asks for the list.
    fn change(self, change: impl Future<Output = Result<(), Failure>> + 'static, then: impl Fn() + 'static) {
        self.busy.set(true);
        self.faults.set(FieldErrors::default());
        spawn(async move {
            let answer = change.await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => {
                    then();
                    self.toasts.success(say!(app.saved));
                }
                Err(failure) => {
                    self.faults.try_set(failure.fields());
                    self.toasts.error(told(&failure));
                }
            }
            self.fetch();
        });
    }
}

/// The part.
pub fn users() -> AnyView {
    let users = Users {
        list: Remote::new(),
        resetting: RwSignal::new(None),
        faults: RwSignal::default(),
        busy: RwSignal::new(false),
        toasts: use_toasts(),
    };
    users.fetch();
    let rows = move || {
        let list = users.list.value.get().unwrap_or_default();
        list.users.into_iter().map(|user| row(users, user)).collect::<Vec<_>>()
    };
    let list = move || view! { <ul class="devices">{part(rows)}</ul> }.into_any();
    view! {
        <section class="card form-card">
            <h2>{tr!(store.users)}</h2>
            {remote_view(users.list, "skel skel-line", move || users.fetch(), list)}
            {part(move || users.resetting.get().map(|user| reset(users, user)))}
        </section>
        {add(users)}
        {own_password()}
    }
    .into_any()
}

fn row(users: Users, user: User) -> AnyView {
    let auth = expect_context::<Auth>();
    let (id, is_active) = (user.id, user.is_active);
    let is_me = auth.session.with_untracked(|session| session.user().is_some_and(|me| me.user.id == id));
    let locked = user.locked_until.map_or(0, |until| until.timestamp_millis());
    let state = words::text(move || match (is_active, locked > auth.now_ms.get()) {
        (false, _) => say!(store.disabled),
        (true, true) => say!(store.locked),
        (true, false) if is_me => say!(store.you),
        (true, false) => say!(store.active),
    });
    let turn = move || {
        let update = UserUpdate { is_active: Some(!is_active), password: None };
        users.change(async move { api::update_user(id, &update).await }, || {});
    };
    let label = if is_active { tr!(store.disable) } else { tr!(store.enable) };
    let name = user.username.clone();
    let acts = (!is_me).then(|| {
        let reset = Press::new("btn sm", tr!(store.reset)).id("reset-password");
        view! {
            {reset.act(move || users.resetting.set(Some(user.clone())))}
            {Press::new("btn sm", label).busy(users.busy).id("turn-user").act(turn)}
        }
        .into_any()
    });
    view! {
        <li data-testid=format!("user-{name}")>
            <p class="grow">
                <b>{name.clone()}</b>
                <small class="dim">{state}</small>
            </p>
            {acts}
        </li>
    }
    .into_any()
}

fn reset(users: Users, user: User) -> AnyView {
    let password = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let update = UserUpdate { is_active: None, password: Some(password.get_untracked()) };
        let wrong = update.check();
        if !wrong.is_empty() {
            return users.faults.set(wrong);
        }
        let done = move || users.resetting.set(None);
        users.change(async move { api::update_user(user.id, &update).await }, done);
    };
    view! {
        <form class="stack" novalidate on:submit=on(send)>
            <h3>{tr!(store.reset_title, name = user.username.clone())}</h3>
            {field("password", tr!(store.new_password), password, users.faults, FieldKind::Password)}
            <div class="row">
                {Press::new("btn quiet", tr!(app.cancel)).act(move || users.resetting.set(None))}
                {Press::new("btn", tr!(app.save)).busy(users.busy).id("save-reset").submit()}
            </div>
        </form>
    }
    .into_any()
}

fn add(users: Users) -> AnyView {
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let faults = RwSignal::new(FieldErrors::default());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let user =
            NewUser { username: name.get_untracked().trim().to_owned(), password: password.get_untracked() };
        let mut wrong = user.check();
        // Two forms of this page ask for a password.
        if let Some(codes) = wrong.0.remove("password") {
            wrong.0.insert("new-user-password".into(), codes);
        }
        let is_wrong = !wrong.is_empty();
        faults.set(wrong);
        if is_wrong {
            return to_fault();
        }
        if users.busy.get_untracked() {
            return;
        }
        let done = move || {
            name.try_set(String::new());
            password.try_set(String::new());
        };
        users.change(async move { api::create_user(&user).await }, done);
    };
    view! {
        <form class="card form-card" novalidate on:submit=on(send)>
            <h2>{tr!(store.add_user)}</h2>
            <div class="two">
                {field("username", tr!(auth.username), name, faults, FieldKind::Code)}
                {field("new-user-password", tr!(auth.password), password, faults, FieldKind::Password)}
            </div>
            <p class="hint">{tr!(store.password_rule)}</p>
            {Press::new("btn", tr!(store.add_user)).busy(users.busy).id("add-user").submit()}
        </form>
    }
    .into_any()
}
