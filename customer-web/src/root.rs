//! What lives as long as the page: one of each, under one roof, so that no signal dies with a view.

use leptos::prelude::*;
use web_kit::stream::Connection;

use crate::calls::CallStore;
use crate::cart::CartStore;
use crate::login::Account;
use crate::menu::MenuStore;
use crate::orders::OrdersStore;
use crate::route::Place;
use crate::shell::Sheets;

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
            connection: RwSignal::default(),
        };
        provide_context(root);
        root
    }

    /// The state of this page. One copy of the lookup: every view begins with it.
    #[inline(never)]
    pub fn expect() -> Self {
        expect_context()
    }
}
