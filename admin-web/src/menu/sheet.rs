//! The menu as a spreadsheet: out, and back in after a trial that tells every mistake.

use leptos::prelude::*;
use shared_types::menu_sheet::{ImportResult, SheetError};
use wasm_bindgen::JsCast;
use web_kit::api::admin::menu as api;
use web_kit::i18n;
use web_kit::lean::{on, part};
use web_kit::ui::{Icon, Svg};
use web_sys::File;

use super::store::MenuDesk;
use crate::route::Place;
use crate::ui::{Press, Remote, Sheet, remote_view};
use crate::{say, tr};

/// The part of the address that shows it.
pub const SHEET: &str = "sheet";

/// Both ways, while the address says so.
#[component]
pub fn SheetDialog() -> impl IntoView {
    let (desk, place) = (expect_context::<MenuDesk>(), expect_context::<Place>());
    let open = Signal::derive(move || place.shown().as_deref() == Some(SHEET));
    let close = Callback::new(move |()| place.close());
    let content = move || ways(desk, close);
    view! {
        <Sheet open on_close=close id="sheet-title" title=|| say!(sheet.title) testid="sheet-dialog">
            {content()}
        </Sheet>
    }
}

fn ways(desk: MenuDesk, close: Callback<()>) -> AnyView {
    // A file of JavaScript's, which stays on this thread.
    let file = StoredValue::new_local(None::<File>);
    let name = RwSignal::new(String::new());
    let trial = Remote::<ImportResult>::new();
    let try_out = move || {
        if let Some(file) = file.get_value() {
            trial.load(api::import(file, true));
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Some(found) = input.files().and_then(|files| files.get(0)) else { return };
        name.set(found.name());
        file.set_value(Some(found));
        // The same file can be chosen again after it was mended.
        input.set_value("");
        trial.clear();
        try_out();
    };
    let apply = move || {
        let Some(file) = file.get_value() else { return };
        let changed = async move { api::import(file, false).await.map(drop) };
        desk.act(changed, say!(sheet.done), move || close.run(()));
    };
    let outcome = move || {
        let content =
            move || part(move || trial.value.get().map(|found| told(desk, found, apply))).into_any();
        (!name.with(String::is_empty)).then(|| {
            view! {
                <h3>{name.get()}</h3>
                {remote_view(trial, "skel skel-row", try_out, content)}
            }
        })
    };
    view! {
        <div class="wide dialog-body stack" tabindex="0" aria-labelledby="sheet-title">
            <p>{tr!(sheet.text)}</p>
            <div class="row">
                <a class="btn" href=api::SHEET_PATH download="menus.csv" data-testid="sheet-out">
                    <Svg icon=Icon::Receipt />
                    {tr!(sheet.out)}
                </a>
                <label class="btn">
                    <Svg icon=Icon::Book />
                    {tr!(sheet.choose)}
                    <input type="file" class="sr" accept=".csv,text/csv" data-testid="sheet-in" on:change=on(chosen) />
                </label>
            </div>
            <div class="stack" aria-live="polite">{part(outcome)}</div>
        </div>
    }
    .into_any()
}

/// What a file would do, and the way to do it; or every mistake in it.
fn told(desk: MenuDesk, found: ImportResult, apply: impl Fn() + 'static) -> AnyView {
    if !found.errors.is_empty() {
        let count = found.errors.len();
        return view! {
            <p class="wrong">
                <b>{tr!(sheet.wrong, count = count)}</b>
                " "
                {tr!(sheet.wrong_text)}
            </p>
            <table class="tbl" data-testid="sheet-errors">
                <thead>
                    <tr>
                        <th scope="col" class="num">{tr!(sheet.line)}</th>
                        <th scope="col">{tr!(sheet.column)}</th>
                        <th scope="col">{tr!(sheet.what)}</th>
                    </tr>
                </thead>
                <tbody>{found.errors.into_iter().map(mistake).collect::<Vec<_>>()}</tbody>
            </table>
        }
        .into_any();
    }
    let (created, updated, unchanged) = (found.created, found.updated, found.unchanged);
    let changes = created + updated > 0;
    view! {
        <dl class="sum" data-testid="sheet-trial">
            <dt>{tr!(sheet.created)}</dt>
            <dd>{created}</dd>
            <dt>{tr!(sheet.updated)}</dt>
            <dd>{updated}</dd>
            <dt>{tr!(sheet.unchanged)}</dt>
            <dd>{unchanged}</dd>
        </dl>
        {if changes {
            Press::new("btn primary lg wide", tr!(sheet.apply)).busy(desk.busy).id("sheet-apply").act(apply)
        } else {
            view! { <p class="dim">{tr!(bulk.nothing)}</p> }.into_any()
        }}
    }
    .into_any()
}

fn mistake(error: SheetError) -> AnyView {
    let column = if error.column.is_empty() { say!(sheet.row) } else { error.column };
    view! {
        <tr>
            <td class="num">{error.line}</td>
            <td>{column}</td>
            <td>{error.code.message(i18n::lang()).to_owned()}</td>
        </tr>
    }
    .into_any()
}
