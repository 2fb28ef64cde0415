//! What was ordered: for the kitchen without prices, for the bill with them.

use leptos::prelude::*;
use shared_types::orders::OrderItem;
use web_kit::ui::Won;

use crate::auth::Auth;
use crate::tr;

/// Dishes and quantities, large: what to make.
#[component]
pub fn ItemNames(
    /// The lines.
    items: Vec<OrderItem>,
    /// A word for the whole order.
    note: Option<String>,
) -> impl IntoView {
    let line = |item: OrderItem| {
        let options = options(&item);
        view! {
            <li>
                <span>
                    {item.menu_name}
                    {options.map(|text| view! { <small>{text}</small> }.into_any())}
                    {item.note.map(note_line)}
                </span>
                <span>"×" {item.quantity}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="ticket-items">{items.into_iter().map(line).collect::<Vec<_>>()}</ul>
        {note.map(|note| view! { <p>{note_line(note)}</p> }.into_any())}
    }
}

/// Dishes, quantities and subtotals: what to pay.
#[component]
pub fn ItemLines(
    /// The lines.
    items: Vec<OrderItem>,
    /// A word for the whole order.
    note: Option<String>,
) -> impl IntoView {
    let auth = expect_context::<Auth>();
    let line = move |item: OrderItem| {
        let options = options(&item);
        view! {
            <li>
                <span>
                    {item.menu_name} " ×" {item.quantity}
                    {options.map(|text| view! { <small>{text}</small> }.into_any())}
                    {item.note.map(note_line)}
                </span>
                <Won amount=item.subtotal currency=auth.currency />
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="order-items">{items.into_iter().map(line).collect::<Vec<_>>()}</ul>
        {note.map(|note| view! { <p>{note_line(note)}</p> }.into_any())}
    }
}

/// A word of the guest.
pub fn note_line(note: String) -> AnyView {
    view! {
        <span class="note">
            <b class="note-label">{tr!(order.note)}</b>
            " "
            {note}
        </span>
    }
    .into_any()
}

/// The chosen options in one line.
#[must_use]
pub fn options(item: &OrderItem) -> Option<String> {
    let names: Vec<_> = item.options.iter().map(|option| option.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(" · "))
}
