//! What lives as long as the page: one of each, under one roof, so that no signal dies with a view.

use leptos::prelude::*;
use shared_types::Lang;
use web_kit::i18n;
use web_kit::stream::Connection;

use crate::calls::CallStore;
use crate::cart::CartStore;
use crate::login::Account;
use crate::menu::MenuStore;
use crate::orders::OrdersStore;
use crate::route::{Place, Route};
use crate::shell::{Look, Sheets};

/// The app's state.
#[derive(Clone, Copy)]
pub struct Root {
    /// Who is signed in.
    pub account: Account,
    /// Where we are.
    pub place: Place,
    /// The menu.
    pub menu: MenuStore,
    /// The cart.
    pub cart: CartStore,
    /// The orders of this visit.
    pub orders: OrdersStore,
    /// Open calls.
    pub calls: CallStore,
    /// Open sheets.
    pub sheets: Sheets,
    /// Text size and contrast.
    pub look: Look,
    /// How current the page is.
    pub connection: RwSignal<Connection>,
}

impl Root {
    /// Makes [`Root::expect`] work below.
    pub fn provide() -> Self {
        let (menu, orders) = (MenuStore::new(), OrdersStore::new());
        let root = Self {
            account: Account::new(),
            place: Place::new(),
            menu,
            cart: CartStore::new(menu, orders),
            orders,
            calls: CallStore::new(),
            sheets: Sheets::default(),
            look: Look::restore(),
            connection: RwSignal::default(),
        };
        root.cart.follow_other_tabs();
        provide_context(root);
        root
    }

    /// Whether other things may fill the screen: there is a menu, and nothing that somebody must see or answer now.
    pub fn may_be_covered(self) -> bool {
        let unsettled = untrack(|| {
            self.cart.is_sending() || self.cart.is_unclear() || self.orders.placed.get().is_some()
        });
        !unsettled && self.menu.is_known()
    }

    /// Those who were here have ordered nothing and put nothing into the cart: what they chose and typed is forgotten.
    pub fn forget_whoever_left(self) {
        if self.orders.session().is_none()
            && untrack(|| self.cart.checked().with(|cart| cart.lines.is_empty()))
        {
            self.forget_choices();
            self.place.go(Route::Menu);
        }
    }

    /// Language, look, open sheets and what is typed: as at the beginning.
    pub fn forget_choices(self) {
        self.menu.forget();
        self.sheets.close_all();
        self.look.forget();
        i18n::set_lang(Lang::default());
    }

    /// The state of this page. One copy of the lookup: every view begins with it.
    #[inline(never)]
    pub fn expect() -> Self {
        expect_context()
    }
}
