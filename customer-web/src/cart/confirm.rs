//! The last look before the kitchen gets it.

use leptos::prelude::*;
use shared_types::ErrorCode;
use web_kit::i18n;
use web_kit::lean::{effect, memo, show, spawn};
use web_kit::ui::{
    Button, ButtonSize, ButtonVariant, ConfirmDialog, ConfirmWords, Dialog, DialogHead, Dismiss, Icon, Svg,
    Toasts, use_toasts,
};

use super::CartStore;
use crate::menu::MenuStore;
use crate::orders::OrdersStore;
use crate::shell::{Price, Sheets};
use crate::state::check::{Checked, CheckedLine};
use crate::{say, tr, txt, words};

/// Sends the cart and shows what became of it.
#[derive(Clone, Copy)]
pub struct Send {
    cart: CartStore,
    orders: OrdersStore,
    sheets: Sheets,
    toasts: Toasts,
    fault: RwSignal<Option<String>>,
}

impl Send {
    /// For use in the current view.
    pub fn new() -> Self {
        Self {
            cart: CartStore::expect(),
            orders: OrdersStore::expect(),
            sheets: Sheets::expect(),
            toasts: use_toasts(),
            fault: RwSignal::new(None),
        }
    }

    /// Sends it. A second press while it is on its way does nothing.
    pub fn go(self) {
        if untrack(|| self.cart.is_sending()) {
            return;
        }
        self.fault.set(None);
        spawn(async move {
            match self.cart.place().await {
                Ok(order) => {
                    let id = order.id;
                    self.orders.put(order);
                    self.sheets.confirm.set(false);
                    self.orders.placed.set(Some(id));
                }
                Err(failure) if failure.code() == Some(ErrorCode::CartChanged) => {
                    self.sheets.confirm.set(false)
                }
                // The cart says that it is unclear, and how to send it again.
                Err(_) if untrack(|| self.cart.is_unclear()) => self.sheets.confirm.set(false),
                Err(failure) => {
                    let text = words::failure(&failure);
                    if untrack(|| self.sheets.confirm.get()) {
                        self.fault.try_set(Some(text));
                    } else {
                        self.toasts.error(text);
                    }
                }
            }
        });
    }
}

/// 이대로 주문할까요?
#[component]
pub fn ConfirmOrder() -> impl IntoView {
    let cart = CartStore::expect();
    let sheets = Sheets::expect();
    let close = Callback::new(move |()| sheets.confirm.set(false));
    let dismiss = Signal::derive(move || if cart.is_sending() { Dismiss::Never } else { Dismiss::Anyhow });
    view! {
        <Dialog open=sheets.confirm on_close=close labelled_by="confirm-h" dismiss testid="confirm-order-dialog">
            <DialogHead id="confirm-h" title=tr!(confirm.title) close_label=tr!(app.close) on_close=close />
            <Body close />
        </Dialog>
    }
}

#[component]
fn Body(close: Callback<()>) -> impl IntoView {
    let cart = CartStore::expect();
    let menu = MenuStore::expect();
    let send = Send::new();
    let total = memo(move || cart.checked().with(|checked| checked.total));
    let left_out = memo(move || cart.checked().with(|checked| checked.left_out()));
    let busy = Signal::derive(move || cart.is_sending());
    // What is confirmed is what was seen: a menu that changes meanwhile leads back to the cart, which names the change.
    let seen = cart.checked().with_untracked(Checked::order);
    effect(move || {
        if !cart.is_sending() && cart.checked().with(Checked::order) != seen {
            close.run(());
        }
    });
    let lines = move || {
        cart.checked()
            .with(|checked| checked.orderable().map(|line| view_line(line, menu)).collect::<Vec<_>>())
    };
    view! {
        <div class="dialog-body">
            <ul class="confirm-lines">{move || lines()}</ul>
            <p class="total">
                <span>{tr!(cart.total)}</span>
                <span data-testid="confirm-total">
                    <Price amount=total />
                </span>
            </p>
            {show(move || left_out.get() != 0, move || view! { <p class="hint">{move || txt!(confirm.left_out, count = left_out.get())}</p> })}
            <p class="hint">{tr!(confirm.hint)}</p>
            <div role="alert">
                {move || {
                    send.fault.get().map(|text| {
                        view! { <p class="notice bad" data-testid="confirm-error"><Svg icon=Icon::Warning />{text}</p> }
                    })
                }}
            </div>
        </div>
        <footer class="dialog-foot">
            <Button size=ButtonSize::Large disabled=busy on_press=close attr:data-testid="cancel-order">
                {tr!(app.cancel)}
            </Button>
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Large
                wide=true
                busy
                on_press=move |()| send.go()
                attr:data-testid="confirm-order"
            >
                {move || if busy.get() { txt!(confirm.busy) } else { txt!(confirm.send) }}
            </Button>
        </footer>
    }
}

fn view_line(checked: &CheckedLine, menu: MenuStore) -> AnyView {
    let (count, subtotal) = (checked.line.quantity, checked.subtotal());
    let name = menu.with_board(|board| checked.name(board, i18n::lang()).to_owned());
    let options = menu.with_board(|board| checked.options(board, i18n::lang()));
    let note = checked.line.note.clone();
    view! {
        <li data-testid="confirm-line">
            <span class="qty">{txt!(confirm.count, count = count)}</span>
            <span>
                <b>{name}</b>
                <small>{options}</small>
                {note.map(|note| view! { <small class="note">{note}</small> }.into_any())}
            </span>
            <Price amount=subtotal />
        </li>
    }
    .into_any()
}

/// 장바구니를 비울까요?
#[component]
pub fn ClearDialog() -> impl IntoView {
    let (cart, sheets, toasts) = (CartStore::expect(), Sheets::expect(), use_toasts());
    let count = move || cart.checked().with(Checked::quantity);
    let words = ConfirmWords {
        title: tr!(cart.clear_title).into(),
        body: (move || txt!(cart.clear_body, count = count())).into(),
        confirm: tr!(cart.clear).into(),
        cancel: tr!(app.cancel).into(),
    };
    let close = move |()| sheets.clear.set(false);
    let clear = move |()| {
        close(());
        cart.clear();
        toasts.success(say!(cart.cleared));
    };
    view! { <ConfirmDialog open=sheets.clear id="clear-h" words on_confirm=clear on_cancel=close /> }
}
