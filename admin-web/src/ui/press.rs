//! Buttons in little code: one kind of view for all of them.

use leptos::prelude::*;
use web_kit::lean::{attr, on};
use web_kit::ui::{Icon, Svg};

use crate::words::Text;

/// A button before it is shown: what it says, how it looks, and last what it does.
pub struct Press {
    class: &'static str,
    label: Label,
    icon: Option<Icon>,
    testid: &'static str,
    name: Option<Text>,
    busy: Option<Signal<bool>>,
    pressed: Option<Signal<bool>>,
    submit: bool,
    single: bool,
}

/// What a button says.
pub enum Label {
    /// Once and for all.
    Still(String),
    /// Following the language.
    Moving(Text),
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self::Still(text)
    }
}

impl From<Text> for Label {
    fn from(text: Text) -> Self {
        Self::Moving(text)
    }
}

impl Press {
    /// A button with the classes of the style sheet.
    pub fn new(class: &'static str, label: impl Into<Label>) -> Self {
        Self {
            class,
            label: label.into(),
            icon: None,
            testid: "",
            name: None,
            busy: None,
            pressed: None,
            submit: false,
            single: false,
        }
    }

    /// A button that is only an icon; `name` is what a screen reader says.
    pub fn icon_only(class: &'static str, icon: Icon, name: Text) -> Self {
        Self { name: Some(name), ..Self::new(class, String::new()).icon(icon) }
    }

    /// With an icon before its label.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// What a screen reader says instead of the label.
    #[must_use]
    pub fn name(mut self, name: Text) -> Self {
        self.name = Some(name);
        self
    }

    /// For browser tests.
    #[must_use]
    pub fn id(mut self, testid: &'static str) -> Self {
        self.testid = testid;
        self
    }

    /// While its act is under way, or makes no sense, it keeps its place and refuses presses.
    #[must_use]
    pub fn busy(mut self, busy: impl Into<Signal<bool>>) -> Self {
        self.busy = Some(busy.into());
        self
    }

    /// The second press of a double click is ignored: by then another step, or another order, is under the finger.
    #[must_use]
    pub fn single(mut self) -> Self {
        self.single = true;
        self
    }

    /// Whether it is the chosen one of several.
    #[must_use]
    pub fn pressed(mut self, pressed: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.pressed = Some(Signal::derive(pressed));
        self
    }

    /// Sends the form that it stands in.
    pub fn submit(mut self) -> AnyView {
        self.submit = true;
        self.act(|| {})
    }

    /// Shows it, with what it does.
    pub fn act(self, act: impl Fn() + 'static) -> AnyView {
        self.build(Box::new(act))
    }

    fn build(self, act: Box<dyn Fn()>) -> AnyView {
        let (busy, pressed, name) = (self.busy, self.pressed, self.name);
        let is_busy = move || busy.is_some_and(|busy| busy.get());
        let press = move |event: leptos::ev::MouseEvent| {
            if busy.is_some_and(|busy| busy.get_untracked()) || self.single && event.detail() > 1 {
                event.prevent_default();
            } else {
                act();
            }
        };
        let label = match self.label {
            Label::Still(text) => text.into_any(),
            Label::Moving(text) => text.into_any(),
        };
        view! {
            <button
                class=self.class
                type=if self.submit { "submit" } else { "button" }
                data-testid=self.testid
                aria-label=move || name.as_ref().map(|name| name())
                aria-disabled=attr(move || is_busy().then_some("true"))
                aria-pressed=attr(move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" }))
                on:click=on(press)
            >
                {self.icon.map(|icon| view! { <Svg icon /> }.into_any())}
                {label}
            </button>
        }
        .into_any()
    }
}
