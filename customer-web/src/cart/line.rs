//! One line of the cart.

use leptos::prelude::*;
use shared_types::Money;
use shared_types::orders::CartChangeKind;
use web_kit::lean::{choose, memo, show};
use web_kit::ui::{Button, ButtonSize, ButtonVariant, Stepper, StepperWords, Toasts, use_toasts};
use web_kit::{format, i18n};

use super::CartStore;
use crate::login::Account;
use crate::menu::{MenuStore, Thumb};
use crate::shell::Price;
use crate::state::check::CheckedLine;
use crate::{say, tr, txt};

/// One line. It follows the cart and the menu.
#[component]
pub fn CartLine(
    /// Which one.
    id: u32,
) -> impl IntoView {
    let cart = CartStore::expect();
    let name = memo(move || cart.read(id, name_of).unwrap_or_default());
    let url = memo(move || cart.read(id, |line| line.line.seen.image_url.clone()).flatten());
    let gone = memo(move || cart.read(id, |line| !line.is_orderable()).unwrap_or_default());
    let subtotal = memo(move || cart.read(id, CheckedLine::subtotal).unwrap_or_default());
    let note = move || cart.read(id, |line| line.line.note.clone()).flatten().map(view_note);
    let class = move || if gone.get() { "line gone" } else { "line" };
    view! {
        <li class=class data-testid="cart-line" data-dish=name>
            <Thumb url />
            <div class="line-text">
                <b>{name}</b>
                <small>{move || cart.read(id, options_of)}</small>
                {move || note()}
                <Change id />
            </div>
            {show(move || !gone.get(), move || view! { <EditButton id name /> })}
            <div class="line-foot">
                {choose(
                    move || gone.get(),
                    move || view! { <GoneActions id /> },
                    move || view! { <Quantity id name /> },
                )}
                <Price amount=subtotal />
            </div>
        </li>
    }
    .into_any()
}

fn name_of(line: &CheckedLine) -> String {
    MenuStore::expect().with_board(|board| line.name(board, i18n::lang()).to_owned())
}

fn options_of(line: &CheckedLine) -> String {
    MenuStore::expect().with_board(|board| line.options(board, i18n::lang()))
}

fn view_note(note: String) -> AnyView {
    view! { <small class="note">{note}</small> }.into_any()
}

/// What is different from what the guest saw.
#[component]
fn Change(id: u32) -> impl IntoView {
    let cart = CartStore::expect();
    let currency = Account::expect().currency();
    let price = move |amount: Money| currency.with(|currency| format::money(amount, currency, i18n::lang()));
    let text = move |line: &CheckedLine| {
        Some(match line.change? {
            CartChangeKind::Gone => txt!(cart.is_gone).to_owned(),
            CartChangeKind::SoldOut => txt!(cart.is_sold_out).to_owned(),
            CartChangeKind::OptionsChanged => txt!(cart.is_changed).to_owned(),
            CartChangeKind::Repriced => txt!(cart.is_repriced, price = price(line.unit_price)),
        })
    };
    let before = move |line: &CheckedLine| {
        (line.change == Some(CartChangeKind::Repriced)).then(|| price(line.line.seen.unit_price))
    };
    let change = move || {
        let text = cart.read(id, text).flatten()?;
        let before = cart.read(id, before).flatten();
        let seen = before.map(|before| view! { <s>{before}</s> }.into_any());
        Some(
            view! { <small class="line-change" data-testid="line-change">{seen} " " {text}</small> }
                .into_any(),
        )
    };
    move || change()
}

/// Opens the dish again as it stands in the cart.
fn edit(cart: CartStore, menu: MenuStore, id: u32) {
    if let Some(line) = cart.line_now(id) {
        menu.edit(id, line.menu_id);
    }
}

#[component]
fn EditButton(id: u32, name: Memo<String>) -> impl IntoView {
    let (cart, menu) = (CartStore::expect(), MenuStore::expect());
    view! {
        <Button
            variant=ButtonVariant::Quiet
            size=ButtonSize::Small
            disabled=cart.frozen()
            on_press=move |()| edit(cart, menu, id)
            attr:aria-label=move || txt!(cart.edit_of, name = name.get())
            attr:data-testid="edit-line"
        >
            {tr!(cart.edit)}
        </Button>
    }
}

#[component]
fn Quantity(id: u32, name: Memo<String>) -> impl IntoView {
    let (cart, toasts) = (CartStore::expect(), use_toasts());
    let quantity = memo(move || cart.read(id, |line| line.line.quantity).unwrap_or(1));
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
fn GoneActions(id: u32) -> impl IntoView {
    let (cart, menu, toasts) = (CartStore::expect(), MenuStore::expect(), use_toasts());
    let frozen = cart.frozen();
    let answerable = move || {
        let change = cart.read(id, |line| line.change).flatten();
        change == Some(CartChangeKind::OptionsChanged)
    };
    let again = move || {
        view! {
            <Button size=ButtonSize::Small on_press=move |()| edit(cart, menu, id) disabled=frozen attr:data-testid="choose-again">
                {tr!(cart.choose_again)}
            </Button>
        }
    };
    view! {
        <div class="row">
            {show(answerable, again)}
            <Button
                size=ButtonSize::Small
                disabled=frozen
                on_press=move |()| remove(cart, toasts, id, untrack(|| cart.read(id, name_of)).unwrap_or_default())
                attr:data-testid="remove-line"
            >
                {tr!(cart.remove)}
            </Button>
        </div>
    }
}
