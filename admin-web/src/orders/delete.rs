//! The question before an order is deleted.

use leptos::prelude::*;
use shared_types::{OrderId, text};
use web_kit::lean::{attr, memo, on, part};
use web_kit::ui::{DialogHead, Dismiss};
use web_kit::{format, i18n};

use super::Acts;
use crate::auth::Auth;
use crate::board::Desk;
use crate::ui::{Press, Sheet};
use crate::{say, tr, words};

/// Asks, while [`Acts::deleting`] names an order.
#[component]
pub fn DeleteDialog() -> impl IntoView {
    let (desk, acts) = (expect_context::<Desk>(), expect_context::<Acts>());
    // An order that is gone meanwhile needs no question.
    let order = memo(move || {
        let id = acts.deleting.get()?;
        desk.board.with(|board| board.order(id).map(|order| order.id))
    });
    let is_open = Signal::derive(move || order.get().is_some());
    let is_busy = Signal::derive(move || order.get().is_some_and(|id| acts.is_busy(id).get()));
    let dismiss = Signal::derive(move || if is_busy.get() { Dismiss::Never } else { Dismiss::Escape });
    let close = Callback::new(move |()| acts.deleting.set(None));
    let content = move || order.get().and_then(|id| question(id, close, is_busy));
    view! {
        <Sheet open=is_open on_close=close id="delete-title" dismiss testid="delete-dialog">
            {content()}
        </Sheet>
    }
}

fn question(id: OrderId, close: Callback<()>, is_busy: Signal<bool>) -> Option<AnyView> {
    let (auth, desk, acts) = (expect_context::<Auth>(), expect_context::<Desk>(), expect_context::<Acts>());
    let order = desk.board.with_untracked(|board| board.order(id).cloned())?;
    let reason = RwSignal::new(String::new());
    let too_long = memo(move || reason.with(|reason| reason.chars().count() > text::REASON_MAX));
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
    let fault =
        move || too_long.get().then(|| view! { <p class="error">{tr!(order.reason_long)}</p> }.into_any());
    let view = view! {
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
                    aria-invalid=attr(move || too_long.get().then_some("true"))
                    data-testid="delete-reason"
                    prop:value=reason
                    on:input=on(move |event| reason.set(event_target_value(&event)))
                ></textarea>
                <div aria-live="polite">{part(fault)}</div>
            </div>
        </div>
        <footer class="dialog-foot">
            {Press::new("btn lg", tr!(order.keep)).busy(is_busy).id("cancel").act(move || close.run(()))}
            {Press::new("btn lg danger", tr!(order.delete)).busy(is_busy).id("confirm").act(delete)}
        </footer>
    };
    Some(view.into_any())
}
