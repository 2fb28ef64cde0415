//! Where we are, in the address bar: a page, and what is open on it. A router for any number of places weighs a tenth
//! of the whole app.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_kit::api::query_value;
use web_kit::lean::memo;

/// Where the server serves this app, in every mode.
const BASE: &str = "/admin";

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What to take now, every table.
    Board,
    /// What to cook, on the kitchen's wall.
    Kitchen,
    /// Tables, their passwords and devices.
    Tables,
    /// Categories and dishes.
    Menu,
    /// The figures of a business day.
    Today,
    /// Settings, accounts, the audit log.
    Store,
    /// Signing in.
    Login,
    /// No page has this address.
    Nowhere,
}

impl Page {
    /// Those with an address.
    const ALL: [Self; 7] =
        [Self::Board, Self::Kitchen, Self::Tables, Self::Menu, Self::Today, Self::Store, Self::Login];

    /// Its address below [`BASE`].
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Board | Self::Nowhere => "/dashboard",
            Self::Kitchen => "/kitchen",
            Self::Tables => "/tables",
            Self::Menu => "/menus",
            Self::Today => "/today",
            Self::Store => "/store",
            Self::Login => "/login",
        }
    }

    /// The page of an address; the app's root is the board.
    fn of(path: &str) -> Self {
        let slug = path.strip_prefix(BASE).unwrap_or(path).trim_end_matches('/');
        if slug.is_empty() {
            return Self::Board;
        }
        Self::ALL.into_iter().find(|page| page.slug() == slug).unwrap_or(Self::Nowhere)
    }
}

/// A page and what is open on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// The page.
    pub page: Page,
    /// The thing whose drawer or form is open: a table's number, a dish's id.
    pub open: Option<String>,
    /// The part that is shown: a tab, or what lies above the drawer.
    pub show: Option<String>,
}

impl Here {
    /// A page with nothing open.
    #[must_use]
    pub fn at(page: Page) -> Self {
        Self { page, open: None, show: None }
    }

    /// Reads an address. `decode` undoes percent-encoding.
    fn read(path: &str, query: &str, decode: fn(&str) -> String) -> Self {
        let value = |name: &str| {
            let pairs = query.trim_start_matches('?').split('&');
            let mut found = pairs.filter_map(|pair| pair.split_once('=')).filter(|(key, _)| *key == name);
            found.next().map(|(_, value)| decode(value)).filter(|value| !value.is_empty())
        };
        Self { page: Page::of(path), open: value("open"), show: value("show") }
    }

    /// Writes the address. `encode` is percent-encoding.
    #[must_use]
    pub fn address(&self, encode: fn(&str) -> String) -> String {
        let values = [("open", &self.open), ("show", &self.show)];
        let pairs = values.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        let query: Vec<_> = pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{BASE}{}{mark}{}", self.page.slug(), query.join("&"))
    }
}

/// Where we are, and the way to elsewhere. Lives at the root.
#[derive(Clone, Copy)]
pub struct Place {
    here: RwSignal<Here>,
    /// The page; changes less often than what is open on it.
    pub page: Memo<Page>,
    /// What the address is to say once the browser has gone back.
    awaited: StoredValue<Option<Here>>,
    /// Where the manager wanted to be before signing in.
    wanted: StoredValue<Option<Here>>,
}

impl Place {
    /// Makes `expect_context::<Place>()` work below; follows the browser's back button.
    #[must_use]
    pub fn provide() -> Self {
        let here = RwSignal::new(now());
        let place = Self {
            here,
            page: memo(move || here.with(|here| here.page)),
            awaited: StoredValue::new(None),
            wanted: StoredValue::new(None),
        };
        let handle = window_event_listener_untyped("popstate", move |_| {
            let found = now();
            match place.awaited.try_update_value(Option::take).flatten() {
                Some(awaited) if awaited != found => place.visit(awaited, Move::Instead),
                _ => place.here.set(found),
            }
        });
        on_cleanup(move || handle.remove());
        provide_context(place);
        place
    }

    /// Follows every change of the address, and reads nothing.
    pub fn track(self) {
        self.here.track();
    }

    /// What is open; follows changes.
    #[must_use]
    pub fn opened(self) -> Option<String> {
        self.here.with(|here| here.open.clone())
    }

    /// Which part is shown; follows changes.
    #[must_use]
    pub fn shown(self) -> Option<String> {
        self.here.with(|here| here.show.clone())
    }

