//! Guests who call: impossible to overlook, taken once for every screen.

use leptos::prelude::*;
use shared_types::CallId;
use shared_types::calls::{Call, CallKind};
use web_kit::format;
use web_kit::ui::{Button, ButtonSize, Icon, Svg};

use crate::auth::Auth;
use crate::board::Desk;
use crate::orders::Acts;
use crate::{say, tr, words};

/// The open calls, oldest first, above everything else on the board.
#[component]
pub fn CallStrip() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let calls = Memo::new(move |_| desk.board.with(|board| board.calls_by_age()));
    let ids = move || calls.with(|calls| calls.iter().map(|call| call.id).collect::<Vec<_>>());
    let is_quiet = Memo::new(move |_| calls.with(Vec::is_empty));
    let newest = move || {
        calls.with(|calls| {
            calls.last().map(|call| {
                say!(call.arrived, number = call.table_number.clone(), kind = words::call_kind(call.kind))
            })
        })
    };
    view! {
        // Outside of what comes and goes: a live region has to be there before it speaks.
        <p class="sr" role="status" aria-live="assertive">
            {newest}
        </p>
        <Show when=move || !is_quiet.get()>
            <section class="calls" aria-labelledby="calls-title" data-testid="calls">
                <h2 id="calls-title">
                    <Svg icon=Icon::Bell />
                    {tr!(call.title)}
                    <span class="badge new">{move || calls.with(Vec::len)}</span>
                </h2>
                <ul>
                    <For each=ids key=|id| *id children=move |id| view! { <CallCard id calls /> } />
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn CallCard(id: CallId, calls: Memo<Vec<Call>>) -> impl IntoView {
    let (auth, acts) = (expect_context::<Auth>(), expect_context::<Acts>());
    // A call never changes; the list drops the card when someone has taken it.
    let call = calls.with_untracked(|calls| calls.iter().find(|call| call.id == id).cloned())?;
    let (kind, since, table) = (call.kind, call.created_at, call.table_number);
    let icon = match kind {
        CallKind::Help => Icon::Hand,
        CallKind::Water => Icon::Water,
        CallKind::Cutlery => Icon::Cutlery,
        CallKind::Bill => Icon::Receipt,
    };
    let ago = Memo::new(move |_| format::minutes_since(since, auth.now_ms.get()));
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
    Some(view! {
        <li class="call" data-testid="call-card" data-kind=kind.as_str()>
            <Svg icon />
            <p class="grow">
                <b class="call-what">{name}</b>
                <span class="small">{ago}</span>
                {call.note.map(|note| view! { <span class="call-note">{note}</span> })}
            </p>
            <Button
                size=ButtonSize::Small
                on_press=move || acts.take_call(id, number.clone())
                attr:aria-label=label
                attr:data-testid="take-call"
            >
                {tr!(call.take)}
            </Button>
        </li>
    })
}
