//! This screen: its language, and the way out.

use std::sync::Arc;

use leptos::prelude::*;
use web_kit::api;
use web_kit::lean::spawn;
use web_kit::ui::{Icon, use_toasts};

use crate::auth::Auth;
use crate::route::{Page, Place};
use crate::shell::LanguageChoice;
use crate::ui::{Act, Ask, Press, ask, told};
use crate::{say, tr};

/// The part.
pub fn screen() -> AnyView {
    let (auth, place, toasts) = (expect_context::<Auth>(), expect_context::<Place>(), use_toasts());
    let question = RwSignal::new(None);
    let leave = move || {
        place.go(Page::Board);
        auth.log_out();
    };
    let everywhere: Act = Arc::new(move || {
        spawn(async move {
            match api::admin::stores::logout_everywhere().await {
                Ok(()) => {
                    place.go(Page::Board);
                    auth.log_out();
                }
                Err(failure) => toasts.error(told(&failure)),
            }
        });
    });
    let asked = move || {
        question.set(Some(Ask {
            title: say!(store.everywhere_title),
            body: say!(store.everywhere_text),
            yes: say!(store.everywhere),
            danger: true,
            act: Arc::clone(&everywhere),
        }));
    };
    let name = move || {
        auth.session.with(|session| session.user().map(|me| me.user.username.clone())).unwrap_or_default()
    };
    view! {
        <section class="card form-card">
            <h2>{tr!(app.language)}</h2>
            <LanguageChoice />
        </section>
        <section class="card form-card">
            <h2>{tr!(store.login)}</h2>
            <p>{tr!(store.signed_in, name = name())}</p>
            <div class="row">
                {Press::new("btn", tr!(app.log_out)).icon(Icon::Exit).id("log-out-here").act(leave)}
                {Press::new("btn danger", tr!(store.everywhere)).id("log-out-everywhere").act(asked)}
            </div>
        </section>
        {ask(question, tr!(order.keep))}
    }
    .into_any()
}