    /// Goes to a page; it begins at its top.
    pub fn go(self, page: Page) {
        if self.here.get_untracked() != Here::at(page) {
            self.visit(Here::at(page), Move::Onward);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Opens a thing of this page. Going back closes it.
    pub fn open(self, thing: impl Into<String>) {
        let page = self.here.with_untracked(|here| here.page);
        self.step(Here { page, open: Some(thing.into()), show: None });
    }

    /// Shows a part above what is open. Going back leaves it.
    pub fn show(self, part: &str) {
        let here = self.here.get_untracked();
        self.step(Here { show: Some(part.to_owned()), ..here });
    }

    /// Shows another tab: nothing to go back to.
    pub fn turn_to(self, part: &str) {
        let here = self.here.get_untracked();
        self.visit(Here { show: Some(part.to_owned()), ..here }, Move::Instead);
    }

    /// Leaves what lies above, and another thing is open instead.
    pub fn open_instead(self, thing: impl Into<String>) {
        let here = self.here.get_untracked();
        let levels = usize::from(here.show.is_some());
        self.retreat(levels, Here { page: here.page, open: Some(thing.into()), show: None });
    }

    /// Closes the topmost.
    pub fn close(self) {
        let mut here = self.here.get_untracked();
        if here.show.take().is_some() || here.open.take().is_some() {
            self.retreat(1, here);
        }
    }

    /// Closes everything.
    pub fn close_all(self) {
        let here = self.here.get_untracked();
        let levels = usize::from(here.show.is_some()) + usize::from(here.open.is_some());
        self.retreat(levels, Here::at(here.page));
    }

    /// Goes back over steps that this page has added to the browser's history, as far as there are any, to `then`.
    fn retreat(self, levels: usize, then: Here) {
        let steps = steps().min(levels);
        let history = window().history();
        let (Ok(history), true) = (history, steps > 0) else { return self.visit(then, Move::Instead) };
        // At once for the page; the address follows.
        self.awaited.set_value(Some(then.clone()));
        self.here.set(then);
        // Refused only in a sandbox.
        let _ = history.go_with_delta(-i32::try_from(steps).unwrap_or(0));
    }

    /// To the login, and back afterwards.
    pub fn to_login(self) {
        let here = self.here.get_untracked();
        if here.page != Page::Login {
            self.wanted.set_value(Some(here));
            self.visit(Here::at(Page::Login), Move::Instead);
        }
    }

    /// Back from the login.
    pub fn from_login(self) {
        if self.here.with_untracked(|here| here.page) == Page::Login {
            let wanted = self.wanted.try_update_value(Option::take).flatten();
            self.visit(wanted.unwrap_or(Here::at(Page::Board)), Move::Instead);
        }
    }

    fn step(self, to: Here) {
        if self.here.get_untracked() != to {
            self.visit(to, Move::Deeper);
        }
    }

    fn visit(self, to: Here, how: Move) {
        if let Ok(history) = window().history() {
            let address = to.address(query_value);
            let depth = |steps: usize| JsValue::from(u32::try_from(steps).unwrap_or(0));
            // Refused only in a sandbox; the page itself moves on all the same.
            let _ = match how {
                Move::Onward => history.push_state_with_url(&depth(0), "", Some(&address)),
                Move::Deeper => history.push_state_with_url(&depth(steps() + 1), "", Some(&address)),
                Move::Instead => history.replace_state_with_url(&depth(steps()), "", Some(&address)),
            };
        }
        self.here.set(to);
    }
}

/// What a move does to the browser's history.
#[derive(Clone, Copy)]
enum Move {
    /// Another page.
    Onward,
    /// Something opens on this page: going back closes it.
    Deeper,
    /// Nothing to go back to.
    Instead,
}

/// How many steps back are on this page, which the browser remembers with the address.
fn steps() -> usize {
    let state = window().history().and_then(|history| history.state());
    let steps = state.ok().and_then(|state| state.as_f64()).unwrap_or(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small count that we wrote"
    )]
    let steps = steps as usize;
    steps
}

/// What the address bar says.
fn now() -> Here {
    let at = window().location();
    Here::read(&at.pathname().unwrap_or_default(), &at.search().unwrap_or_default(), |text| {
        js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
    })
}

#[cfg(test)]
mod tests {
    use super::{Here, Page};

    fn same(text: &str) -> String {
        text.to_owned()
    }

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for page in Page::ALL {
            let here = Here { page, open: Some("7".into()), show: None };
            let address = here.address(same);
            let (path, query) = address.split_once('?').unwrap();
            assert_eq!(Here::read(path, query, same), here);
        }
        let past = Here { page: Page::Board, open: Some("A-1".into()), show: Some("past".into()) };
        assert_eq!(past.address(same), "/admin/dashboard?open=A-1&show=past");
        assert_eq!(Here::read("/admin/dashboard", "?open=A-1&show=past", same), past);
    }

    #[test]
    fn the_root_is_the_board_and_strange_addresses_are_nowhere() {
        for path in ["/admin", "/admin/", "/admin/dashboard/"] {
            assert_eq!(Here::read(path, "", same), Here::at(Page::Board));
        }
        assert_eq!(Here::read("/admin/nonsense", "", same).page, Page::Nowhere);
        assert_eq!(Here::read("/admin/tables", "?open=", same), Here::at(Page::Tables));
    }
}
