//! A question before an act that cannot be taken back.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{Button, ButtonSize, ButtonVariant, Dialog, DialogHead, Dismiss};

/// What the question says. Buttons name the result ("비우기"), never "확인" alone.
#[derive(Clone)]
pub struct ConfirmWords {
    /// The question.
    pub title: TextProp,
    /// What follows from yes; may be empty.
    pub body: TextProp,
    /// The act.
    pub confirm: TextProp,
    /// The way back.
    pub cancel: TextProp,
}

/// Asks; left by its buttons (or Escape), not by a tap beside it.
#[component]
pub fn ConfirmDialog(
    /// Whether it asks now.
    #[prop(into)]
    open: Signal<bool>,
    /// The id of its heading, unique on the page.
    id: &'static str,
    /// What it says.
    words: ConfirmWords,
    /// Yes.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// No.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// Whether the act is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let words = StoredValue::new(words);
    let text = move |pick: fn(&ConfirmWords) -> &TextProp| words.with_value(|words| pick(words).get());
    let dismiss = Signal::derive(move || if busy.get() { Dismiss::Never } else { Dismiss::Escape });
    view! {
        <Dialog open=open on_close=on_cancel labelled_by=id dismiss=dismiss testid="confirm-dialog">
            <DialogHead id=id title=move || text(|w| &w.title) />
            <div class="dialog-body">
                <p>{move || text(|w| &w.body)}</p>
            </div>
            <footer class="dialog-foot">
                <Button size=ButtonSize::Large disabled=busy on_press=on_cancel attr:data-testid="confirm-no">
                    {move || text(|w| &w.cancel)}
                </Button>
                <Button
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Large
                    wide=true
                    busy=busy
                    on_press=on_confirm
                    attr:data-testid="confirm-yes"
                >
                    {move || text(|w| &w.confirm)}
                </Button>
            </footer>
        </Dialog>
    }
}
