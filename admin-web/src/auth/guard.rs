//! Lets only managers through.

use leptos::prelude::*;
use leptos_router::components::Redirect;
use web_kit::session::Session;
use web_kit::ui::{Icon, Svg};

use super::Auth;
use crate::board::BoardSkeleton;
use crate::tr;

/// Shows its children to a manager, the login to everybody else, and an empty board until that is known.
#[component]
pub fn Guard(
    /// What a manager sees.
    children: ChildrenFn,
) -> impl IntoView {
    let auth = expect_context::<Auth>();
    let children = StoredValue::new(children);
    // The children must not be rebuilt because a detail of the login changed.
    let stage = Memo::new(move |_| {
        auth.session.with(|session| match session {
            Session::Restoring => 0,
            Session::SignedIn(_) => 1,
            Session::SignedOut(_) => 2,
        })
    });
    move || match stage.get() {
        0 => view! { <Waiting /> }.into_any(),
        1 => children.with_value(|children| children()),
        _ => view! { <Redirect path="/login" /> }.into_any(),
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let auth = expect_context::<Auth>();
    view! {
        <Show when=move || auth.unreachable.get()>
            <p class="notice warn page-notice" role="alert" data-testid="unreachable">
                <Svg icon=Icon::Offline />
                <span>
                    <b>{tr!(auth.network_title)}</b>
                    " "
                    {tr!(live.connecting)}
                </span>
            </p>
        </Show>
        <BoardSkeleton />
    }
}
