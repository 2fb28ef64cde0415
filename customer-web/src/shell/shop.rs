//! `/` and `/cart`: the menu and the cart beside it. On a phone each fills the screen.

use leptos::prelude::*;

use web_kit::lean::show;

use super::{OfflineBanner, Quick, ShopBar, is_wide};
use crate::cart::{CartBar, CartPanel};
use crate::menu::{CategoryTabs, MenuList, SearchBox, SearchRow};
use crate::route::{Place, Route};
use crate::tr;

/// `/` and `/cart`. One page, so that the menu keeps its place while a phone shows the cart.
#[component]
pub fn ShopPage() -> impl IntoView {
    let place = Place::expect();
    let wide = is_wide();
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
                    <div class="shop-find">
                        <CategoryTabs />
                        <SearchBox />
                    </div>
                </header>
                {show(move || !wide.get(), || view! { <Quick /> })}
                <MenuList />
            </div>
            <CartPanel />
            <CartBar />
        </div>
    }
}
