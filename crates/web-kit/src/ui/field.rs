//! A labelled field with its hint and its error beside it.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::icon::{Icon, Svg};

/// What is typed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    #[default]
    Text,
    /// A code or name: no capital letters or corrections by the keyboard.
    Code,
    /// Mostly digits: the number pad first, other characters allowed.
    Number,
    /// Hidden.
    Password,
    /// A day.
    Date,
}

impl FieldKind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Date => "date",
            Self::Text | Self::Code | Self::Number => "text",
        }
    }

    fn input_mode(self) -> Option<&'static str> {
        (self == Self::Number).then_some("numeric")
    }
}

/// A labelled field.
#[component]
pub fn Field(
    /// Its id, unique on the page.
    id: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: TextProp,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What is typed in.
    #[prop(optional)]
    kind: FieldKind,
    /// The browser's `autocomplete`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// A word of help.
    #[prop(optional, into)]
    hint: Option<TextProp>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let described = {
        let (error_id, hint_id) = (error_id.clone(), hint.is_some().then(|| hint_id.clone()));
        move || if error.with(Option::is_some) { Some(error_id.clone()) } else { hint_id.clone() }
    };
    let fault = move || {
        let error_id = error_id.clone();
        error.get().map(|text| {
            view! {
                <p class="error" id=error_id data-testid=format!("{id}-error")>
                    <Svg icon=Icon::Warning />
                    {text}
                </p>
            }
        })
    };
    view! {
        <div class="field">
            <label for=id>{move || label.get()}</label>
            <input
                class="input"
                id=id
                name=id
                type=kind.input_type()
                inputmode=kind.input_mode()
                autocomplete=autocomplete
                autocapitalize=matches!(kind, FieldKind::Code | FieldKind::Password).then_some("none")
                spellcheck="false"
                data-testid=id
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{move || hint.get()}</p> }.into_any())}
            <div aria-live="polite">{move || fault()}</div>
        </div>
    }
    .into_any()
}
