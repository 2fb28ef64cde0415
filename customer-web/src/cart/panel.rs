//! The cart beside the menu (tablet), as a page of its own and as a bar under the thumb (phone).

use crate::route::{Link, Route};
use leptos::prelude::*;
use web_kit::lean::{choose, list, memo, show};
use web_kit::ui::{Button, ButtonSize, ButtonVariant, Icon, Svg};

use super::CartStore;
use super::confirm::Send;
use super::line::CartLine;
use super::notices::CartNotice;
use crate::shell::{Price, Sheets};
use crate::{live, tr, txt};

/// The cart.
#[component]
pub fn CartPanel() -> impl IntoView {
    let cart = CartStore::expect();
    let empty = move || cart.checked().with(|checked| checked.lines.is_empty());
    view! {
        <aside class="cart" aria-label=tr!(cart.title) data-testid="cart">
            <Head />
            <CartNotice />
            {choose(empty, || view! { <NothingYet /> }, || view! { <Filled /> })}
        </aside>
    }
    .into_any()
}

#[component]
fn Filled() -> impl IntoView {
    let cart = CartStore::expect();
    let ids = move || cart.checked().with(|checked| checked.lines.iter().map(|line| line.line.id).collect());
    view! {
        <ul class="cart-list" tabindex="0" aria-label=tr!(cart.lines)>
            {list(ids, |id| view! { <CartLine id /> })}
        </ul>
        <Foot />
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    let cart = CartStore::expect();
    let count = memo(move || cart.checked().with(|checked| checked.count));
    let filled = move || cart.checked().with(|checked| !checked.lines.is_empty());
    let badge = move || view! { <span class="badge" data-testid="cart-count">{count}</span> };
    view! {
        <header class="cart-head">
            <Link to=Route::Menu class="btn quiet icon cart-back" testid="cart-back" label=tr!(cart.back)>
                <Svg icon=Icon::Back />
            </Link>
            <h2>
                {tr!(cart.title)}
                {show(move || count.get() != 0, badge)}
            </h2>
            {show(filled, || view! { <ClearButton /> })}
        </header>
    }
    .into_any()
}

#[component]
fn ClearButton() -> impl IntoView {
    let (cart, sheets) = (CartStore::expect(), Sheets::expect());
    view! {
        <Button
            variant=ButtonVariant::Quiet
            size=ButtonSize::Small
            disabled=cart.frozen()
            on_press=move |()| sheets.clear.set(true)
            attr:data-testid="cart-clear"
        >
            {tr!(cart.clear)}
        </Button>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <div class="cart-empty" data-testid="cart-empty">
            <Svg icon=Icon::Bowl />
            <b>{tr!(cart.empty)}</b>
            <p>{tr!(cart.empty_hint)}</p>
            <Link to=Route::Menu class="btn cart-back">
                {tr!(cart.to_menu)}
            </Link>
        </div>
    }
}

/// The sum and the one thing to press.
#[component]
fn Foot() -> impl IntoView {
    let cart = CartStore::expect();
    let total = memo(move || cart.checked().with(|checked| checked.total));
    view! {
        <footer class="cart-foot">
            <p class="total">
                <span>{tr!(cart.total)}</span>
                <span data-testid="cart-total">
                    <Price amount=total />
                </span>
            </p>
            <OrderButton />
        </footer>
    }
}

#[component]
fn OrderButton() -> impl IntoView {
    let cart = CartStore::expect();
    let sheets = Sheets::expect();
    let send = Send::new();
    let cut_off = live::is_cut_off();
    let changed = move || cart.checked().with(|checked| checked.changes() > 0);
    let nothing = move || cart.checked().with(|checked| checked.count == 0);
    let stuck = move || cut_off.get() || cart.is_unclear();
    let text = move || match () {
        () if cart.is_sending() => txt!(cart.sending),
        () if cart.is_unclear() => txt!(cart.resend),
        () if cut_off.get() => txt!(cart.offline),
        () if changed() => txt!(cart.order_changed),
        () => txt!(cart.order),
    };
    let press = move |()| {
        if cart.is_unclear() {
            send.go();
        } else {
            sheets.confirm.set(true);
        }
    };
    let off = Signal::derive(move || !cart.is_unclear() && (cut_off.get() || nothing()));
    let busy = Signal::derive(move || cart.is_sending());
    view! {
        <Button
            variant=ButtonVariant::Primary
            size=ButtonSize::Large
            wide=true
            disabled=off
            busy
            on_press=press
            attr:data-testid="order-button"
        >
            {move || text()}
        </Button>
        {show(stuck, || view! { <TellStaff /> })}
    }
}

#[component]
fn TellStaff() -> impl IntoView {
    let sheets = Sheets::expect();
    view! {
        <Button wide=true on_press=move |()| sheets.calls.set(true) attr:data-testid="tell-staff">
            <Svg icon=Icon::Bell />
            {tr!(cart.tell_staff)}
        </Button>
    }
}

/// Under the thumb on a phone.
#[component]
pub fn CartBar() -> impl IntoView {
    let cart = CartStore::expect();
    let count = memo(move || cart.checked().with(|checked| checked.quantity()));
    let total = memo(move || cart.checked().with(|checked| checked.total));
    let text = move || if cart.is_unclear() { txt!(cart.unsent_title) } else { txt!(cart.view) };
    let bar = move || {
        view! {
            <section class="cartbar" aria-label=tr!(cart.summary)>
                <Link to=Route::Cart class="btn primary lg wide split" testid="cart-bar">
                    <span class="row">
                        <span class="badge">{count}</span>
                        {move || text()}
                    </span>
                    <Price amount=total />
                </Link>
            </section>
        }
    };
    show(move || count.get() != 0, bar)
}
