//! Small things that several features use.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared_types::Money;
use web_kit::ui::{Icon, Svg, Won};

use super::attract::Attract;
use crate::calls::CallSheet;
use crate::cart::{ClearDialog, ConfirmOrder};
use crate::login::{Account, SignOutDialog};
use crate::menu::ItemDialog;
use crate::orders::PlacedScreen;
use crate::root::Root;

/// Which sheets are open. They live at the root, so that any page can open them.
#[derive(Clone, Copy, Default)]
pub struct Sheets {
    /// 직원 호출.
    pub calls: RwSignal<bool>,
    /// The staff's way out.
    pub sign_out: RwSignal<bool>,
    /// 이대로 주문할까요?
    pub confirm: RwSignal<bool>,
    /// 장바구니를 비울까요?
    pub clear: RwSignal<bool>,
}

impl Sheets {
    /// The sheets of this page.
    pub fn expect() -> Self {
        Root::expect().sheets
    }

    /// The party has left: nothing of theirs stays open.
    pub fn close_all(self) {
        for sheet in [self.calls, self.sign_out, self.confirm, self.clear] {
            sheet.set(false);
        }
    }
}

/// Every sheet and dialog, once.
#[component]
pub fn Overlays() -> impl IntoView {
    view! {
        <ItemDialog />
        <ConfirmOrder />
        <ClearDialog />
        <CallSheet />
        <SignOutDialog />
        <PlacedScreen />
        <Attract />
    }
}

/// An amount in the store's currency.
#[component]
pub fn Price(
    /// How much.
    #[prop(into)]
    amount: Signal<Money>,
) -> impl IntoView {
    let currency = Account::expect().currency();
    view! { <Won amount currency /> }.into_any()
}

/// A page without content, and what to do about it.
#[component]
pub fn Empty(
    /// What is so.
    #[prop(into)]
    title: TextProp,
    /// What to do.
    #[prop(into)]
    hint: TextProp,
    /// The button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" data-testid="empty">
            <Svg icon=Icon::Bowl />
            <b>{move || title.get()}</b>
            <p>{move || hint.get()}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
