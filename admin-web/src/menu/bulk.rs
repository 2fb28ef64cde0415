//! Many dishes at once: what is to change, and what would come of it before it happens.

use leptos::prelude::*;
use shared_types::Money;
use shared_types::errors::FieldErrors;
use shared_types::menu_bulk::{MenuBulk, ROUNDINGS};
use web_kit::lean::{effect, memo, part, show};
use web_kit::ui::{FieldKind, Won, use_toasts};
use web_kit::{api, format, i18n};

use super::chosen::Chosen;
use super::store::MenuDesk;
use crate::auth::Auth;
use crate::route::Place;
use crate::state::bulk::{ACTS, BulkForm, BulkLine, Effect, UNITS, changes, preview};
use crate::ui::{Choice, Press, Sheet, choice, field, to_fault};
use crate::{say, tr};

/// The part of the address that shows the form.
pub const BULK: &str = "bulk";

/// What is to change, while the address says so.
#[component]
pub fn BulkDialog(chosen: Chosen) -> impl IntoView {
    let (desk, place) = (expect_context::<MenuDesk>(), expect_context::<Place>());
    let none = move || chosen.count.get() == 0;
    let open = Signal::derive(move || place.shown().as_deref() == Some(BULK) && !none());
    // An address that was kept, with nothing chosen any more.
    effect(move || {
        if place.shown().as_deref() == Some(BULK) && none() {
            place.close();
        }
    });
    let close = Callback::new(move |()| place.close());
    let content = move || form(desk, chosen, close);
    view! {
        <Sheet open on_close=close id="bulk-title" title=|| say!(bulk.title) testid="bulk-dialog">
            {content()}
        </Sheet>
    }
}

fn form(desk: MenuDesk, chosen: Chosen, close: Callback<()>) -> AnyView {
    let BulkForm { act, by, unit, round_to } = BulkForm::default();
    let [act, by, unit, round_to] = [act, by, unit, round_to].map(RwSignal::new);
    let typed = move || BulkForm { act: act.get(), by: by.get(), unit: unit.get(), round_to: round_to.get() };
    let faults = RwSignal::new(FieldErrors::default());
    let is_price = memo(move || typed().is_price());
    let bulk = memo(move || chosen.ids.with(|ids| typed().finish(ids)));
    let lines = memo(move || match bulk.get() {
        Ok(bulk) => desk.board.value.with(|board| board.as_ref().map(|board| preview(&bulk, &board.menus))),
        Err(_) => None,
    });
    let toasts = use_toasts();
    let send = move || match bulk.get_untracked() {
        Err(wrong) => {
            faults.set(wrong);
            to_fault();
        }
        Ok(mut bulk) => {
            // The preview was of this menu; an answer that got lost is not repeated on the next.
            bulk.version = desk.board.value.with_untracked(|board| board.as_ref().map(|board| board.version));
            match lines.with_untracked(|lines| lines.as_ref().map(|lines| changes(lines))).flatten() {
                None => toasts.error(say!(bulk.refused)),
                Some(0) => toasts.success(say!(bulk.nothing)),
                Some(count) => desk.act(apply(bulk), say!(bulk.done, count = count), move || {
                    chosen.turn();
                    close.run(());
                }),
            }
        }
    };
    let price = move || {
        view! {
            <div class="two">
                {field("by", tr!(bulk.by), by, faults, FieldKind::Number)}
                {choice("unit", tr!(bulk.unit), unit, units)}
                {choice("round-to", tr!(bulk.round_to), round_to, roundings)}
            </div>
        }
    };
    view! {
        <div class="wide dialog-body stack" tabindex="0" aria-labelledby="bulk-title">
            {choice("act", tr!(bulk.act), act, acts)}
            {show(move || is_price.get(), price)}
            {part(move || lines.get().map(table))}
        </div>
        <footer class="dialog-foot">
            {Press::new("btn lg", tr!(app.cancel)).id("bulk-cancel").act(move || close.run(()))}
            {Press::new("btn primary lg", tr!(bulk.apply)).busy(desk.busy).id("bulk-apply").act(send)}
        </footer>
    }
    .into_any()
}

async fn apply(bulk: MenuBulk) -> Result<(), api::Failure> {
    api::admin::menu::change_many(&bulk).await
}

fn acts() -> Vec<Choice> {
    let words = [say!(bulk.sold_out), say!(bulk.on_sale), say!(bulk.raise), say!(bulk.lower)];
    ACTS.map(str::to_owned).into_iter().zip(words).collect()
}

fn units() -> Vec<Choice> {
    // The sign as prices have it: 원, ₩.
    let none = format::money(Money::ZERO, &expect_context::<Auth>().currency.get(), i18n::lang());
    let words = [none.replace(['0', '.', ' '], ""), "%".to_owned()];
    UNITS.map(str::to_owned).into_iter().zip(words).collect()
}

fn roundings() -> Vec<Choice> {
    ROUNDINGS.map(|unit| (unit.to_string(), unit.to_string())).into()
}

fn table(lines: Vec<BulkLine>) -> AnyView {
    let rows = lines.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <table class="tbl" data-testid="bulk-preview">
            <thead>
                <tr>
                    <th scope="col">{tr!(menu.name)}</th>
                    <th scope="col" class="num">{tr!(bulk.now)}</th>
                    <th scope="col" class="num">{tr!(bulk.then)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(line: BulkLine) -> AnyView {
    let auth = expect_context::<Auth>();
    let won = |amount| view! { <Won amount=Signal::stored(amount) currency=auth.currency /> }.into_any();
    let sale = |is_on: bool| if is_on { say!(menu.on_sale) } else { say!(menu.sold_out) };
    let (now, then) = match line.effect {
        Effect::Same => ("–".into_any(), say!(bulk.same).into_any()),
        Effect::Sale(is_on) => (sale(!is_on).into_any(), sale(is_on).into_any()),
        Effect::Price(now, Some(then)) => (won(now), won(then)),
        Effect::Price(now, None) => {
            let told = shared_types::ErrorCode::OutOfRange.message(i18n::lang()).to_owned();
            (won(now), view! { <b class="wrong">{told}</b> }.into_any())
        }
    };
    view! {
        <tr>
            <td>{line.name}</td>
            <td class="num">{now}</td>
            <td class="num">{then}</td>
        </tr>
    }
    .into_any()
}
