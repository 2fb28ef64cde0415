//! The question before an order is deleted.

use leptos::prelude::*;
use shared_types::{OrderId, text};
use web_kit::ui::{Button, ButtonSize, ButtonVariant, Dialog, DialogHead, Dismiss};
use web_kit::{format, i18n};

use super::Acts;
use crate::auth::Auth;
use crate::board::Desk;
use crate::{say, tr, words};

/// Asks, while [`Acts::deleting`] names an order.
#[component]
pub fn DeleteDialog() -> impl IntoView {
    let (desk, acts) = (expect_context::<Desk>(), expect_context::<Acts>());
    // An order that is gone meanwhile needs no question.
    let order = Memo::new(move |_| {
        let id = acts.deleting.get()?;
        desk.board.with(|board| board.order(id).map(|order| order.id))
    });
    let is_open = Signal::derive(move || order.get().is_some());
    let is_busy = Signal::derive(move || order.get().is_some_and(|id| acts.is_busy(id).get()));
    let dismiss = Signal::derive(move || if is_busy.get() { Dismiss::Never } else { Dismiss::Escape });
    let close = Callback::new(move |()| acts.deleting.set(None));
    let content = move || order.get().map(|id| view! { <Question id close is_busy /> });
    view! {
        <Dialog open=is_open on_close=close labelled_by="delete-title" dismiss testid="delete-dialog">
            {content}
        </Dialog>
    }
}

#[component]
fn Question(id: OrderId, close: Callback<()>, is_busy: Signal<bool>) -> impl IntoView {
    let (auth, desk, acts) = (expect_context::<Auth>(), expect_context::<Desk>(), expect_context::<Acts>());
    let order = desk.board.with_untracked(|board| board.order(id).cloned())?;
    let reason = RwSignal::new(String::new());
    let too_long = Memo::new(move |_| reason.with(|reason| reason.chars().count() > text::REASON_MAX));
    let number = order.short_number().to_owned();
    let title = tr!(order.delete_title, number = number.clone());
    let (table, total) = (order.table_number, order.total_amount);
    let body = words::text(move || {
        let amount = auth.currency.with(|currency| format::money(total, currency, i18n::lang()));
        say!(order.delete_text, table = table.clone(), amount = amount)
    });
    let delete = move || {
        if !too_long.get_untracked() {
            let reason = reason.get_untracked().trim().to_owned();
            acts.delete(id, (!reason.is_empty()).then_some(reason));
        }
    };
    let fault = move || too_long.get().then(|| view! { <p class="error">{tr!(order.reason_long)}</p> });
    Some(view! {
        <DialogHead id="delete-title" title />
        <div class="dialog-body stack">
            <p>{body}</p>
            <div class="field">
                <label for="delete-reason">{tr!(order.reason)}</label>
                <textarea
                    class="input"
                    id="delete-reason"
                    rows="2"
                    placeholder=tr!(order.reason_hint)
                    aria-invalid=move || too_long.get().then_some("true")
                    data-testid="delete-reason"
                    prop:value=reason
                    on:input:target=move |event| reason.set(event.target().value())
                ></textarea>
                <div aria-live="polite">{fault}</div>
            </div>
        </div>
        <footer class="dialog-foot">
            <Button size=ButtonSize::Large disabled=is_busy on_press=close attr:data-testid="cancel">
                {tr!(order.keep)}
            </Button>
            <Button
                variant=ButtonVariant::Danger
                size=ButtonSize::Large
                busy=is_busy
                on_press=delete
                attr:data-testid="confirm"
            >
                {tr!(order.delete)}
            </Button>
        </footer>
    })
}
