//! What do you need? One tap, and the board knows.

use leptos::prelude::*;
use shared_types::calls::CallKind;
use web_kit::lean::{on, show, spawn};
use web_kit::ui::{Dialog, DialogHead, Icon, Svg, use_toasts};

use super::CallStore;
use crate::shell::Sheets;
use crate::{say, tr, txt};

/// The sheet behind 직원 호출.
#[component]
pub fn CallSheet() -> impl IntoView {
    let sheets = Sheets::expect();
    let close = Callback::new(move |()| sheets.calls.set(false));
    view! {
        <Dialog open=sheets.calls on_close=close labelled_by="calls-h" testid="call-sheet">
            <DialogHead id="calls-h" title=tr!(calls.title) close_label=tr!(app.close) on_close=close />
            <Kinds />
        </Dialog>
    }
}

#[component]
fn Kinds() -> impl IntoView {
    let calls = CallStore::expect();
    let sheets = Sheets::expect();
    let toasts = use_toasts();
    let busy = RwSignal::new(None::<CallKind>);
    let failed = RwSignal::new(false);
    let call = move |kind: CallKind| {
        if busy.get_untracked().is_some() {
            return;
        }
        busy.set(Some(kind));
        failed.set(false);
        spawn(async move {
            let answer = calls.call(kind).await;
            busy.try_set(None);
            if answer.is_ok() {
                sheets.calls.set(false);
                toasts.success(say!(calls.sent, what = name(kind)));
            } else {
                failed.try_set(true);
            }
        });
    };
    let tiles = CallKind::ALL.iter().map(|kind| {
        let kind = *kind;
        view! {
            <button
                type="button"
                class="call-tile"
                data-testid=format!("call-{kind}")
                aria-busy=move || (busy.get() == Some(kind)).then_some("true")
                on:click=on(move |_| call(kind))
            >
                <Svg icon=icon(kind) />
                <b>{move || name(kind)}</b>
                <small>{move || calls.is_open(kind).then(tr!(calls.waiting))}</small>
            </button>
        }
        .into_any()
    });
    view! {
        <div class="dialog-body">
            <div class="call-tiles">{tiles.collect::<Vec<_>>()}</div>
            <div role="alert">
                {show(move || failed.get(), view_failed)}
            </div>
        </div>
    }
}

fn name(kind: CallKind) -> &'static str {
    match kind {
        CallKind::Help => txt!(calls.help),
        CallKind::Water => txt!(calls.water),
        CallKind::Cutlery => txt!(calls.cutlery),
        CallKind::Bill => txt!(calls.bill),
    }
}

fn icon(kind: CallKind) -> Icon {
    match kind {
        CallKind::Help => Icon::Hand,
        CallKind::Water => Icon::Water,
        CallKind::Cutlery => Icon::Cutlery,
        CallKind::Bill => Icon::Receipt,
    }
}

fn view_failed() -> impl IntoView {
    view! {
        <p class="notice bad call-failed">
            <Svg icon=Icon::Warning />
            {tr!(calls.failed)}
        </p>
    }
}
