//! The login page.

use leptos::prelude::*;
use web_kit::lean::{effect, show};
use web_kit::session::Session;
use web_kit::ui::{Icon, Svg};

use super::Auth;
use super::form::LoginForm;
use crate::shell::LanguageChoice;
use crate::{say, tr};

/// Pictures beside the form, from `index.html`'s copied files.
const DISHES: [&str; 5] = ["bulgogi", "japchae", "mul-naengmyeon", "gyeran-mari", "soju"];

/// `/login`: which store, who.
#[component]
pub fn LoginPage() -> impl IntoView {
    let auth = expect_context::<Auth>();
    let ended = move || auth.session.with(|session| matches!(session, Session::SignedOut(Some(_))));
    effect(move || document().set_title(&format!("{} · {}", say!(auth.submit), say!(app.title))));
    let pictures = DISHES.map(|dish| {
        view! { <img src=format!("/admin/dishes/{dish}.svg") alt="" width="400" height="300" /> }.into_any()
    });
    view! {
        <main class="login" id="main">
            <div class="login-art" aria-hidden="true">
                {pictures.into_iter().collect::<Vec<_>>()}
            </div>
            <div class="login-side">
                <p class="row small dim">
                    <Svg icon=Icon::Burger />
                    {tr!(app.title)}
                </p>
                <h1>{tr!(auth.heading)}</h1>
                {show(ended, || {
                    view! {
                        <p class="notice warn" role="status" data-testid="login-ended">
                            <Svg icon=Icon::Clock />
                            <span>{tr!(auth.ended)}</span>
                        </p>
                    }
                })}
                <LoginForm />
                <LanguageChoice />
            </div>
        </main>
    }
}
