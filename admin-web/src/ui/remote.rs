//! What a page has fetched: on its way, there, or not to be had.

use std::pin::Pin;

use leptos::prelude::*;
use web_kit::api::Failure;
use web_kit::lean::{part, spawn, switch};
use web_kit::ui::{Icon, Svg};

use super::Press;
use crate::{say, tr};

/// An answer of the server, kept while it is fetched again.
pub struct Remote<T: Send + Sync + 'static> {
    /// The last answer.
    pub value: RwSignal<Option<T>>,
    /// Why the last attempt failed, in words.
    pub failed: RwSignal<Option<String>>,
    /// Goes up when what was asked for no longer matters.
    round: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

impl<T: Send + Sync + 'static> Remote<T> {
    /// Nothing asked for yet.
    #[must_use]
    pub fn new() -> Self {
        Self { value: RwSignal::new(None), failed: RwSignal::new(None), round: StoredValue::new(0) }
    }

    /// Takes the answer over when it comes; one that was asked for earlier no longer counts.
    pub fn load(self, answer: impl Future<Output = Result<T, Failure>> + 'static) {
        self.wait(Box::pin(answer));
    }

    fn wait(self, answer: Answer<T>) {
        // Whoever asked may be gone.
        let Some(round) = self.round.try_get_value().map(|round| round.wrapping_add(1)) else { return };
        self.round.set_value(round);
        spawn(async move {
            let answer = answer.await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            match answer {
                Ok(value) => {
                    self.failed.set(None);
                    self.value.set(Some(value));
                }
                Err(failure) => self.failed.set(Some(told(&failure))),
            }
        });
    }

    /// Forgets the answer, and whatever is on its way.
    pub fn clear(self) {
        self.round.update_value(|round| *round = round.wrapping_add(1));
        self.value.set(None);
        self.failed.set(None);
    }
}

impl<T: Send + Sync + 'static> Default for Remote<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Why something could not be had or done, in the page's language.
#[must_use]
pub fn told(failure: &Failure) -> String {
    match failure.code() {
        Some(code) => code.message(web_kit::i18n::lang_untracked()).to_owned(),
        None => say!(app.offline_text),
    }
}

/// A page by what was fetched: boxes of its size, a way to ask again, or the content.
pub fn remote_view<T: Send + Sync + 'static>(
    remote: Remote<T>,
    skeleton: &'static str,
    again: impl Fn() + Send + Sync + 'static,
    content: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let state = move || match (remote.value.with(Option::is_some), remote.failed.with(Option::is_some)) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    };
    let failed = remote.failed;
    build(Box::new(state), failed, skeleton, Callback::new(move |()| again()), Box::new(content))
}

fn build(
    state: Box<dyn Fn() -> u32 + Send + Sync>,
    failed: RwSignal<Option<String>>,
    skeleton: &'static str,
    again: Callback<()>,
    content: Box<dyn Fn() -> AnyView + Send + Sync>,
) -> AnyView {
    let view = move |state| match state {
        2 => content(),
        1 => view! {
            <div class="lone" role="alert" data-testid="load-error">
                <Svg icon=Icon::Offline />
                <h2>{tr!(app.failed)}</h2>
                <p>{part(move || failed.get())}</p>
                {Press::new("btn primary", tr!(board.retry)).id("retry").act(move || again.run(()))}
            </div>
        }
        .into_any(),
        _ => waiting(skeleton),
    };
    switch(state, |state| *state, view).into_any()
}

/// Grey boxes of the size of what replaces them.
pub fn boxes(count: usize, class: &'static str) -> Vec<AnyView> {
    (0..count).map(|_| view! { <span class=class aria-hidden="true"></span> }.into_any()).collect()
}

/// The page while its content is on its way.
fn waiting(skeleton: &'static str) -> AnyView {
    view! {
        <div class="skels" aria-busy="true" data-testid="loading">
            <p class="sr" role="status">{tr!(app.loading)}</p>
            {boxes(6, skeleton)}
        </div>
    }
    .into_any()
}
