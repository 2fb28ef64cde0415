//! An amount whose figure and unit never part.

use leptos::prelude::*;
use shared_types::Money;

use crate::{format, i18n};

/// Shows an amount in the store's currency and the page's language.
#[component]
pub fn Won(
    /// How much.
    #[prop(into)]
    amount: Signal<Money>,
    /// ISO 4217.
    #[prop(into)]
    currency: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="won">
            {move || currency.with(|currency| format::money(amount.get(), currency, i18n::lang()))}
        </span>
    }
}
