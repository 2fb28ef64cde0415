//! Says that the page is cut off, for as long as it is.

use leptos::prelude::*;
use web_kit::lean::show;
use web_kit::ui::{Icon, Svg};

use crate::{live, tr};

/// The banner on top of every page.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let cut_off = live::is_cut_off();
    view! {
        <div role="status">
            {show(move || cut_off.get(), move || view! { <div class="banner" data-testid="offline-banner">
                    <Svg icon=Icon::Offline />
                    <span class="grow">
                        <b>{tr!(live.offline_title)}</b>
                        " "
                        {tr!(live.offline_body)}
                    </span>
                </div> })}
        </div>
    }
}
