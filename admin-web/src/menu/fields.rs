//! The form's fields: each knows where in the draft its text stands, and under which name its fault is told.

use leptos::prelude::*;
use web_kit::lean::{attr, on, part};
use web_kit::ui::{Icon, Svg};

use super::store::MenuDesk;
use crate::state::draft::Draft;
use crate::ui::fault;
use crate::words::Text;

/// Where in the draft a text stands; nowhere once its question or answer was taken away.
pub type Slot = Box<dyn Fn(&mut Draft) -> Option<&mut String>>;

/// How a field looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// One line.
    Line,
    /// Digits.
    Digits,
    /// Several lines.
    Area,
}

/// A labelled field. It takes its text from the draft once; from then on the draft follows it.
pub fn field(desk: MenuDesk, name: String, label: Text, look: Look, slot: Slot) -> AnyView {
    let value = desk.draft.with_untracked(|draft| {
        let mut draft = draft.clone().unwrap_or_default();
        slot(&mut draft).cloned().unwrap_or_default()
    });
    let write = on(move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        desk.draft.update(|draft| {
            if let Some(slot) = draft.as_mut().and_then(&slot) {
                *slot = typed;
            }
        });
    });
    let fault = fault(desk.faults, name.clone());
    let wrong = attr(move || fault.with(Option::is_some).then_some("true"));
    let testid = format!("{name}-error");
    let told = move || {
        fault.get().map(|text| {
            view! {
                <p class="error" data-testid=testid.clone()>
                    <Svg icon=Icon::Warning />
                    {text}
                </p>
            }
            .into_any()
        })
    };
    let input = if look == Look::Area {
        view! {
            <textarea class="input" id=name.clone() rows="2" aria-invalid=wrong prop:value=value on:input=write></textarea>
        }
        .into_any()
    } else {
        let mode = if look == Look::Digits { "numeric" } else { "text" };
        view! {
            <input class="input" id=name.clone() autocomplete="off" inputmode=mode aria-invalid=wrong prop:value=value on:input=write />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {input}
            <div aria-live="polite">{part(told)}</div>
        </div>
    }
    .into_any()
}

/// A remark that is there or not.
pub fn chip(
    desk: MenuDesk,
    label: Text,
    is_on: impl Fn(&Draft) -> bool + Send + Sync + 'static,
    turn: impl Fn(&mut Draft) + 'static,
) -> AnyView {
    let pressed = move || desk.draft.with(|draft| draft.as_ref().is_some_and(&is_on));
    let act = move || {
        desk.draft.update(|draft| {
            if let Some(draft) = draft {
                turn(draft);
            }
        });
    };
    crate::ui::Press::new("chip", label).pressed(pressed).act(act)
}
