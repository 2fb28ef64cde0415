//! What happened to an order, fetched when somebody wants to know.

use leptos::prelude::*;
use shared_types::OrderId;
use shared_types::order_detail::{OrderDetail, TimelineStep};
use web_kit::lean::{on, part};
use web_kit::ui::{Icon, Svg};
use web_kit::{api, format};

use crate::auth::Auth;
use crate::ui::{Remote, remote_view};
use crate::words::{self, Text};

/// `summary`, and below it, once opened, each step with who and when.
pub fn timeline(id: OrderId, summary: Text) -> AnyView {
    let detail = Remote::<OrderDetail>::new();
    let fetch = move || detail.load(api::admin::orders::detail(id));
    let steps = move || {
        let steps = detail.value.with(|detail| detail.as_ref().map(|detail| detail.timeline.clone()));
        let steps = steps.unwrap_or_default().into_iter().map(step).collect::<Vec<_>>();
        view! { <ol class="timeline" data-testid="timeline">{steps}</ol> }
    };
    // Each opening asks anew: the order may have gone on.
    let opened = move |event: leptos::ev::Event| {
        let details =
            event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok());
        if details.is_some_and(|details| details.has_attribute("open")) {
            fetch();
        }
    };
    view! {
        <details on:toggle=on(opened)>
            <summary data-testid="order-timeline">
                {summary}
                <Svg icon=Icon::Down />
            </summary>
            {remote_view(detail, "skel skel-line", fetch, move || part(steps).into_any())}
        </details>
    }
    .into_any()
}

fn step(step: TimelineStep) -> AnyView {
    let auth = expect_context::<Auth>();
    let time = auth.timezone.with_untracked(|zone| format::time(step.created_at, zone));
    let who = [step.username, step.reason]
        .into_iter()
        .flatten()
        .map(|text| format!(" · {text}"))
        .collect::<String>();
    let status = step.status;
    view! {
        <li>
            <span class=format!("mark {}", status.as_str())></span>
            <time>{time}</time>
            <span>{words::text(move || words::status(status))} {who}</span>
        </li>
    }
    .into_any()
}
