//! The question before a table is finished, with what its party ordered.

use leptos::prelude::*;
use shared_types::TableId;
use web_kit::lean::part;
use web_kit::ui::{DialogHead, Dismiss, Icon, Svg, Won};

use super::stays::{FINISH, Stays};
use crate::auth::Auth;
use crate::board::Desk;
use crate::route::Place;
use crate::state::tables::quantities;
use crate::ui::{Press, Sheet};
use crate::{say, tr};

/// Asks, while the address says so.
#[component]
pub fn FinishDialog() -> impl IntoView {
    let (place, stays) = (expect_context::<Place>(), expect_context::<Stays>());
    let table = stays.shown(FINISH);
    let open = Signal::derive(move || table.get().is_some());
    let dismiss = Signal::derive(move || if stays.busy.get() { Dismiss::Never } else { Dismiss::Escape });
    let close = Callback::new(move |()| place.close());
    let content = move || table.get().map(|table| question(table, close));
    view! {
        <Sheet open on_close=close id="finish-title" dismiss testid="finish-dialog">
            {content()}
        </Sheet>
    }
}

fn question(table: TableId, close: Callback<()>) -> AnyView {
    let (auth, desk, stays) = (expect_context::<Auth>(), expect_context::<Desk>(), expect_context::<Stays>());
    let view = desk.table(table);
    let party = stays.party(FINISH, table);
    let number = desk.board.with_untracked(|board| board.table(table).map(|t| t.table_number.clone()));
    let number = number.unwrap_or_default();
    let title = say!(table.finish_title, number = number.clone());
    let left = move || view.with(|view| view.as_ref().map_or(0, |view| view.counts.open()));
    let warning = move || {
        (left() > 0).then(|| {
            view! {
                <p class="notice warn" data-testid="finish-left">
                    <Svg icon=Icon::Warning />
                    <span>{tr!(table.finish_left, count = left())}</span>
                </p>
            }
            .into_any()
        })
    };
    // What is being ordered while the question is open is counted, too.
    let lines = move || {
        let dishes = desk.board.with(|board| quantities(board.orders_of(table).into_iter()));
        let line = |(name, count, amount)| {
            view! {
                <li>
                    <span>{name} " ×" {count}</span>
                    <Won amount=Signal::stored(amount) currency=auth.currency />
                </li>
            }
            .into_any()
        };
        dishes.into_iter().map(line).collect::<Vec<_>>()
    };
    let total = Signal::derive(move || view.with(|view| view.as_ref().map(|v| v.total).unwrap_or_default()));
    view! {
        <DialogHead id="finish-title" title />
        <div class="dialog-body stack">
            {part(warning)}
            <ul class="order-items">{part(lines)}</ul>
            <dl class="sum">
                <dt class="big">{tr!(table.due)}</dt>
                <dd class="big" data-testid="finish-total">
                    <Won amount=total currency=auth.currency />
                </dd>
            </dl>
            <p class="small dim">{tr!(table.finish_text)}</p>
        </div>
        <footer class="dialog-foot">
            {Press::new("btn lg", tr!(order.keep)).busy(stays.busy).id("finish-no").act(move || close.run(()))}
            {Press::new("btn primary lg", tr!(table.finish))
                .busy(stays.busy)
                .id("finish-yes")
                .act(move || stays.finish(table, party, number.clone(), auth))}
        </footer>
    }
    .into_any()
}
