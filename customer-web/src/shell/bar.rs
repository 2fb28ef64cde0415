//! The header: where we sit, and the three things that are always within reach.

use std::time::Duration;

use crate::route::{Link, Route};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use shared_types::orders::OrderStatus;
use web_kit::lean::{memo, on, show};
use web_kit::ui::{Button, ButtonVariant, ConnectionBadge, Icon, Svg, status_class};

use super::{Quick, Sheets, is_wide};
use crate::calls::CallStore;
use crate::login::Account;
use crate::menu::SearchToggle;
use crate::orders::OrdersStore;
use crate::{live, tr, txt, words};

/// How long staff press the table's number.
const LONG_PRESS: Duration = Duration::from_millis(900);

/// The header's first row.
#[component]
pub fn ShopBar() -> impl IntoView {
    let wide = is_wide();
    view! {
        <div class="shop-bar">
            <Where />
            {show(move || wide.get(), || view! { <Quick /> })}
            <SearchToggle />
            <OrdersLink />
            <CallButton variant=ButtonVariant::Quiet />
        </div>
    }
}

/// Table and store. A long press is the staff's way out.
#[component]
fn Where() -> impl IntoView {
    let account = Account::expect();
    let sheets = Sheets::expect();
    let connection = live::connection();
    let pressed = StoredValue::new(None::<TimeoutHandle>);
    let release = move || {
        if let Some(timer) = pressed.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    let press = move || {
        release();
        pressed.set_value(set_timeout_with_handle(move || sheets.sign_out.set(true), LONG_PRESS).ok());
    };
    on_cleanup(release);
    let key = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") && !event.repeat() {
            press();
        }
    };
    view! {
        <h1 class="where">
            <button
                type="button"
                title=tr!(staff.hold)
                data-testid="table-number"
                on:pointerdown=on(move |_| press())
                on:pointerup=on(move |_| release())
                on:pointerleave=on(move |_| release())
                on:pointercancel=on(move |_| release())
                on:keydown=on(key)
                on:keyup=on(move |_| release())
                on:blur=on(move |_| release())
                on:contextmenu=on(move |event: leptos::ev::MouseEvent| event.prevent_default())
            >
                <b>{move || txt!(app.table, number = account.table_number())}</b>
                <span class="where-store">
                    {move || account.store_name()}
                    <ConnectionBadge connection text=move || words::connection(connection.get()) />
                </span>
            </button>
        </h1>
    }
}

/// The way to the orders, with the state of the one that is furthest behind.
#[component]
fn OrdersLink() -> impl IntoView {
    let orders = OrdersStore::expect();
    let headline = memo(move || orders.headline());
    let label = move || {
        let count = orders.with(|orders| orders.map_or(0, |o| o.under_way()));
        if count == 0 { txt!(menu.orders).to_owned() } else { txt!(orders.open_count, count = count) }
    };
    let mark = move |status: OrderStatus| format!("mark {}", status_class(status));
    view! {
        <Link to=Route::Orders class="btn quiet" testid="orders-link" label=Signal::derive(label)>
            <Svg icon=Icon::Receipt />
            <span>{tr!(menu.orders)}</span>
            {move || headline.get().map(|status| view! { <span class=mark(status)></span> }.into_any())}
        </Link>
    }
}

/// 직원 호출, on every page.
#[component]
pub fn CallButton(
    /// How it looks.
    variant: ButtonVariant,
) -> impl IntoView {
    let sheets = Sheets::expect();
    let calls = CallStore::expect();
    view! {
        <Button
            variant
            on_press=move |()| sheets.calls.set(true)
            attr:aria-label=tr!(menu.call)
            attr:data-testid="call-staff"
        >
            <Svg icon=Icon::Bell />
            <span>{tr!(menu.call)}</span>
            {move || calls.any_open().then(|| view! { <span class="mark pending"></span> }.into_any())}
        </Button>
    }
}
