//! A card per table to print: its number, what to type on the tablet, and the address as a QR code.

use leptos::prelude::*;
use shared_types::tables::AdminTable;
use web_kit::lean::{on, part};
use web_kit::storage;
use web_kit::ui::Icon;

use super::rooms::Rooms;
use crate::auth::Auth;
use crate::qr;
use crate::route::{Page, Place};
use crate::shell::head;
use crate::ui::{Press, remote_view};
use crate::{say, tr, words};

/// Where guests' devices go, when it is not where this app comes from.
const ADDRESS_KEY: &str = "tableorder.admin.guests";

/// The cards, instead of the list.
pub fn cards(rooms: Rooms) -> AnyView {
    let place = expect_context::<Place>();
    let origin = format!("{}/", window().location().origin().unwrap_or_default());
    let address = RwSignal::new(storage::load::<String>(ADDRESS_KEY).unwrap_or(origin));
    let keep = move |event: leptos::ev::Event| {
        address.set(event_target_value(&event));
        storage::save(ADDRESS_KEY, &address.get_untracked());
    };
    let print = Press::new("btn primary", tr!(tables.print_now)).icon(Icon::Receipt).id("print-now");
    let acts = view! {
        {Press::new("btn", tr!(tables.back)).id("cards-back").act(move || place.close())}
        // Only a browser without a printer refuses.
        {print.act(move || drop(window().print()))}
    };
    let shown = move || {
        let tables = rooms.list.value.with(|list| list.as_ref().map(|list| list.tables.clone()));
        let code = qr::picture(&address.get());
        tables
            .unwrap_or_default()
            .into_iter()
            .map(|table| card(rooms, table, &code, address))
            .collect::<Vec<_>>()
    };
    let content = move || view! { <ul class="setup-cards">{part(shown)}</ul> }.into_any();
    view! {
        {head(Page::Tables, acts.into_any())}
        <main class="page" id="main" tabindex="-1">
            <div class="field no-print">
                <label for="guests">{tr!(tables.address)}</label>
                <input
                    class="input"
                    id="guests"
                    type="url"
                    inputmode="url"
                    data-testid="guests-address"
                    prop:value=address
                    on:input=on(keep)
                />
                <p class="hint">{tr!(tables.address_hint)}</p>
            </div>
            {remote_view(rooms.list, "skel skel-row", move || rooms.fetch(), content)}
        </main>
    }
    .into_any()
}

fn card(rooms: Rooms, table: AdminTable, code: &str, address: RwSignal<String>) -> AnyView {
    let auth = expect_context::<Auth>();
    let (id, number) = (table.id, table.table_number.clone());
    let title = words::text(move || say!(table.name, number = number.clone()));
    let store = auth.session.with_untracked(|s| s.user().map(|me| me.store.code.clone())).unwrap_or_default();
    let password = rooms.fresh.with(|fresh| fresh.get(&id).cloned());
    let password = password.unwrap_or_else(|| "\u{2009}".repeat(24));
    view! {
        <li class="card setup-card" data-testid="setup-card">
            <div>
                <p class="small dim">{auth.store_name}</p>
                <h2>{title}</h2>
                <dl>
                    <dt>{tr!(auth.store)}</dt>
                    <dd>{store}</dd>
                    <dt>{tr!(tables.number)}</dt>
                    <dd>{table.table_number}</dd>
                    <dt>{tr!(auth.password)}</dt>
                    <dd class="secret">{password}</dd>
                </dl>
            </div>
            <div class="setup-code">
                <svg viewBox="0 0 100 100" role="img" aria-label=tr!(tables.code)>
                    <path d=code.to_owned()></path>
                </svg>
                <p class="small">{part(move || address.get())}</p>
            </div>
        </li>
    }
    .into_any()
}
