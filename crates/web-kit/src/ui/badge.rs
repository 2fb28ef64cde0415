//! An order's status: colour, shape and word together, never colour alone.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared_types::orders::OrderStatus;

/// The class that gives a status its colour and shape.
#[must_use]
pub fn status_class(status: OrderStatus) -> &'static str {
    status.as_str()
}

/// Shows a status.
#[component]
pub fn StatusBadge(
    /// Which one.
    #[prop(into)]
    status: Signal<OrderStatus>,
    /// Its name.
    #[prop(into)]
    text: TextProp,
    /// Without the coloured ground.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let class = move || format!("status {}{}", status_class(status.get()), if bare { " bare" } else { "" });
    view! {
        <span class=class data-testid="order-status" data-status=move || status.get().as_str()>
            {move || text.get()}
        </span>
    }
}
