//! Short messages at the edge of the screen. Good news vanishes by itself, errors wait to be dismissed.

use std::sync::Arc;
use std::time::Duration;

use crate::lean::on;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::icon::{Icon, Svg};

/// How long good news stays.
const SHORT: Duration = Duration::from_secs(2);
/// How long something can be undone.
const LONG: Duration = Duration::from_secs(6);
/// Errors on the screen at once; the oldest gives way.
const MOST_ERRORS: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Error {
    id: u32,
    text: String,
}

#[derive(Clone)]
struct Notice {
    id: u32,
    text: String,
    action: Option<Action>,
}

/// What can still be done about it, and what the button says. It belongs to nobody: the view that offered it may be gone.
type Action = (String, Arc<dyn Fn() + Send + Sync>);

/// Shows messages. Copy it freely; it lives at the root.
#[derive(Clone, Copy)]
pub struct Toasts {
    next: StoredValue<u32>,
    notice: RwSignal<Option<Notice>>,
    errors: RwSignal<Vec<Error>>,
}

impl Toasts {
    /// Good news: replaces the last, stays 2 s.
    pub fn success(self, text: impl Into<String>) {
        self.notify(text.into(), None, SHORT);
    }

    /// Something that can be undone: stays 6 s.
    pub fn undo(
        self,
        text: impl Into<String>,
        label: impl Into<String>,
        undo: impl Fn() + Send + Sync + 'static,
    ) {
        self.notify(text.into(), Some((label.into(), Arc::new(undo))), LONG);
    }

    /// Bad news: stays until it is dismissed. The same words are not shown twice.
    pub fn error(self, text: impl Into<String>) {
        let (id, text) = (self.id(), text.into());
        self.errors.update(|errors| {
            errors.retain(|error| error.text != text);
            if errors.len() == MOST_ERRORS {
                errors.remove(0);
            }
            errors.push(Error { id, text });
        });
    }

    /// Takes every message away: the party has left.
    pub fn clear(self) {
        self.notice.set(None);
        self.errors.set(Vec::new());
    }

    fn id(self) -> u32 {
        self.next.update_value(|id| *id = id.wrapping_add(1));
        self.next.get_value()
    }

    fn notify(self, text: String, action: Option<Action>, stay: Duration) {
        let id = self.id();
        self.notice.set(Some(Notice { id, text, action }));
        set_timeout(move || self.end_notice(id), stay);
    }

    /// Ends this notice, not one that came after it.
    fn end_notice(self, id: u32) {
        let same = self.notice.try_with_untracked(|notice| notice.as_ref().is_some_and(|n| n.id == id));
        if same == Some(true) {
            self.notice.set(None);
        }
    }
}

/// Makes [`use_toasts`] work below. Call it at the root.
pub fn provide_toasts() -> Toasts {
    let toasts =
        Toasts { next: StoredValue::new(0), notice: RwSignal::new(None), errors: RwSignal::new(Vec::new()) };
    provide_context(toasts);
    toasts
}

/// The messages of this page.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(provide_toasts)
}

/// Where messages appear. One per page, after everything else.
#[component]
pub fn ToastHost(
    /// What the cross on an error says.
    #[prop(into)]
    dismiss_label: TextProp,
) -> impl IntoView {
    let toasts = use_toasts();
    let label = StoredValue::new(dismiss_label);
    let notice = move || {
        toasts.notice.get().map(|notice| {
            let id = notice.id;
            let action = notice.action.map(|(text, act)| {
                let press = move |_| {
                    toasts.end_notice(id);
                    act();
                };
                view! {
                    <button type="button" class="btn sm" data-testid="toast-action" on:click=on(press)>
                        {text}
                    </button>
                }
                .into_any()
            });
            view! {
                <div class="toast" data-testid="toast">
                    <span class="grow">{notice.text}</span>
                    {action}
                </div>
            }
            .into_any()
        })
    };
    let errors = move || {
        toasts.errors.get().into_iter().map(move |error| view_error(toasts, label, error)).collect::<Vec<_>>()
    };
    view! {
        <div class="toasts">
            <div role="status" aria-live="polite">
                {move || notice()}
            </div>
            <div role="alert">{move || errors()}</div>
        </div>
    }
    .into_any()
}

fn view_error(toasts: Toasts, label: StoredValue<TextProp>, error: Error) -> AnyView {
    let dismiss = move |_| toasts.errors.update(|errors| errors.retain(|other| other.id != error.id));
    view! {
        <div class="toast bad" data-testid="toast-error">
            <Svg icon=Icon::Warning />
            <span class="grow">{error.text}</span>
            <button
                type="button"
                class="btn icon"
                aria-label=move || label.with_value(TextProp::get)
                data-testid="toast-dismiss"
                on:click=on(dismiss)
            >
                <Svg icon=Icon::Close />
            </button>
        </div>
    }
    .into_any()
}
