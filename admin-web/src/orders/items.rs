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
                    {options.map(|text| view! { <small>{text}</small> })}
                    {item.note.map(|note| view! { <NoteLine note /> })}
                </span>
                <span>"×" {item.quantity}</span>
            </li>
        }
    };
    view! {
        <ul class="ticket-items">{items.into_iter().map(line).collect_view()}</ul>
        {note.map(|note| view! { <p><NoteLine note /></p> })}
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
                    {options.map(|text| view! { <small>{text}</small> })}
                    {item.note.map(|note| view! { <NoteLine note /> })}
                </span>
                <Won amount=item.subtotal currency=auth.currency />
            </li>
        }
    };
    view! {
        <ul class="order-items">{items.into_iter().map(line).collect_view()}</ul>
        {note.map(|note| view! { <p><NoteLine note /></p> })}
    }
}

#[component]
fn NoteLine(note: String) -> impl IntoView {
    view! {
        <span class="note">
            <b class="note-label">{tr!(order.note)}</b>
            " "
            {note}
        </span>
    }
}

fn options(item: &OrderItem) -> Option<String> {
    let names: Vec<_> = item.options.iter().map(|option| option.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(" · "))
}
