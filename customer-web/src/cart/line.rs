//! One line of the cart.

use leptos::prelude::*;
use shared_types::Money;
use shared_types::orders::CartChangeKind;
use web_kit::lean::{choose, memo, show};
use web_kit::ui::{Button, ButtonSize, Stepper, StepperWords, Toasts, use_toasts};
use web_kit::{format, i18n};

use super::CartStore;
use crate::login::Account;
use crate::menu::{MenuStore, Thumb};
use crate::shell::Price;
use crate::state::check::CheckedLine;
use crate::{say, txt};

/// One line. It follows the cart and the menu.
#[component]
pub fn CartLine(
    /// Which one.
    id: u32,
) -> impl IntoView {
    let cart = CartStore::expect();
    let line = memo(move || {
        cart.checked().with(|checked| checked.lines.iter().find(|line| line.line.id == id).cloned())
    });
    let read = move |pick: fn(&CheckedLine) -> Option<String>| line.with(|line| line.as_ref().and_then(pick));
    let name = memo(move || name_of(line));
    let url = memo(move || read(|line| line.line.seen.image_url.clone()));
    let gone = memo(move || line.with(|line| line.as_ref().is_some_and(|line| !line.is_orderable())));
    let subtotal =
        memo(move || line.with(|line| line.as_ref().map(CheckedLine::subtotal).unwrap_or_default()));
    view! {
        <li class=move || if gone.get() { "line gone" } else { "line" } data-testid="cart-line" data-dish=name>
            <Thumb url />
            <div class="line-text">
                <b>{name}</b>
                <Options line />
                {move || read(|line| line.line.note.clone()).map(|note| view! { <small class="note">{note}</small> })}
                <Change line />
            </div>
            <div class="line-foot">
                {choose(move || gone.get(), move || view! { <GoneActions id line /> }, move || view! { <Quantity id line name /> })}
                <Price amount=subtotal />
            </div>
        </li>
    }
    .into_any()
}

fn name_of(line: Memo<Option<CheckedLine>>) -> String {
    let menu = MenuStore::expect();
    line.with(|line| {
        let name = |line: &CheckedLine| menu.with_board(|board| line.name(board, i18n::lang()).to_owned());
        line.as_ref().map(name).unwrap_or_default()
    })
}

#[component]
fn Options(line: Memo<Option<CheckedLine>>) -> impl IntoView {
    let menu = MenuStore::expect();
    let names = move || {
        line.with(|line| {
            let names = menu.with_board(|board| line.as_ref().map(|line| line.options(board, i18n::lang())));
            names.filter(|names| !names.is_empty())
        })
    };
    move || names().map(|names| view! { <small>{names}</small> })
}

/// What is different from what the guest saw.
#[component]
fn Change(line: Memo<Option<CheckedLine>>) -> impl IntoView {
    let currency = Account::expect().currency();
    let price = move |amount: Money| currency.with(|currency| format::money(amount, currency, i18n::lang()));
    let repriced = move |seen: Money, now: Money| {
        view! {
            <s>{price(seen)}</s>
            " "
            {txt!(cart.is_repriced, price = price(now))}
        }
        .into_any()
    };
    let change = move || {
        let (change, seen, now) = line.with(|line| {
            line.as_ref().map(|line| (line.change, line.line.seen.unit_price, line.unit_price))
        })?;
        let text = match change? {
            CartChangeKind::Gone => txt!(cart.is_gone).into_any(),
            CartChangeKind::SoldOut => txt!(cart.is_sold_out).into_any(),
            CartChangeKind::OptionsChanged => txt!(cart.is_changed).into_any(),
            CartChangeKind::Repriced => repriced(seen, now),
        };
        Some(view! { <small class="line-change" data-testid="line-change">{text}</small> })
    };
    change
}

#[component]
fn Quantity(id: u32, line: Memo<Option<CheckedLine>>, name: Memo<String>) -> impl IntoView {
    let (cart, toasts) = (CartStore::expect(), use_toasts());
    let quantity = memo(move || line.with(|line| line.as_ref().map_or(1, |line| line.line.quantity)));
    let words = StepperWords {
        less: (move || txt!(cart.less, name = name.get())).into(),
        more: (move || txt!(cart.more, name = name.get())).into(),
        value: (move || txt!(cart.quantity, name = name.get())).into(),
    };
    let step = move |to: u32| {
        if to == 0 {
            remove(cart, toasts, id, name.get_untracked());
        } else {
            cart.set_quantity(id, to);
        }
    };
    view! { <Stepper value=quantity on_change=step words removes=true disabled=cart.frozen() /> }
}

/// Takes a line out, and back in on request.
fn remove(cart: CartStore, toasts: Toasts, id: u32, name: String) {
    if let Some((place, line)) = cart.remove(id) {
        let undo = move || cart.put_back(place, line.clone());
        toasts.undo(say!(cart.removed, name = name), say!(cart.undo), undo);
    }
}

/// For a line that cannot be ordered as it is.
#[component]
fn GoneActions(id: u32, line: Memo<Option<CheckedLine>>) -> impl IntoView {
    let (cart, menu) = (CartStore::expect(), MenuStore::expect());
    let choose = move |()| {
        if let Some(line) = cart.line_now(id) {
            menu.replaces.set(Some(id));
            menu.open.set(Some(line.menu_id));
        }
    };
    let answerable = move || {
        line.with(|line| {
            line.as_ref().is_some_and(|line| line.change == Some(CartChangeKind::OptionsChanged))
        })
    };
    view! {
        <div class="row">
            {show(answerable, move || view! { <Button size=ButtonSize::Small on_press=choose disabled=cart.frozen() attr:data-testid="choose-again">
                    {move || txt!(cart.choose_again)}
                </Button> })}
            <Button
                size=ButtonSize::Small
                disabled=cart.frozen()
                on_press=move |()| drop(cart.remove(id))
                attr:data-testid="remove-line"
            >
                {move || txt!(cart.remove)}
            </Button>
        </div>
    }
}
