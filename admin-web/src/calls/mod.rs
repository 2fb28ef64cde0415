//! Guests who call: impossible to overlook, taken once for every screen.

use leptos::prelude::*;
use shared_types::CallId;
use shared_types::calls::{Call, CallKind};
use web_kit::format;
use web_kit::lean::{anew, list, memo, part, show};
use web_kit::ui::{Icon, Svg};

use crate::auth::Auth;
use crate::board::Desk;
use crate::orders::Acts;
use crate::ui::Press;
use crate::{say, tr, words};

/// The open calls, oldest first, above everything else on the board.
#[component]
pub fn CallStrip() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let calls = memo(move || desk.board.with(|board| board.calls_by_age()));
    let ids = move || calls.with(|calls| calls.iter().map(|call| call.id).collect::<Vec<_>>());
    // The list drops the card when someone has taken the call; a party that moves takes its calls along.
    let card = move |id| {
        let table =
            move || calls.with(|calls| calls.iter().find(|call| call.id == id).map(|call| call.table_id));
        anew(table, move || call_card(id, calls))
    };
    let is_quiet = memo(move || calls.with(Vec::is_empty));
    let newest = move || {
        calls.with(|calls| {
            calls.last().map(|call| {
                say!(call.arrived, number = call.table_number.clone(), kind = words::call_kind(call.kind))
            })
        })
    };
    let strip = move || {
        view! {
            <section class="calls" aria-labelledby="calls-title" data-testid="calls">
                <h2 id="calls-title">
                    <Svg icon=Icon::Bell />
                    {tr!(call.title)}
                    <span class="badge new">{part(move || calls.with(Vec::len))}</span>
                </h2>
                <ul>{list(ids, card)}</ul>
            </section>
        }
    };
    view! {
        // Outside of what comes and goes: a live region has to be there before it speaks.
        <p class="sr" role="status" aria-live="assertive">
            {part(newest)}
        </p>
        {show(move || !is_quiet.get(), strip)}
    }
}

fn call_card(id: CallId, calls: Memo<Vec<Call>>) -> Option<AnyView> {
    let (auth, acts) = (expect_context::<Auth>(), expect_context::<Acts>());
    let call = calls.with_untracked(|calls| calls.iter().find(|call| call.id == id).cloned())?;
    let (kind, since, table) = (call.kind, call.created_at, call.table_number);
    let icon = match kind {
        CallKind::Help => Icon::Hand,
        CallKind::Water => Icon::Water,
        CallKind::Cutlery => Icon::Cutlery,
        CallKind::Bill => Icon::Receipt,
    };
    let ago = memo(move || format::minutes_since(since, auth.now_ms.get()));
    let ago = words::text(move || match ago.get() {
        ..1 => words::minutes(0),
        minutes => say!(call.ago, age = words::minutes(minutes)),
    });
    let label = {
        let table = table.clone();
        tr!(call.take_label, number = table.clone(), kind = words::call_kind(kind))
    };
    let number = table.clone();
    let name = words::text(move || {
        format!("{} {}", say!(table.name, number = table.clone()), words::call_kind(kind))
    });
    let view = view! {
        <li class="call" data-testid="call-card" data-kind=kind.as_str()>
            <Svg icon />
            <p class="grow">
                <b class="call-what">{name}</b>
                <span class="small">{ago}</span>
                {call.note.map(|note| view! { <span class="call-note">{note}</span> }.into_any())}
            </p>
            {Press::new("btn sm", tr!(call.take))
                .name(label)
                .id("take-call")
                .act(move || acts.take_call(id, number.clone()))}
        </li>
    };
    Some(view.into_any())
}
