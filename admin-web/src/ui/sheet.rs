//! Dialogs of this app: a heading, a body, and the messages while it is the topmost.

use std::sync::Arc;

use leptos::prelude::*;
use web_kit::lean::{effect, show};
use web_kit::ui::{Dialog, DialogHead, DialogShape, Dismiss, ToastHost};

use super::{Covers, Press};
use crate::route::Place;
use crate::tr;
use crate::words::Text;

/// A dialog with a heading and a closing cross. Its content exists only while it is open.
#[component]
pub fn Sheet(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The manager wants to leave.
    #[prop(into)]
    on_close: Callback<()>,
    /// The id of its heading, unique on the page.
    id: &'static str,
    /// The heading; without one the content brings it, with this `id`.
    #[prop(optional)]
    title: Option<fn() -> String>,
    /// Where it appears.
    #[prop(optional)]
    shape: DialogShape,
    /// How it can be left.
    #[prop(optional, into)]
    dismiss: Signal<Dismiss>,
    /// For browser tests.
    testid: &'static str,
    /// What it shows below the heading.
    children: ChildrenFn,
) -> impl IntoView {
    let is_top = expect_context::<Covers>().follow(open);
    let content = StoredValue::new(children);
    let head = move || {
        title.map(|title| {
            view! { <DialogHead id title=title close_label=tr!(app.close) on_close=on_close /> }.into_any()
        })
    };
    view! {
        <Dialog open on_close labelled_by=id shape dismiss testid>
            {head()}
            {content.with_value(|content| content())}
            {show(move || is_top.get(), || view! { <ToastHost dismiss_label=tr!(app.close) /> })}
        </Dialog>
    }
    .into_any()
}

/// An act that belongs to no part of the page.
pub type Act = Arc<dyn Fn() + Send + Sync>;

/// A question before something is lost for good.
#[derive(Clone)]
pub struct Ask {
    /// The question.
    pub title: String,
    /// What follows from yes.
    pub body: String,
    /// The act, as its button says it.
    pub yes: String,
    /// Whether it takes something away.
    pub danger: bool,
    /// What yes does. It outlives the row or form that asks: another screen may change the list while the question is open.
    pub act: Act,
}

/// Asks while `question` holds one. Left by its buttons or Escape, not by a tap beside it; going back takes it away, too.
pub fn ask(question: RwSignal<Option<Ask>>, keep: Text) -> AnyView {
    let open = Signal::derive(move || question.with(Option::is_some));
    let close = Callback::new(move |()| question.set(None));
    let place = expect_context::<Place>();
    effect(move || {
        place.track();
        question.set(None);
    });
    // Once, however often it is pressed.
    let agree = move || {
        if let Some(asked) = question.try_update(Option::take).flatten() {
            (asked.act)();
        }
    };
    let keep = StoredValue::new(keep);
    let content = move || {
        question.get().map(|asked| {
            let class = if asked.danger { "btn lg danger" } else { "btn lg primary" };
            view! {
                <DialogHead id="ask-title" title=asked.title />
                <div class="dialog-body">
                    <p>{asked.body}</p>
                </div>
                <footer class="dialog-foot">
                    {Press::new("btn lg", keep.with_value(|keep| keep())).id("ask-no").act(move || close.run(()))}
                    {Press::new(class, asked.yes).id("ask-yes").act(agree)}
                </footer>
            }
            .into_any()
        })
    };
    view! {
        <Sheet open on_close=close id="ask-title" dismiss=Dismiss::Escape testid="ask">
            {content()}
        </Sheet>
    }
    .into_any()
}
