//! `/` and `/cart`: the menu and the cart beside it. On a phone each fills the screen.

use leptos::prelude::*;

use super::{OfflineBanner, ShopBar};
use crate::cart::{CartBar, CartPanel};
use crate::menu::{CategoryTabs, MenuList, SearchRow};
use crate::route::{Place, Route};
use crate::tr;

/// `/` and `/cart`. One page, so that the menu keeps its place while a phone shows the cart.
#[component]
pub fn ShopPage() -> impl IntoView {
    let place = Place::expect();
    let class = move || if place.get() == Route::Cart { "shop cart-page" } else { "shop" };
    view! {
        <a class="skip" href="#main">
            {tr!(app.skip)}
        </a>
        <div class=class>
            <div class="shop-side">
                <OfflineBanner />
                <header class="shop-top">
                    <ShopBar />
                    <SearchRow />
                    <CategoryTabs />
                </header>
                <MenuList />
            </div>
            <CartPanel />
            <CartBar />
        </div>
    }
}
