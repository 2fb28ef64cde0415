//! The root: everything that outlives a page, and the routes.

use leptos::prelude::*;
use leptos_router::components::{A, Redirect, Route, Router, Routes};
use leptos_router::path;
use web_kit::ui::{ToastHost, provide_toasts};

use crate::auth::{Auth, Guard, LoginPage};
use crate::board::{BoardPage, Desk};
use crate::orders::Acts;
use crate::sound::Speaker;
use crate::tr;

/// Where the server serves this app, in every mode.
const BASE: &str = "/admin";

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let toasts = provide_toasts();
    let auth = Auth::provide();
    let desk = Desk::provide(auth);
    Acts::provide(auth, desk, toasts);
    Speaker::provide(desk);
    remove_shell();
    let drawer_is_open = move || desk.opened.with(Option::is_some);
    view! {
        <Router base=BASE>
            <Routes fallback=NotFound>
                <Route path=path!("/login") view=LoginPage />
                <Route path=path!("") view=|| view! { <Redirect path="/dashboard" /> } />
                <Route path=path!("/dashboard") view=|| view! { <Guard><BoardPage /></Guard> } />
            </Routes>
        </Router>
        // What lies behind an open drawer is inert: then the drawer shows the messages itself.
        <Show when=move || !drawer_is_open()>
            <ToastHost dismiss_label=tr!(app.close) />
        </Show>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <main class="lone" id="main">
            <h1>{tr!(app.not_found)}</h1>
            <A href="/admin/dashboard" attr:class="btn primary lg">
                {tr!(app.to_board)}
            </A>
        </main>
    }
}

/// `index.html` draws an empty board until the program is there.
fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}
