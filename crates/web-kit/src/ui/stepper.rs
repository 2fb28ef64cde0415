//! A number that is changed by one.

use crate::lean::{memo, on};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::icon::{Icon, Svg};

/// What a stepper says to a screen reader.
#[derive(Clone)]
pub struct StepperWords {
    /// One less.
    pub less: TextProp,
    /// One more.
    pub more: TextProp,
    /// What the number counts.
    pub value: TextProp,
}

/// Minus, number, plus.
#[component]
pub fn Stepper(
    /// The number.
    #[prop(into)]
    value: Signal<u32>,
    /// The new number.
    #[prop(into)]
    on_change: Callback<u32>,
    /// What it says.
    words: StepperWords,
    /// The smallest number. With `removes`, minus at this number asks for the one below.
    #[prop(default = 1)]
    min: u32,
    /// The largest.
    #[prop(default = 99)]
    max: u32,
    /// At the smallest number minus becomes a bin.
    #[prop(optional)]
    removes: bool,
    /// For the thumb: 60 px high.
    #[prop(optional)]
    large: bool,
    /// Whether it cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let StepperWords { less, more, value: label } = words;
    let at_min = memo(move || value.get() <= min);
    let at_max = memo(move || value.get() >= max);
    let minus = move |_| {
        let now = value.get_untracked();
        if now > min || removes {
            on_change.run(now.saturating_sub(1));
        }
    };
    let plus = move |_| {
        let now = value.get_untracked();
        if now < max {
            on_change.run(now + 1);
        }
    };
    view! {
        <div class=if large { "stepper lg" } else { "stepper" }>
            <button
                type="button"
                aria-label=move || less.get()
                disabled=move || disabled.get() || (at_min.get() && !removes)
                data-testid="stepper-less"
                on:click=on(minus)
            >
                {move || view! { <Svg icon=if at_min.get() && removes { Icon::Trash } else { Icon::Minus } /> }}
            </button>
            <output aria-label=move || label.get() data-testid="stepper-value">
                {value}
            </output>
            <button
                type="button"
                aria-label=move || more.get()
                disabled=move || disabled.get() || at_max.get()
                data-testid="stepper-more"
                on:click=on(plus)
            >
                <Svg icon=Icon::Plus />
            </button>
        </div>
    }
    .into_any()
}
