//! Form fields in little code: each keeps its text in a signal and shows its fault beside it.

use leptos::prelude::*;
use shared_types::errors::FieldErrors;
use wasm_bindgen::JsCast;
use web_kit::i18n;
use web_kit::lean::{attr, on, part};
use web_kit::ui::{Field, FieldKind, Icon, Svg};

use crate::words::Text;

/// What is wrong with the field of this name.
pub fn fault(faults: RwSignal<FieldErrors>, name: String) -> Signal<Option<String>> {
    Signal::derive(move || {
        faults.with(|faults| faults.of(&name)).map(|code| code.message(i18n::lang()).to_owned())
    })
}

/// Leads to the first field that has a fault, once it is marked: what is wrong stands below it.
pub fn to_fault() {
    request_animation_frame(|| {
        let found = document().query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(field) = found.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            // The form may have been closed meanwhile.
            let _ = field.focus();
        }
    });
}

/// One line of text. `id` is its id and the name under which faults are told.
pub fn field(
    id: &'static str,
    label: Text,
    value: RwSignal<String>,
    faults: RwSignal<FieldErrors>,
    kind: FieldKind,
) -> AnyView {
    let autocomplete = if kind == FieldKind::Password { "new-password" } else { "off" };
    view! { <Field id label=label value error=fault(faults, id.to_owned()) kind autocomplete /> }.into_any()
}

/// Several lines of text.
pub fn area(
    id: &'static str,
    label: Text,
    value: RwSignal<String>,
    faults: RwSignal<FieldErrors>,
) -> AnyView {
    let fault = fault(faults, id.to_owned());
    let wrong = move || fault.with(Option::is_some).then_some("true");
    let told = move || {
        fault.get().map(|text| {
            view! {
                <p class="error" data-testid=format!("{id}-error")>
                    <Svg icon=Icon::Warning />
                    {text}
                </p>
            }
            .into_any()
        })
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea
                class="input"
                id=id
                rows="3"
                data-testid=id
                aria-invalid=attr(wrong)
                prop:value=value
                on:input=on(move |event| value.set(event_target_value(&event)))
            ></textarea>
            <div aria-live="polite">{part(told)}</div>
        </div>
    }
    .into_any()
}

/// A day, `2026-11-22`.
pub fn date(id: &'static str, label: Text, value: RwSignal<String>) -> AnyView {
    field(id, label, value, RwSignal::default(), FieldKind::Date)
}

/// One of a list: its value and its words.
pub type Choice = (String, String);

/// A list of which one is chosen.
pub fn choice(
    id: &'static str,
    label: Text,
    value: RwSignal<String>,
    choices: impl Fn() -> Vec<Choice> + Send + Sync + 'static,
) -> AnyView {
    fn build(
        id: &'static str,
        label: Text,
        value: RwSignal<String>,
        choices: Box<dyn Fn() -> Vec<Choice> + Send + Sync>,
    ) -> AnyView {
        let options = move || {
            let option = |(key, words): Choice| {
                let chosen = value.with(|value| *value == key);
                view! { <option value=key selected=chosen>{words}</option> }.into_any()
            };
            choices().into_iter().map(option).collect::<Vec<_>>()
        };
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <select
                    class="input"
                    id=id
                    data-testid=id
                    on:change=on(move |event| value.set(event_target_value(&event)))
                >
                    {part(options)}
                </select>
            </div>
        }
        .into_any()
    }
    build(id, label, value, Box::new(choices))
}

/// A switch that acts at once. `name` is what a screen reader says.
pub fn toggle(
    testid: &'static str,
    name: Text,
    is_on: impl Fn() -> bool + Send + Sync + 'static,
    act: impl Fn(bool) + 'static,
) -> AnyView {
    fn build(testid: &'static str, name: Text, is_on: Signal<bool>, act: Box<dyn Fn(bool)>) -> AnyView {
        view! {
            <input
                type="checkbox"
                role="switch"
                class="switch"
                data-testid=testid
                aria-label=name
                prop:checked=is_on
                on:change=on(move |event| act(event_target_checked(&event)))
            />
        }
        .into_any()
    }
    build(testid, name, Signal::derive(is_on), Box::new(act))
}
