//! A table's drawer: every order of the party's stay, newest first.

use leptos::prelude::*;
use shared_types::{OrderId, TableId};
use web_kit::format;
use web_kit::ui::{Dialog, DialogShape, Icon, Svg, ToastHost};

use super::bill::Bill;
use crate::auth::Auth;
use crate::board::Desk;
use crate::orders::{Acts, DeleteDialog, OrderCard};
use crate::state::queue::is_fresh;
use crate::state::tables::TableView;
use crate::{say, tr, words};

/// The drawer of the opened table.
#[component]
pub fn TableDrawer() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let is_open = Signal::derive(move || desk.opened.with(Option::is_some));
    let close = Callback::new(move |()| desk.opened.set(None));
    let content = move || desk.opened.get().map(|table| view! { <Content table close /> });
    view! {
        <Dialog open=is_open on_close=close labelled_by="drawer-title" shape=DialogShape::Drawer testid="drawer">
            {content}
        </Dialog>
        <DeleteDialog />
    }
}

#[component]
fn Content(table: TableId, close: Callback<()>) -> impl IntoView {
    let (desk, acts) = (expect_context::<Desk>(), expect_context::<Acts>());
    let view = desk.table(table);
    // Whoever looks at the table has seen its new orders.
    Effect::new(move || {
        let fresh: Vec<OrderId> = desk.board.with(|board| {
            let fresh = board.orders_of(table).into_iter().filter(|order| is_fresh(order));
            fresh.map(|order| order.id).collect()
        });
        for order in fresh {
            acts.acknowledge(order);
        }
    });
    let orders = Memo::new(move |_| {
        desk.board.with(|board| board.orders_of(table).iter().map(|order| order.id).collect::<Vec<_>>())
    });
    let next = Memo::new(move |_| desk.board.with(|board| board.next_of(table)));
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
            {empty}
            <For each=move || orders.get() key=|id| *id children=move |id| view! { <OrderCard id next /> } />
        </div>
        <Bill view />
        <ToastHost dismiss_label=tr!(app.close) />
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
                on:click=move |_| close.run(())
            >
                <Svg icon=Icon::Close />
            </button>
            <p>{stay}</p>
        </header>
    }
}
