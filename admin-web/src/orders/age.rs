//! How long something has waited: colour, shape and word.

use leptos::prelude::*;
use web_kit::lean::{memo, part};

use crate::state::age::{Age, Lateness};
use crate::{tr, words};

/// A wait; nothing when nobody waits.
#[component]
pub fn AgeBadge(
    /// The wait.
    #[prop(into)]
    age: Signal<Option<Age>>,
) -> impl IntoView {
    // Most ticks change nothing that is shown.
    let age = memo(move || age.get());
    part(move || {
        age.get().map(|age| {
            let class = match age.lateness {
                Lateness::Fine => "age",
                Lateness::Warn => "age warn",
                Lateness::Late => "age over",
            };
            let late = (age.lateness == Lateness::Late)
                .then(|| view! { <span class="sr">" " {tr!(board.late)}</span> }.into_any());
            view! {
                <span class=class data-testid="age">
                    {words::text(move || words::minutes(age.minutes))}
                    {late}
                </span>
            }
            .into_any()
        })
    })
}
