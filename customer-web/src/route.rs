//! Where we are: four places, in the address bar. A router for any number of them weighs a tenth of the whole app.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsValue;
use web_kit::lean::on;

use crate::root::Root;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The menu, with the cart beside it where there is room.
    Menu,
    /// The cart; on a phone it fills the screen.
    Cart,
    /// What was ordered.
    Orders,
    /// The staff's login.
    Login,
}

impl Route {
    /// Its path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Menu => "/",
            Self::Cart => "/cart",
            Self::Orders => "/orders",
            Self::Login => "/login",
        }
    }

    /// The place of a path; an unknown one is the menu.
    fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        let places = [Self::Cart, Self::Orders, Self::Login];
        places.into_iter().find(|place| place.path() == path).unwrap_or(Self::Menu)
    }
}

/// Where we are, and the way to elsewhere.
#[derive(Clone, Copy)]
pub struct Place(RwSignal<Route>);

impl Place {
    /// Where the address bar says, following the browser's back button.
    pub fn new() -> Self {
        let here = || Route::of(&window().location().pathname().unwrap_or_default());
        let place = Self(RwSignal::new(here()));
        let handle = window_event_listener_untyped("popstate", move |_| place.0.set(here()));
        on_cleanup(move || handle.remove());
        place
    }

    /// The place of this page.
    pub fn expect() -> Self {
        Root::expect().place
    }

    /// Where we are.
    pub fn get(self) -> Route {
        self.0.get()
    }

    /// Goes there; a new page begins at its top.
    pub fn go(self, to: Route) {
        self.visit(to, false);
    }

    /// Goes there instead of here: going back does not return.
    pub fn replace(self, to: Route) {
        self.visit(to, true);
    }

    fn visit(self, to: Route, instead: bool) {
        let from = self.0.get_untracked();
        if from == to {
            return;
        }
        if let Ok(history) = window().history() {
            let path = Some(to.path());
            // Refused only in a sandbox; the page itself moves on all the same.
            let _ = if instead {
                history.replace_state_with_url(&JsValue::NULL, "", path)
            } else {
                history.push_state_with_url(&JsValue::NULL, "", path)
            };
        }
        self.0.set(to);
        // Menu and cart are one page: the menu keeps its place.
        let same_page = |route| matches!(route, Route::Menu | Route::Cart);
        if !(same_page(from) && same_page(to)) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

/// A link to a place. A plain tap stays in the app; anything else is the browser's.
#[component]
pub fn Link(
    /// Where to.
    to: Route,
    /// How it looks.
    class: &'static str,
    /// For browser tests.
    #[prop(optional)]
    testid: &'static str,
    /// What it says to a screen reader, where that is not its text.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let place = Place::expect();
    let follow = move |event: leptos::ev::MouseEvent| {
        let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if plain {
            event.prevent_default();
            place.go(to);
        }
    };
    view! {
        <a
            href=to.path()
            class=class
            aria-label=move || label.as_ref().map(TextProp::get)
            data-testid=testid
            on:click=on(follow)
        >
            {children()}
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn paths() {
        for route in [Route::Menu, Route::Cart, Route::Orders, Route::Login] {
            assert_eq!(Route::of(route.path()), route);
        }
        assert_eq!(Route::of("/orders/"), Route::Orders);
        assert_eq!(Route::of("/menu"), Route::Menu);
        assert_eq!(Route::of("/nonsense"), Route::Menu);
    }
}
