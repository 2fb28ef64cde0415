//! The login page.

use leptos::prelude::*;
use leptos_router::components::Redirect;
use web_kit::session::Session;
use web_kit::ui::{Icon, Svg};

use super::Auth;
use super::form::LoginForm;
use crate::tr;

/// Pictures beside the form, from `index.html`'s copied files.
const DISHES: [&str; 5] = ["bulgogi", "japchae", "mul-naengmyeon", "gyeran-mari", "soju"];

/// `/login`: which store, who.
#[component]
pub fn LoginPage() -> impl IntoView {
    let auth = expect_context::<Auth>();
    let ended = move || auth.session.with(|session| matches!(session, Session::SignedOut(Some(_))));
    let pictures = DISHES.map(
        |dish| view! { <img src=format!("/admin/dishes/{dish}.svg") alt="" width="400" height="300" /> },
    );
    view! {
        <Show when=move || auth.is_signed_in()>
            <Redirect path="/dashboard" />
        </Show>
        <main class="login" id="main">
            <div class="login-art" aria-hidden="true">
                {pictures.collect_view()}
            </div>
            <div class="login-side">
                <p class="row small dim">
                    <Svg icon=Icon::Burger />
                    {tr!(app.title)}
                </p>
                <h1>{tr!(auth.heading)}</h1>
                <Show when=ended>
                    <p class="notice warn" role="status" data-testid="login-ended">
                        <Svg icon=Icon::Clock />
                        <span>{tr!(auth.ended)}</span>
                    </p>
                </Show>
                <LoginForm />
            </div>
        </main>
    }
}
