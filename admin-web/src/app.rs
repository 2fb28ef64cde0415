//! The root: everything that outlives a page, and which page is shown.

use leptos::prelude::*;
use web_kit::lean::{effect, switch};
use web_kit::ui::provide_toasts;

use crate::auth::{Auth, LoginPage, Waiting};
use crate::board::Desk;
use crate::menu::MenuDesk;
use crate::orders::Acts;
use crate::route::Place;
use crate::shell::Frame;
use crate::sound::Speaker;
use crate::tables::Stays;
use crate::ui::{Covers, RootToasts};

#[derive(Clone, Copy)]
enum Stage {
    /// Nobody knows yet who is signed in.
    Waiting,
    /// Nobody is.
    Out,
    /// A manager is.
    In,
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let toasts = provide_toasts();
    Covers::provide();
    let place = Place::provide();
    let auth = Auth::provide();
    let desk = Desk::provide(auth, place);
    Acts::provide(auth, desk, toasts);
    MenuDesk::provide(auth, place, toasts);
    Stays::provide(desk, place, toasts);
    Speaker::provide(desk);
    remove_shell();
    let stage = move || match (auth.is_settled(), auth.is_signed_in()) {
        (false, _) => Stage::Waiting,
        (true, false) => Stage::Out,
        (true, true) => Stage::In,
    };
    // The address bar says what is shown, whatever it was opened with.
    effect(move || {
        let _ = place.page.get();
        match stage() {
            Stage::Waiting => {}
            Stage::Out => place.to_login(),
            Stage::In => place.from_login(),
        }
    });
    let view = |stage| match stage {
        Stage::Waiting => view! { <Waiting /> }.into_any(),
        Stage::Out => view! { <LoginPage /> }.into_any(),
        Stage::In => view! { <Frame /> }.into_any(),
    };
    view! {
        {switch(stage, |stage| *stage as u32, view)}
        <RootToasts />
    }
}

/// `index.html` draws an empty board until the program is there.
fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}
