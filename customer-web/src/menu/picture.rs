//! Pictures of dishes, and the bowl that stands in for a missing one.

use leptos::prelude::*;
use shared_types::media;
use web_kit::lean::{memo, on};
use web_kit::ui::{Icon, Svg};

/// A dish's picture, or a bowl when there is none or it does not load. It is tried once, never in a loop.
#[component]
pub fn Picture(
    /// Its address.
    #[prop(into)]
    url: Signal<Option<String>>,
    /// The class of its frame.
    class: &'static str,
    /// How wide it is shown, for the browser's choice of a file.
    sizes: &'static str,
    /// What it shows, where no text beside it says so.
    #[prop(optional, into)]
    alt: Signal<String>,
    /// Whether it is above the fold.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let broken = RwSignal::new(false);
    let shown = memo(move || url.get().filter(|_| !broken.get()));
    let image = move |url: String| {
        view! {
            <img
                src=media::at_width(&url, 640)
                srcset=media::srcset(&url)
                sizes=sizes
                alt=move || alt.get()
                width="640"
                height="480"
                loading=if eager { "eager" } else { "lazy" }
                fetchpriority=if eager { "high" } else { "auto" }
                decoding="async"
                on:error=on(move |_| broken.set(true))
            />
        }
    };
    let frame = move || if shown.with(Option::is_some) { class.to_owned() } else { format!("{class} none") };
    view! {
        <div class=frame>
            {move || match shown.get() {
                Some(url) => image(url).into_any(),
                None => view! { <Svg icon=Icon::Bowl /> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// A small square one, beside its name.
#[component]
pub fn Thumb(
    /// Its address.
    #[prop(into)]
    url: Signal<Option<String>>,
) -> impl IntoView {
    view! { <Picture url class="thumb" sizes="56px" /> }
}
