//! The app's root: what lives as long as the page, and which page is shown.

use std::time::Duration;

use leptos::prelude::*;
use web_kit::lean::{effect, later, show, switch};
use web_kit::ui::{ToastHost, provide_toasts};

use crate::live::Live;
use crate::login::LoginPage;
use crate::orders::OrdersPage;
use crate::root::Root;
use crate::route::Route;
use crate::shell::{Overlays, ShopPage};
use crate::tr;

/// The menu travels beside the program, so that the page is made once, with its dishes. From when the program begins, so
/// long at most; after that the page shows that it waits.
const PATIENCE: Duration = Duration::from_millis(400);

#[derive(Clone, Copy)]
enum Page {
    /// Nobody knows yet who is signed in, or what there is to eat: `index.html` still shows its skeleton.
    Nothing,
    Login,
    Shop,
    Orders,
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_toasts();
    let Root { account, place, menu, .. } = Root::provide();
    account.restore();
    let patient = RwSignal::new(true);
    set_timeout(move || patient.set(false), PATIENCE);
    let page = move || match (account.is_settled(), account.is_signed_in(), place.get()) {
        (false, ..) => Page::Nothing,
        (true, false, _) => Page::Login,
        (true, true, Route::Orders) => Page::Orders,
        (true, true, _) if patient.get() && menu.is_awaited() => Page::Nothing,
        (true, true, _) => Page::Shop,
    };
    // The address bar says what is shown, whatever it was opened with.
    effect(move || match page() {
        Page::Nothing => {}
        Page::Login => place.replace(Route::Login),
        Page::Shop if place.get() == Route::Login => place.replace(Route::Menu),
        Page::Shop | Page::Orders => {}
    });
    effect(move || {
        if !matches!(page(), Page::Nothing) {
            remove_shell();
        }
    });
    let view = |page| match page {
        Page::Nothing => ().into_any(),
        Page::Login => view! { <LoginPage /> }.into_any(),
        Page::Shop => view! { <ShopPage /> }.into_any(),
        Page::Orders => view! { <OrdersPage /> }.into_any(),
    };
    view! {
        <Live />
        {switch(page, |page| *page as u32, view)}
        {show(move || account.is_signed_in(), || later(|| view! { <Overlays /> }))}
        <ToastHost dismiss_label=tr!(app.dismiss) />
    }
}

/// Takes away what `index.html` showed until now.
fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}
