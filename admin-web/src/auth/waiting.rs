//! Before it is known who is signed in.

use leptos::prelude::*;
use web_kit::lean::show;
use web_kit::ui::{Icon, Svg};

use super::Auth;
use crate::board::BoardSkeleton;
use crate::tr;

/// An empty board, and a word when the server cannot be reached.
#[component]
pub fn Waiting() -> impl IntoView {
    let auth = expect_context::<Auth>();
    let notice = || {
        view! {
            <p class="notice warn page-notice" role="alert" data-testid="unreachable">
                <Svg icon=Icon::Offline />
                <span>
                    <b>{tr!(auth.network_title)}</b>
                    " "
                    {tr!(live.connecting)}
                </span>
            </p>
        }
    };
    view! {
        {show(move || auth.unreachable.get(), notice)}
        <div class="admin">
            <div class="rail"></div>
            <div class="admin-main">
                <BoardSkeleton />
            </div>
        </div>
    }
}
