//! Dialogs on the native `<dialog>`: the browser traps the focus, gives it back and makes the rest inert.

use crate::lean::{effect, on, show};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast;

use super::icon::{Icon, Svg};

/// Where a dialog appears.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DialogShape {
    /// In the middle; from below on a phone.
    #[default]
    Sheet,
    /// A picture beside a form (the dish).
    Item,
    /// From the right edge.
    Drawer,
    /// The whole screen.
    Full,
}

/// How a dialog can be left besides its own buttons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dismiss {
    /// By Escape and by a tap beside it.
    #[default]
    Anyhow,
    /// By Escape only: a question that wants an answer.
    Escape,
    /// Not at all: something is under way.
    Never,
}

/// A modal dialog. Its content exists only while it is open. The heading (see [`DialogHead`]) takes the focus, so
/// that Enter presses nothing by accident.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The guest wants to leave: set `open` to false.
    #[prop(into)]
    on_close: Callback<()>,
    /// The id of its heading.
    labelled_by: &'static str,
    /// Where it appears.
    #[prop(optional)]
    shape: DialogShape,
    /// How it can be left.
    #[prop(optional, into)]
    dismiss: Signal<Dismiss>,
    /// For browser tests.
    #[prop(optional)]
    testid: &'static str,
    /// What it shows.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let children = StoredValue::new(children);
    let opener = StoredValue::new_local(None::<web_sys::Element>);
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                opener.set_value(document().active_element());
                // Refused only when the element has just left the page.
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let leave = move |allowed: bool| {
        if allowed && open.get_untracked() {
            on_close.run(());
        }
    };
    let cancel = move |event: leptos::ev::Event| {
        event.prevent_default();
        leave(dismiss.get_untracked() != Dismiss::Never);
    };
    let backdrop = move |event: leptos::ev::PointerEvent| {
        let on_backdrop = event.target() == event.current_target();
        leave(on_backdrop && dismiss.get_untracked() == Dismiss::Anyhow);
    };
    // A browser may close it on its own (Escape pressed twice): the page must not believe otherwise.
    let closed = move |_| {
        // The browser gives the focus back itself, but not when the dialogs of a pile close together.
        let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        let before = opener.get_value().filter(|_| lost);
        if let Some(before) = before.and_then(|before| before.dyn_into::<web_sys::HtmlElement>().ok()) {
            // It may be gone with what it stood in.
            let _ = before.focus();
        }
        if node.get_untracked().is_some_and(|dialog| dialog.open()) {
            // Told late: it has been opened again since.
        } else if dismiss.get_untracked() == Dismiss::Never && open.get_untracked() {
            if let Some(dialog) = node.get_untracked() {
                let _ = dialog.show_modal();
            }
        } else {
            leave(true);
        }
    };
    let class = match shape {
        DialogShape::Sheet => "dialog",
        DialogShape::Item => "dialog item",
        DialogShape::Drawer => "drawer",
        DialogShape::Full => "full",
    };
    view! {
        <dialog
            node_ref=node
            class=class
            aria-labelledby=labelled_by
            data-testid=testid
            on:cancel=on(cancel)
            on:pointerdown=on(backdrop)
            on:close=on(closed)
        >
            {show(move || open.get(), move || view! { {move || children.with_value(|children| children())} })}
        </dialog>
    }
    .into_any()
}

/// A dialog's heading and its closing cross.
#[component]
pub fn DialogHead(
    /// The id that the dialog's `labelled_by` names.
    id: &'static str,
    /// The heading.
    #[prop(into)]
    title: TextProp,
    /// What the cross says to a screen reader.
    #[prop(optional, into)]
    close_label: TextProp,
    /// What the cross does; without it there is none.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
) -> impl IntoView {
    let cross = on_close.map(|close| {
        view! {
            <button
                type="button"
                class="btn quiet icon"
                aria-label=move || close_label.get()
                data-testid="dialog-close"
                on:click=on(move |_| close.run(()))
            >
                <Svg icon=Icon::Close />
            </button>
        }
    });
    view! {
        <header class="dialog-head">
            <h2 id=id tabindex="-1" autofocus=true>
                {move || title.get()}
            </h2>
            {cross}
        </header>
    }
    .into_any()
}
