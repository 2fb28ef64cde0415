//! The switch of the bell, whose words are what the browser says.

use leptos::prelude::*;
use web_kit::ui::{Icon, Svg};

use super::{Loudness, Speaker};
use crate::{say, tr, words};

/// On, off, and a test.
#[component]
pub fn SoundSwitch() -> impl IntoView {
    let speaker = expect_context::<Speaker>();
    let loudness = Memo::new(move |_| speaker.loudness());
    let class = move || match loudness.get() {
        Loudness::On => "live",
        Loudness::Blocked => "live wait",
        Loudness::Off => "live off",
    };
    let text = words::text(move || match loudness.get() {
        Loudness::On => say!(sound.on),
        Loudness::Blocked => say!(sound.blocked),
        Loudness::Off => say!(sound.off),
    });
    let name = move || match loudness.get() {
        Loudness::On => "on",
        Loudness::Blocked => "blocked",
        Loudness::Off => "off",
    };
    let hint = words::text(move || match loudness.get() {
        Loudness::On => say!(sound.switch_off),
        _ => say!(sound.switch_on),
    });
    let icon = move || {
        let icon = if loudness.get() == Loudness::On { Icon::Sound } else { Icon::Mute };
        view! { <Svg icon /> }
    };
    view! {
        <div class="sound">
            <button
                type="button"
                class=class
                title=hint
                data-testid="sound"
                data-state=name
                on:click=move |_| speaker.toggle()
            >
                {icon}
                {text}
            </button>
            <Show when=move || loudness.get() == Loudness::On>
                <button
                    type="button"
                    class="btn quiet sm"
                    data-testid="sound-test"
                    on:click=move |_| speaker.test()
                >
                    {tr!(sound.test)}
                </button>
            </Show>
        </div>
    }
}
