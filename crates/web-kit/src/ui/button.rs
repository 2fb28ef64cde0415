//! Buttons.

use crate::lean::on;
use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// An ordinary act.
    #[default]
    Plain,
    /// The next thing to press. One per view.
    Primary,
    /// The next thing to press, where many stand side by side.
    Soft,
    /// An act in a toolbar.
    Quiet,
    /// An act that takes something away.
    Danger,
}

/// How large.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 44 px.
    Small,
    /// 48 px.
    #[default]
    Medium,
    /// 60 px: the decisive one.
    Large,
    /// 48 × 48 px around an icon.
    Icon,
}

/// A button. While `busy` it keeps its place and refuses presses.
#[component]
pub fn Button(
    /// How much it asks to be pressed.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How large.
    #[prop(optional)]
    size: ButtonSize,
    /// As wide as its place.
    #[prop(optional)]
    wide: bool,
    /// Whether it sends the form that it stands in.
    #[prop(optional)]
    submit: bool,
    /// Whether it cannot be pressed. It stays reachable, so that a screen reader can say why.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether its act is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What it does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let off = move || disabled.get() || busy.get();
    let press = move |event: leptos::ev::MouseEvent| {
        if off() {
            event.prevent_default();
        } else if let Some(act) = on_press {
            act.run(());
        }
    };
    view! {
        <button
            class=class(variant, size, wide)
            type=if submit { "submit" } else { "button" }
            aria-disabled=move || off().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:click=on(press)
        >
            {children()}
        </button>
    }
}

fn class(variant: ButtonVariant, size: ButtonSize, wide: bool) -> String {
    let variant = match variant {
        ButtonVariant::Plain => "",
        ButtonVariant::Primary => " primary",
        ButtonVariant::Soft => " soft",
        ButtonVariant::Quiet => " quiet",
        ButtonVariant::Danger => " danger",
    };
    let size = match size {
        ButtonSize::Small => " sm",
        ButtonSize::Medium => "",
        ButtonSize::Large => " lg",
        ButtonSize::Icon => " icon",
    };
    format!("btn{variant}{size}{}", if wide { " wide" } else { "" })
}
