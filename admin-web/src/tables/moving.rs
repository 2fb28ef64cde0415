//! Where a party can move: the free tables.

use leptos::prelude::*;
use shared_types::TableId;
use web_kit::lean::part;
use web_kit::ui::Dismiss;

use super::stays::{MOVE, Stays};
use crate::board::Desk;
use crate::route::Place;
use crate::ui::{Press, Sheet};
use crate::{say, tr};

/// The free tables, while the address says so.
#[component]
pub fn MoveDialog() -> impl IntoView {
    let (place, stays) = (expect_context::<Place>(), expect_context::<Stays>());
    let table = stays.shown(MOVE);
    let open = Signal::derive(move || table.get().is_some());
    let dismiss = Signal::derive(move || if stays.busy.get() { Dismiss::Never } else { Dismiss::Anyhow });
    let close = Callback::new(move |()| place.close());
    let content = move || table.get().map(free_tables);
    view! {
        <Sheet open on_close=close id="move-title" title=|| say!(table.move_title) dismiss testid="move-dialog">
            {content()}
        </Sheet>
    }
}

fn free_tables(from: TableId) -> AnyView {
    let (desk, stays) = (expect_context::<Desk>(), expect_context::<Stays>());
    let party = stays.party(MOVE, from);
    let choices = move || {
        let free = desk.board.with(|board| {
            let free = board.tables().iter().filter(|table| table.session.is_none());
            free.map(|table| (table.id, table.table_number.clone())).collect::<Vec<_>>()
        });
        if free.is_empty() {
            return view! { <p class="queue-empty">{tr!(table.move_none)}</p> }.into_any();
        }
        let choice = |(to, number): (TableId, String)| {
            let name = number.clone();
            Press::new("btn", say!(table.name, number = number.clone()))
                .busy(stays.busy)
                .id("move-to")
                .act(move || stays.move_to(from, party, to, name.clone()))
        };
        let choices = free.into_iter().map(choice).collect::<Vec<_>>();
        view! { <div class="pick">{choices}</div> }.into_any()
    };
    view! {
        <div class="dialog-body stack">
            <p class="small dim">{tr!(table.move_text)}</p>
            {part(choices)}
        </div>
    }
    .into_any()
}
