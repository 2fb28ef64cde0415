//! One table's number, password and devices.

use std::sync::Arc;

use leptos::prelude::*;
use shared_types::errors::FieldErrors;
use shared_types::tables::{AdminTable, TableUpdate};
use web_kit::lean::{memo, on, part};
use web_kit::ui::{DialogShape, FieldKind, Icon, Svg};

use super::devices::devices;
use super::rooms::{Rooms, random_password};
use crate::route::Place;
use crate::ui::{Ask, Press, Sheet, ask, field};
use crate::{say, tr};

/// The table that the address names.
#[component]
pub fn EditDrawer() -> impl IntoView {
    let (place, rooms) = (expect_context::<Place>(), expect_context::<Rooms>());
    let table = memo(move || place.opened().and_then(|number| rooms.table(&number)).map(|table| table.id));
    let open = Signal::derive(move || table.get().is_some());
    let close = Callback::new(move |()| place.close());
    let question = RwSignal::new(None);
    let content = move || {
        let number = table.get().and_then(|_| untrack(|| place.opened()));
        let table = number.and_then(|number| untrack(|| rooms.table(&number)));
        table.map(|table| drawer(rooms, table, close, question))
    };
    view! {
        <Sheet open on_close=close id="room-title" shape=DialogShape::Drawer testid="room-drawer">
            {content()}
        </Sheet>
        {ask(question, tr!(order.keep))}
    }
}

fn drawer(rooms: Rooms, table: AdminTable, close: Callback<()>, question: RwSignal<Option<Ask>>) -> AnyView {
    rooms.faults.set(FieldErrors::default());
    let title = say!(table.name, number = table.table_number.clone());
    let doomed = table.clone();
    let delete = move || {
        let doomed = doomed.clone();
        question.set(Some(Ask {
            title: say!(tables.delete_title, number = doomed.table_number.clone()),
            body: say!(tables.delete_text),
            yes: say!(tables.delete),
            danger: true,
            act: Arc::new(move || rooms.delete(doomed.clone())),
        }));
    };
    let close_cross = Press::icon_only("btn quiet icon", Icon::Close, tr!(app.close)).id("drawer-close");
    let foot = if table.session.is_some() {
        view! { <p class="small dim">{tr!(tables.delete_taken)}</p> }.into_any()
    } else {
        Press::new("btn danger", tr!(tables.delete)).icon(Icon::Trash).id("delete-table").act(delete)
    };
    view! {
        <header class="dr-head">
            <h2 id="room-title" tabindex="-1" autofocus=true>
                {title}
            </h2>
            {close_cross.act(move || close.run(()))}
        </header>
        <div class="dr-body" tabindex="0" aria-labelledby="room-title">
            {number(rooms, &table)}
            {password(rooms, &table)}
            {devices(rooms, &table, question)}
        </div>
        <footer class="dr-foot">{foot}</footer>
    }
    .into_any()
}

fn number(rooms: Rooms, table: &AdminTable) -> AnyView {
    let (id, before) = (table.id, table.table_number.clone());
    let value = RwSignal::new(before.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let number = value.get_untracked().trim().to_owned();
        if number != before {
            rooms.update(id, TableUpdate { table_number: Some(number), password: None });
        }
    };
    view! {
        <form class="card form-card" novalidate on:submit=on(send)>
            {field("table_number", tr!(tables.number), value, rooms.faults, FieldKind::Code)}
            {Press::new("btn", tr!(app.save)).busy(rooms.busy).id("save-number").submit()}
        </form>
    }
    .into_any()
}

fn password(rooms: Rooms, table: &AdminTable) -> AnyView {
    let id = table.id;
    let value = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        rooms.update(id, TableUpdate { table_number: None, password: Some(value.get_untracked()) });
    };
    let shown = move || {
        let password = rooms.fresh.with(|fresh| fresh.get(&id).cloned());
        password.map(|password| {
            view! {
                <p class="notice" role="status" data-testid="fresh-password">
                    <Svg icon=Icon::Lock />
                    <span>{tr!(tables.fresh)} " " <b class="secret">{password}</b></span>
                </p>
            }
            .into_any()
        })
    };
    let invent = Press::new("btn quiet", tr!(tables.invent)).id("invent-password");
    view! {
        <form class="card form-card" novalidate on:submit=on(send)>
            {field("password", tr!(tables.new_password), value, rooms.faults, FieldKind::Code)}
            <p class="hint">{tr!(tables.new_password_hint)}</p>
            {part(shown)}
            <div class="row">
                {invent.act(move || value.set(random_password()))}
                {Press::new("btn", tr!(tables.set_password)).busy(rooms.busy).id("save-password").submit()}
            </div>
        </form>
    }
    .into_any()
}
