//! `/orders`: newest first, with the sum of the visit.

use leptos::prelude::*;
use web_kit::clock;
use web_kit::lean::{list, memo, show, spawn, switch};
use web_kit::ui::{Button, ButtonVariant, ConnectionBadge, Icon, Skeleton, Svg, use_toasts};

use super::OrdersStore;
use super::card::OrderCard;
use crate::cart::CartBar;
use crate::route::{Link, Route};
use crate::shell::{CallButton, Empty, OfflineBanner, Price, Quick, is_wide};
use crate::{live, tr, txt, words};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Failed,
    None,
    Some,
}

/// `/orders`.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let orders = OrdersStore::expect();
    let state = move || {
        orders.with(|known| match known.map(|orders| orders.list.is_empty()) {
            Some(false) => State::Some,
            Some(true) => State::None,
            None if orders.failure().is_some() => State::Failed,
            None => State::Loading,
        })
    };
    let body = |state| match state {
        State::Some => view! { <List /> }.into_any(),
        State::None => view! { <NoOrders /> }.into_any(),
        State::Failed => view! { <Failed /> }.into_any(),
        State::Loading => view! { <Loading /> }.into_any(),
    };
    let wide = is_wide();
    view! {
        <OfflineBanner />
        <div class="page">
            <Head />
            {switch(state, |state| *state as u32, body)}
            {show(move || !wide.get(), || view! { <Quick /> })}
        </div>
        <CartBar />
    }
}

#[component]
fn Head() -> impl IntoView {
    let connection = live::connection();
    let wide = is_wide();
    view! {
        <header class="page-head">
            <Link to=Route::Menu class="btn quiet icon" testid="back-to-menu" label=tr!(cart.back)>
                <Svg icon=Icon::Back />
            </Link>
            <h1>{tr!(orders.title)}</h1>
            <ConnectionBadge connection=connection text=move || words::connection(connection.get()) />
            {show(move || wide.get(), || view! { <Quick /> })}
            <CallButton variant=ButtonVariant::Plain />
        </header>
    }
}

#[component]
fn List() -> impl IntoView {
    let orders = OrdersStore::expect();
    let now = clock::ticking(10_000);
    let ids = move || {
        orders.with(|orders| {
            orders.map(|orders| orders.list.iter().map(|order| order.id).collect()).unwrap_or_default()
        })
    };
    view! {
        <main class="orders" data-testid="orders">
            <div aria-live="polite">
                {list(ids, move |id| view! { <OrderCard id now /> })}
                <More />
            </div>
            <Sum />
        </main>
    }
}

#[component]
fn More() -> impl IntoView {
    let orders = OrdersStore::expect();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let more = move |()| {
        busy.set(true);
        spawn(async move {
            if let Err(failure) = orders.more().await {
                toasts.error(words::failure(&failure));
            }
            busy.try_set(false);
        });
    };
    view! {
        {show(move || orders.with(|orders| orders.is_some_and(|o| o.next_cursor.is_some())), move || view! { <Button wide=true busy on_press=more attr:data-testid="orders-more">
                {tr!(orders.more)}
            </Button> })}
    }
}

#[component]
fn Sum() -> impl IntoView {
    let orders = OrdersStore::expect();
    let total = memo(move || orders.with(|orders| orders.map(|o| o.total).unwrap_or_default()));
    // Only the number of those fetched is known; say it when that is all of them.
    let count = move || orders.with(|orders| orders.map(|o| (o.list.len(), o.next_cursor.is_none())));
    let caption = move || match count() {
        Some((count, true)) => txt!(orders.sum, count = count),
        _ => txt!(orders.sum_plain).to_owned(),
    };
    view! {
        <aside class="card aside">
            <p class="dim small">{move || caption()}</p>
            <p class="sum-total" data-testid="orders-total">
                <Price amount=total />
            </p>
            <p class="small dim">{tr!(orders.pay)}</p>
            <Link to=Route::Menu class="btn primary lg wide">
                {tr!(orders.order_more)}
            </Link>
        </aside>
    }
}

#[component]
fn NoOrders() -> impl IntoView {
    view! {
        <Empty title=tr!(orders.empty) hint=tr!(orders.empty_hint)>
            <Link to=Route::Menu class="btn primary lg">
                {tr!(cart.to_menu)}
            </Link>
        </Empty>
    }
}

#[component]
fn Failed() -> impl IntoView {
    let orders = OrdersStore::expect();
    let hint = move || orders.failure().map(|failure| words::failure(&failure)).unwrap_or_default();
    let retry = move |()| spawn(async move { drop(orders.refetch().await) });
    view! {
        <Empty title=tr!(orders.failed) hint=hint>
            <Button variant=ButtonVariant::Primary on_press=retry attr:data-testid="retry">
                {tr!(app.retry)}
            </Button>
        </Empty>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <main class="orders" aria-busy="true">
            <div class="card order">
                <Skeleton class="skel-title" />
                <Skeleton class="skel-line" />
                <Skeleton class="skel-line" />
            </div>
            <div class="card aside">
                <Skeleton class="skel-line" />
                <Skeleton class="skel-title" />
            </div>
        </main>
    }
}
