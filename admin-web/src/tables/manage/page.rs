//! `/tables`: every table, whether somebody sits there, which devices are signed in.

use leptos::prelude::*;
use shared_types::tables::AdminTable;
use web_kit::lean::{attr, effect, memo, on, part, switch};
use web_kit::ui::{Icon, Svg};

use super::add::AddDialog;
use super::cards::cards;
use super::edit::EditDrawer;
use super::rooms::Rooms;
use crate::board::Desk;
use crate::route::{Page, Place};
use crate::shell::head;
use crate::ui::{Press, remote_view};
use crate::{say, tr, words};

/// The part of the address that shows the form for new tables.
pub const ADD: &str = "add";
/// The same for the cards to print.
pub const CARDS: &str = "cards";

/// The page.
#[component]
pub fn TablesPage() -> impl IntoView {
    let (desk, place, rooms) = (expect_context::<Desk>(), expect_context::<Place>(), Rooms::provide());
    // Somebody sits down or leaves, or another screen changes a table.
    let seats = memo(move || {
        desk.board.with(|board| {
            let seats = board.tables().iter().map(|table| (table.id, table.session.map(|stay| stay.id)));
            seats.collect::<Vec<_>>()
        })
    });
    effect(move || {
        // Read, not only tracked: a memo that was never asked does not know what it depends on.
        let _ = seats.get();
        rooms.fetch();
    });
    let are_cards = move || place.shown().as_deref() == Some(CARDS);
    let view = move |are_cards: bool| if are_cards { cards(rooms) } else { list(rooms, place) };
    view! {
        {switch(are_cards, |are| u32::from(*are), view)}
        <EditDrawer />
        <AddDialog />
    }
}

fn list(rooms: Rooms, place: Place) -> AnyView {
    let is_empty =
        move || rooms.list.value.with(|list| list.as_ref().is_none_or(|list| list.tables.is_empty()));
    let acts = move || {
        let print = (!is_empty()).then(|| {
            Press::new("btn", tr!(tables.print))
                .icon(Icon::Receipt)
                .id("print-cards")
                .act(move || place.show(CARDS))
        });
        view! {
            {print}
            {Press::new("btn primary", tr!(tables.add))
                .icon(Icon::Plus)
                .id("add-table")
                .act(move || place.show(ADD))}
        }
    };
    let content = remote_view(rooms.list, "skel skel-row", move || rooms.fetch(), move || rows(rooms, place));
    view! {
        {head(Page::Tables, part(acts).into_any())}
        <main class="page" id="main" tabindex="-1">
            {content}
        </main>
    }
    .into_any()
}

fn rows(rooms: Rooms, place: Place) -> AnyView {
    let rows = move || {
        let tables = rooms.list.value.with(|list| list.as_ref().map(|list| list.tables.clone()));
        let tables = tables.unwrap_or_default();
        if tables.is_empty() {
            return view! {
                <div class="queue-empty" data-testid="no-tables">
                    <b>{tr!(board.no_tables)}</b>
                    <p>{tr!(tables.empty_text)}</p>
                </div>
            }
            .into_any();
        }
        let rows = tables.into_iter().map(|table| row(table, place)).collect::<Vec<_>>();
        view! { <ul class="rooms" data-testid="rooms">{rows}</ul> }.into_any()
    };
    part(rows).into_any()
}

fn row(table: AdminTable, place: Place) -> AnyView {
    let is_taken = table.session.is_some();
    let devices = table.device_count;
    let number = table.table_number.clone();
    let testid = format!("room-{number}");
    let stay = words::text(move || if is_taken { say!(tables.taken) } else { say!(table.free) });
    let signed_in = words::text(move || match devices {
        0 => say!(tables.no_device),
        count => say!(tables.devices_count, count = count),
    });
    view! {
        <li class="card room" data-testid=testid>
            <button type="button" class="room-open" on:click=on(move |_| place.open(number.clone()))>
                <b>{table.table_number.clone()}</b>
                <small>{tr!(table.number)}</small>
            </button>
            <p class="small">
                <span class=attr(move || if is_taken { "mark preparing" } else { "mark" })></span>
                {stay}
            </p>
            <p class="small dim">{signed_in}</p>
            <Svg icon=Icon::Forward />
        </li>
    }
    .into_any()
}
