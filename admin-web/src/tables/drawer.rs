//! A table's drawer: every order of the party's stay, newest first.

use leptos::prelude::*;
use shared_types::{OrderId, TableId};
use web_kit::format;
use web_kit::lean::{effect, list, memo, on, part};
use web_kit::ui::{DialogShape, Icon, Svg};

use super::bill::Bill;
use crate::auth::Auth;
use crate::board::Desk;
use crate::orders::{Acts, OrderCard};
use crate::route::Place;
use crate::state::queue::is_fresh;
use crate::state::tables::TableView;
use crate::ui::Sheet;
use crate::{say, tr, words};

/// The drawer of the opened table.
#[component]
pub fn TableDrawer() -> impl IntoView {
    let (desk, place) = (expect_context::<Desk>(), expect_context::<Place>());
    let is_open = Signal::derive(move || desk.opened.with(Option::is_some));
    let close = Callback::new(move |()| place.close());
    let content = move || desk.opened.get().map(|table| view! { <Content table close /> });
    view! {
        <Sheet open=is_open on_close=close id="drawer-title" shape=DialogShape::Drawer testid="drawer">
            {content()}
        </Sheet>
    }
}

#[component]
fn Content(table: TableId, close: Callback<()>) -> impl IntoView {
    let (desk, acts) = (expect_context::<Desk>(), expect_context::<Acts>());
    let view = desk.table(table);
    // Whoever looks at the table has seen its new orders.
    effect(move || {
        let fresh: Vec<OrderId> = desk.board.with(|board| {
            let fresh = board.orders_of(table).into_iter().filter(|order| is_fresh(order));
            fresh.map(|order| order.id).collect()
        });
        for order in fresh {
            acts.acknowledge(order);
        }
    });
    let orders = memo(move || {
        desk.board.with(|board| board.orders_of(table).iter().map(|order| order.id).collect::<Vec<_>>())
    });
    let next = memo(move || desk.board.with(|board| board.next_of(table)));
    let empty = move || {
        orders.with(Vec::is_empty).then(|| {
            view! {
                <div class="queue-empty" data-testid="drawer-empty">
                    <b>{tr!(table.no_orders)}</b>
                    <p>{tr!(table.no_orders_text)}</p>
                </div>
            }
        })
    };
    view! {
        <Head view close />
        <div class="dr-body" tabindex="0" aria-labelledby="drawer-title">
            {part(empty)}
            {list(move || orders.get(), move |id| view! { <OrderCard id next /> })}
        </div>
        <Bill view />
    }
}

#[component]
fn Head(view: Memo<Option<TableView>>, close: Callback<()>) -> impl IntoView {
    let auth = expect_context::<Auth>();
    let title = words::text(move || {
        view.with(|view| match view {
            Some(view) => say!(table.name, number = view.number.clone()),
            None => say!(table.unknown),
        })
    });
    let stay = words::text(move || {
        let session = view.with(|view| view.as_ref().and_then(|view| view.session));
        match session {
            Some(session) => {
                let time = auth.timezone.with(|zone| format::time(session.opened_at, zone));
                let minutes = format::minutes_since(session.opened_at, auth.now_ms.get());
                match minutes {
                    ..1 => say!(table.since_now, time = time),
                    _ => say!(table.since, time = time, age = words::minutes(minutes)),
                }
            }
            None => say!(table.free),
        }
    });
    view! {
        <header class="dr-head">
            <h2 id="drawer-title" tabindex="-1" autofocus=true>
                {title}
            </h2>
            <button
                type="button"
                class="btn quiet icon"
                aria-label=tr!(app.close)
                data-testid="drawer-close"
                on:click=on(move |_| close.run(()))
            >
                <Svg icon=Icon::Close />
            </button>
            <p>{stay}</p>
        </header>
    }
}
